#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Direct routing over IPv4: the real servers own the VIP and answer the client themselves, so
# the director counts packets in and none out.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh

topo_up 2
topo_direct $VIP4
ctl -A -t $VIP4:80 -s rr
ctl -A -u $VIP4:53 -s rr
for i in 1 2; do
	start_http "${NS_S[i]}" "rs$i"
	start_udp_echo "${NS_S[i]}" "rs$i"
	ctl -a -t $VIP4:80 -r "${RS4[i]}:80" -g
	ctl -a -u $VIP4:53 -r "${RS4[i]}:53" -g
done

assert_eq "$(http_get "$NS_C" "http://$VIP4" 4 | tally)" "2 rs1, 2 rs2" "requests take turns"
assert_eq "$(udp_ask "$NS_C" $VIP4 53 4 | tally)" "2 rs1, 2 rs2" "datagrams take turns"

counted() {
	ctl -Ln --stats | awk '$1 == "UDP" { print $3, $4, $5 }'
}
assert_counted "4 4 0" "connections, packets in, packets out" counted
