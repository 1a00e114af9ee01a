#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each setting and each file in /proc/net, read in pieces and from anywhere, written with whatever is
# right, wrong, too large, negative, too much or no number: all of it byte for byte as with ip_vs.
#
# The files that show clients are the exception that is meant: nfvs lets nobody but root read them.
# And sync_qlen_max, whose default depends on how much memory is free.
#
# module: self
# kernels: 6.1
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh

configure() {
	in_ns "$NS_D" ipvsadm -R <<-END
		-A -t 10.0.0.1:80 -s wlc
		-a -t 10.0.0.1:80 -r 10.0.1.1:8080 -m -w 3
		-a -t 10.0.0.1:80 -r 10.0.1.2:80 -g -w 70000
		-a -t 10.0.0.1:80 -r 127.0.0.1:80 -m -w 0
	END
}

for module in ip_vs nfvs; do
	load_module $module
	# Two settings of ip_vs are those of schedulers.
	[ $module = nfvs ] || modprobe -a ip_vs_lblc ip_vs_lblcr
	setup_ns NS_D
	configure
	in_ns "$NS_D" python3 tests/selftest/files_probe.py >"$NFVS_TMP/$module"
	in_ns "$NS_D" python3 tests/selftest/files_probe.py modes >"$NFVS_TMP/modes-$module"
	delete_ns "$NS_D"
done
assert_between "$(wc -l <"$NFVS_TMP/ip_vs")" 1000 5000 "answers"
assert_eq "$(diff "$NFVS_TMP/ip_vs" "$NFVS_TMP/nfvs")" "" "answers of nfvs that are not ip_vs's"
assert_eq "$(sed -E '/^ip_vs_conn(_sync)? /s/ 444 / 440 /' "$NFVS_TMP/modes-ip_vs")" \
	"$(<"$NFVS_TMP/modes-nfvs")" "modes of the files"

# Of two numbers, one of which is refused, ip_vs keeps the other one; nfvs keeps neither.
setup_ns NS_D
in_ns "$NS_D" bash -c 'echo "5 x" >/proc/sys/net/ipv4/vs/sync_threshold' 2>/dev/null &&
	fail "half a pair was taken"
assert_eq "$(in_ns "$NS_D" cat /proc/sys/net/ipv4/vs/sync_threshold | tr '\t' ' ')" "3 50" \
	"a pair of which one half was refused"
