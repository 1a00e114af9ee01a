#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# control.sh NFVS.KO SERVICES SERVERS
#
# Runs in the guest, under icount, where a nanosecond is an instruction: what it costs, in
# instructions of programs and kernel together, to load SERVICES services with SERVERS real servers
# each from a file, and to list them.  Each line of output is a figure:
#
#	control subject=SUBJECT what=restore|list items=NUMBER each=INSTRUCTIONS

set -u

. tests/vm/modules.sh

nfvs_ko=$1 services=$2 servers=$3
rules=/run/rules listing=/run/listing

die() {
	echo "control: $*" >&2
	exit 1
}

write_rules() {
	awk -v services="$services" -v servers="$servers" 'BEGIN {
		for (i = 0; i < services; i++) {
			service = sprintf("-t 10.%d.%d.1:80", int(i / 250), i % 250)
			print "-A " service " -s wlc"
			for (j = 1; j <= servers; j++)
				printf "-a %s -r 172.16.%d.%d:8080 -m -w 1\n", service, i % 250, j
		}
	}' >$rules
}

# measure SUBJECT WHAT ITEMS COMMAND...
measure() {
	local subject=$1 what=$2 items=$3 start end

	shift 3
	start=${EPOCHREALTIME/./}
	"$@" || die "$subject: $* failed"
	end=${EPOCHREALTIME/./}
	echo "control subject=$subject what=$what items=$items each=$(((end - start) * 1000 / items))"
}

restore_with() {
	"$1" -R <$rules
}

list_with() {
	"$1" -L -n >$listing
}

# subject NAME PROGRAM: the module is loaded.
subject() {
	local items=$((services * (servers + 1)))

	"$2" -C || die "$1 cannot be cleared"
	measure "$1" restore $items restore_with "$2"
	measure "$1" list $items list_with "$2"
	[ "$(wc -l <$listing)" = $((items + 3)) ] || die "$1: $(wc -l <$listing) lines were listed"
	"$2" -C
}

write_rules
modprobe -a ip_vs ip_vs_wlc || die "cannot load ip_vs"
subject ipvsadm-on-ip_vs ipvsadm
subject ipvsctl-on-ip_vs build/bin/ipvsctl
modprobe -r ip_vs_wlc ip_vs
for module in $(modinfo -F depends "$nfvs_ko" | tr , ' '); do
	modprobe "$module"
done
insmod "$nfvs_ko" || die "cannot load nfvs"
subject ipvsadm-on-nfvs ipvsadm
subject ipvsctl-on-nfvs build/bin/ipvsctl
