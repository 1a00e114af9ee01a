#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The fast path as each service has it: off, auto or always, whatever the namespace says, or as the
# namespace says.  A setting that is changed goes for connections that exist, from their next packet
# on.  Sourced after lib.sh.
#
#	services_take_their_path VIP	with one real server behind it; leaves services on port 80 of UDP
#					and TCP and on port 81 of UDP

. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/fast.sh

require_command nft

# Its two packets, and a first one: a connection is opened.
ask_and_open() {
	ask u
	peers_give rs1 open c "$vip" 80
}

# service_says SETTING: of the fast path, of TCP and of UDP.
service_says() {
	printf -- "-E %s $service -s rr --fastpath $1\n" -t -u | ctl_lines
}

# in_force SETTING: what it comes to, as the namespace is.
in_force() {
	local words=(off auto always)

	[ "$1" != default ] || set -- "${words[namespace]}"
	echo "$1"
}

# Somebody listens everywhere, and counts datagrams that leave and first packets that arrive.
watch() {
	in_ns "$NS_D" nft 'table inet watch {
		chain input {
			type filter hook input priority 0
			tcp flags & (syn | ack) == syn counter
		}
		chain forward { type filter hook forward priority 0; }
		chain postrouting {
			type filter hook postrouting priority 0
			udp dport 80 counter
		}
	}'
}

unwatch() {
	in_ns "$NS_D" nft delete table inet watch
}

# What he has counted: first packets and datagrams.
seen() {
	in_ns "$NS_D" nft list table inet watch |
		awk '/packets/ { sub(/.*packets /, ""); print $1 }' | paste -s -d ' '
}

# takes SETTING FAST: with that in force, so many of the three packets take the fast path.
takes() {
	assert_eq "$(took "conn_created fast" ask_and_open)" "1 $2" "$1: connections, fast packets"
	peers_give closed close c
}

alone() {
	local fast=3

	[ "$2" != off ] || fast=0
	takes "$1" $fast
}

# The first packet is judged in any case.
beside() {
	local first datagrams judged=1 fast=0

	[ "$2" != always ] || judged=0 fast=2
	read -r first datagrams <<<"$(seen)"
	takes "$1, with a listener" $fast
	assert_eq "$(seen)" "$((first + 1)) $((datagrams + judged))" "$1: what he sees"
}

# every_setting COMMAND: each of the service's, with each of the namespace's.
every_setting() {
	local setting namespace

	for setting in off auto always default; do
		service_says $setting
		for namespace in 0 1 2; do
			set_vs fastpath=$namespace
			"$1" "fastpath=$namespace, $setting" "$(in_force $setting)"
		done
	done
	set_vs fastpath=1
}

services_take_their_path() {
	local vip=$1 service server

	topo_up 1
	set_vs fastpath=1
	start_peers "$NS_C" "${NS_S[@]}"
	peers_give ok listen 80
	peers_give ok listen 81
	service=$(endpoint "$vip" 80)
	server=$(endpoint "$(servers_of "$vip")" 80)
	balance -u "$vip" 80 rr -m
	balance -t "$vip" 80 rr -m
	balance -u "$vip" 81 rr -m
	peers_give ok udp u "$vip" 80
	peers_give ok udp other "$vip" 81
	ask other
	ask_and_open
	peers_give closed close c
	every_setting alone
	watch
	every_setting beside

	# Other services do as they did.
	service_says always
	set_vs fastpath=0
	assert_eq "$(took "fast slow_setting" ask u)" "2 0" "packets of a service that has it"
	assert_eq "$(took "fast slow_setting" ask other)" "0 2" "packets of another one"
	unwatch
	assert_eq "$(took "fast brief" ask other)" "0 2" "packets of the other one with nobody there"
	service_says off
	set_vs fastpath=1
	assert_eq "$(took "fast slow_setting brief" ask u)" "0 2 2" "packets of a service that has not"
	assert_eq "$(took fast ask other)" 2 "packets of the other one, which has"

	# A real server that was removed goes by what its service says when it is back.
	ctl_lines <<-END
		-d -u $service -r $server
		-E -u $service -s rr --fastpath auto
		-a -u $service -r $server -m
	END
	ask u
	assert_eq "$(took fast ask u)" 2 "packets of a real server that is back"
}
