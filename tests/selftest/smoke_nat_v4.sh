#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# HTTP over IPv4 through NAT: requests spread by wrr in the exact proportion of the weights, and
# the counters of the service are those of the packets.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh

topo_up 3
ctl -A -t $VIP4:80 -s wrr
for i in 1 2 3; do
	start_http "${NS_S[i]}" "rs$i"
	ctl -a -t $VIP4:80 -r "${RS4[i]}:80" -m -w $((4 - i))
done

assert_eq "$(http_get "$NS_C" "http://$VIP4" 12 | tally)" "6 rs1, 4 rs2, 2 rs3" \
	"requests follow the weights 3, 2, 1"

connections() {
	ctl -Ln --stats | awk '$1 == "TCP" { print $3 }'
}
assert_counted 12 "connections" connections

ctl -d -t $VIP4:80 -r "${RS4[1]}:80"
assert_eq "$(http_get "$NS_C" "http://$VIP4" 6 | tally)" "4 rs2, 2 rs3" \
	"requests after a real server was taken out"
