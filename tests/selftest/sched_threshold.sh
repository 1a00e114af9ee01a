#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A real server that reaches its upper threshold gets no more connections until it has fewer than
# the lower one: not before, and then at once.
#
# module: both
# time: 40

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

# rs1's connections, all inactive since they are UDP ones.
has_connections() {
	[ "$(dest_column "$NS_D" "${RS4[1]}:53" 6)" = "$1" ]
}

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 53
balance -u $VIP4 53 rr -m
ctl -e -u $VIP4:53 -r "${RS4[1]}:53" -m -x 4 -y 2
answers=()
for i in {1..8}; do
	peers_give ok udp "u$i" $VIP4 53
	answers+=("$(peers ask "u$i")")
done
assert_eq "${answers[*]}" "$(repeat "rs2 rs1" 4)" "up to the threshold they take turns"
peers_give "rs2 rs2 rs2" asks 3 $VIP4 53

# A packet makes its connection end some seconds later, when it has long been answered; the others
# stay.
ctl --set 0 0 4
for left in 3 2; do
	peers_give rs1 ask "u$((2 * (4 - left)))"
	wait_until 10 has_connections $left
	peers_give "rs2 rs2 rs2" asks 3 $VIP4 53
done
peers_give rs1 ask u6
wait_until 10 has_connections 1
ctl --set 0 0 300
peers_give "rs1 rs2 rs1 rs2 rs1 rs2" asks 6 $VIP4 53
peers_give "rs2 rs2 rs2" asks 3 $VIP4 53

# A limit that is taken away no longer counts, at once.
ctl -e -u $VIP4:53 -r "${RS4[1]}:53" -m
peers_give "rs1 rs2 rs1" asks 3 $VIP4 53
