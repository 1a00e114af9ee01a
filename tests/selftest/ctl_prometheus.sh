#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Prometheus's own parser reads what ipvsctl prometheus writes, and finds there what the listing and
# the counters show; each series is there once.
#
# module: both
# time: 60
# kernels: 6.1

. tests/selftest/lib.sh
. tests/selftest/topo.sh

python3 -c 'import prometheus_client' 2>/dev/null || skip "needs python3-prometheus-client"
ours=$PWD/build/bin/ipvsctl
director_alone
ctl_lines <<'LINES'
-A -u 10.0.0.1:53 -s rr
-a -u 10.0.0.1:53 -r 10.0.1.1:5353 -m -w 7 -x 100 -y 80
-a -u 10.0.0.1:53 -r 10.0.1.2:5353 -m -w 0
-A -u [2001:db8::1]:53 -s wrr
-a -u [2001:db8::1]:53 -r [2001:db8:1::1]:5353 -m
-A -f 7 -s lc
-a -f 7 -r 10.0.1.1 -g
-A -f 7 -6 -s lc
-a -f 7 -6 -r 2001:db8:1::1 -g -w 3
-A -t 10.0.0.1:80 -s wlc
LINES
in_ns "$NS_D" python3 - <<-'END'
	import socket
	for family, source, target in ((socket.AF_INET, "127.0.0.1", "10.0.0.1"),
	                               (socket.AF_INET6, "::1", "2001:db8::1")):
	    for port in range(7001, 7004):
	        with socket.socket(family, socket.SOCK_DGRAM) as sock:
	            sock.bind((source, port))
	            sock.sendto(b"x", (target, 53))
END

# What ip_vs counts is two seconds old at most.
counted() {
	in_ns "$NS_D" "$ours" -L -n --stats | grep -E '^UDP +10\.0\.0\.1:53 +3 +3 '
}
wait_until 10 counted
in_ns "$NS_D" "$ours" prometheus >"$NFVS_TMP/metrics"
in_ns "$NS_D" "$ours" -L --stats --json >"$NFVS_TMP/table"
# ip_vs has no counters of events.
in_ns "$NS_D" "$ours" stats >"$NFVS_TMP/counters" 2>/dev/null || true
in_ns "$NS_D" "$ours" -L -n --stats -X >"$NFVS_TMP/text"
python3 tests/selftest/prometheus_check.py "$NFVS_TMP"/{metrics,table,counters,text} ||
	fail "the two differ"
