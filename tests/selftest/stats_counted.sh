#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Connections, packets and bytes of services and real servers are those seen on the client's
# wire, ICMP errors included.  Zeroing shows zero, and keeps connections.
#
# The ip_vs of 6.12 loses ICMPv6 errors.
#
# module: both
# ip_vs: 6.1

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

# shown FIRST-WORD ADDRESS: connections, packets in and out, bytes in and out.
shown() {
	ctl -Ln --stats --exact | awk -v first="$1" -v second="$2" \
		'$1 == first && $2 == second { print $3, $4, $5, $6, $7 }'
}

# on_wire CONNECTIONS: these, and what the wire's counter says, in the same order.
on_wire() {
	local sent sent_bytes received received_bytes

	read -r sent sent_bytes received received_bytes <<<"$(peers counted wire)"
	echo "$1 $sent $received $sent_bytes $received_bytes"
}

# counts_are FIRST-WORD ADDRESS CONNECTIONS WHAT: and else what the wire's counter says, once an
# acknowledgement that is still to come has passed both.
counts_are() {
	local deadline=$((SECONDS + 5 * NFVS_SLOW))

	until [ "$(on_wire "$3")" = "$(shown "$1" "$2")" ] || [ $SECONDS -ge $deadline ]; do
		pause 0.05
	done
	assert_eq "$(shown "$1" "$2")" "$(on_wire "$3")" "$4"
}

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	virtual=$(endpoint "$vip" 80)
	real=$(endpoint "$(servers_of "$vip")" 80)

	peers_give ok count wire c0 "$vip"
	balance -t "$vip" 80 rr -m
	peers_give "rs1 rs1 rs1" hold t 3 "$vip" 80
	peers_give same bulk t1 5000 7000
	peers_give closed close t1
	peers_give closed server-close t2
	counts_are TCP "$virtual" 3 "TCP service"
	counts_are '->' "$real" 3 "real server of the TCP service"

	ctl -Z -t "$virtual"
	assert_eq "$(shown TCP "$virtual")" "0 0 0 0 0" "the service after zeroing"
	assert_eq "$(shown '->' "$real")" "0 0 0 0 0" "the real server after zeroing"
	peers_give ok count wire c0 "$vip"
	peers_give same bulk t3 300 200
	counts_are TCP "$virtual" 0 "a connection from before zeroing"
	peers_give closed close t3
	ctl -D -t "$virtual"

	# Datagrams whole and in fragments, and one that is refused.
	balance -u "$vip" 80 rr -m
	peers_give ok count wire c0 "$vip"
	peers_give "rs1 rs1 rs1 rs1 rs1" asks 5 "$vip" 80 777
	counts_are UDP "$virtual" 5 "UDP service"
	counts_are '->' "$real" 5 "real server of the UDP service"
	ctl -D -u "$virtual"

	balance -u "$vip" 81 rr -m
	peers_give ok count wire c0 "$vip"
	peers_give ECONNREFUSED asks 1 "$vip" 81
	counts_are UDP "$(endpoint "$vip" 81)" 1 "UDP service that answers with an ICMP error"
	ctl -Z
	assert_eq "$(shown UDP "$(endpoint "$vip" 81)")" "0 0 0 0 0" "after zeroing everything"
	ctl -D -u "$(endpoint "$vip" 81)"
done
