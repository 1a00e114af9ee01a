#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What it costs to configure: sourced by guest.sh, whose functions it uses.  Prints one line of
# key=value words per measured command, beginning with "control".  The instructions are those of
# the program and of the kernel in its place.

instructions=build/selftest/instructions

# rules SERVICES SERVERS: lines for ipvsadm -R.
rules() {
	awk -v services="$1" -v servers="$2" 'BEGIN {
		for (s = 0; s < services; s++) {
			vip = sprintf("10.%d.%d.%d:80", 100 + s / 65536, s / 256 % 256, s % 256)
			print "-A -t " vip " -s wlc"
			for (r = 1; r <= servers; r++)
				print "-a -t " vip " -r 10.2." int(r / 250) "." 1 + r % 250 ":80 -m -w 1"
		}
	}'
}

# configuring PROGRAM WHAT ITEMS WORD...: one command.
configuring() {
	local program=$1 what=$2 items=$3 count

	shift 3
	count=$("$instructions" "$program" "$@" 2>&1 >/dev/null </tmp/rules) ||
		die "$program $* failed: $count"
	echo "control subject=$subject program=${program##*/} what=$what items=$items" \
		"instructions=$count"
}

configuring_all() {
	local program=$1 items

	items=$(wc -l </tmp/rules)

	configuring "$program" restore "$items" -R
	[ "$(wc -l </proc/net/ip_vs)" -eq $((items + 3)) ] ||
		fail "$program -R on $subject did not restore $items items"
	configuring "$program" list "$items" -Ln
	configuring "$program" save "$items" -Sn
	configuring "$program" clear "$items" -C
}

# A file as -R reads it, in one transaction; and again, when all of it is there.
applying_all() {
	local program=$1 items

	items=$(wc -l </tmp/rules)
	configuring "$program" apply "$items" apply /tmp/rules
	[ "$(wc -l </proc/net/ip_vs)" -eq $((items + 3)) ] ||
		fail "$program apply on $subject did not make $items items"
	configuring "$program" apply_again "$items" apply /tmp/rules
	"$program" -C
}

control() {
	local services=$1 servers=10

	rules "$services" $servers >/tmp/rules
	for subject in ip_vs ${nfvs_ko:+nfvs}; do
		echo "# configuration, $subject: $services services with $servers real servers each"
		subject_load
		# The scheduler's module is not to be loaded in the middle.
		[ "$subject" != ip_vs ] || modprobe ip_vs_wlc
		configuring_all /usr/sbin/ipvsadm
		[ "$subject" != nfvs ] || configuring_all build/bin/ipvsctl
		[ "$subject" != nfvs ] || applying_all build/bin/ipvsctl
		subject_unload
	done
}
