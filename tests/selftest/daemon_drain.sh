#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The example in C: a real server gets no more connections, those that it has go on, and the program
# ends when the last of them has; it says who else has too many; interrupted, it undoes what it did.

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

log=$NFVS_TMP/log

says() {
	grep -qxF "$1" "$log"
}

drain() {
	spawn in_ns "$NS_D" build/daemons/drain "${RS4[1]}" >"$log"
	program=$!
}

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
ctl -A -t "$VIP4:80" -s rr
ctl -a -t "$VIP4:80" -r "${RS4[1]}:80" -m -w 5
ctl -a -t "$VIP4:80" -r "${RS4[2]}:80" -m -x 2
answers=("$(peers open a "$VIP4" 80)" "$(peers open b "$VIP4" 80)")
assert_match "${answers[*]}" '^(rs1 rs2|rs2 rs1)$' "each has a connection"
[ "${answers[0]}" = rs1 ] && first=a second=b || first=b second=a

drain
wait_until 10 says "1 connections left"
peers_give rs2 open c "$VIP4" 80
wait_until 10 says "${RS4[2]}:80 is overloaded"
peers_give same bulk "$first" 1000 1000
kill -INT $program
status=0
wait $program || status=$?
assert_eq $status 3 "status of who was interrupted"
assert_match "$(ctl -Ln)" "${RS4[1]//./\\.}:80 +Masq +5 " "the weight is back"

drain
wait_until 10 says "1 connections left"
assert_match "$(ctl -Ln)" "${RS4[1]//./\\.}:80 +Masq +0 " "no more connections"
peers_give closed close "$second"
peers_give same bulk "$first" 1000 1000
kill -0 $program || fail "it ended too early"
ctl conn flush -r "${RS4[1]}:80"
wait $program || fail "it ended with status $?"
wait_until 1 says "0 connections left"
