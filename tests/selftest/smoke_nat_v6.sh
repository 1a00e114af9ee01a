#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# HTTP and UDP over IPv6 through NAT, round robin.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh

topo_up 2
ctl -A -t "[$VIP6]:80" -s rr
ctl -A -u "[$VIP6]:53" -s rr
for i in 1 2; do
	start_http "${NS_S[i]}" "rs$i"
	start_udp_echo "${NS_S[i]}" "rs$i"
	ctl -a -t "[$VIP6]:80" -r "[${RS6[i]}]:80" -m
	ctl -a -u "[$VIP6]:53" -r "[${RS6[i]}]:53" -m
done

assert_eq "$(http_get "$NS_C" "http://[$VIP6]" 6 | tally)" "3 rs1, 3 rs2" "requests take turns"
assert_eq "$(udp_ask "$NS_C" $VIP6 53 6 | tally)" "3 rs1, 3 rs2" "datagrams take turns"
