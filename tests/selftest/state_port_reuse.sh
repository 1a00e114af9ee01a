#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A client uses its port again while the balancer still has the old connection in TIME_WAIT, or
# after a reset: the first SYN goes through, to the real server whose turn it is.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

connections() {
	ctl -Ln --stats | awk '$1 == "TCP" { sum += $3 } END { print sum }'
}

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	balance -t "$vip" 80 rr -m
	# Closed by the server first, so that the client's port is free at once.
	peers_give rs2 open a "$vip" 80 5555
	peers_give closed server-close a
	peers_give rs1 open b "$vip" 80 5555
	peers_give same bulk b 1000 1000
	peers_give ECONNRESET reset b
	peers_give rs2 open c "$vip" 80 5555
	peers_give same bulk c 1000 1000
	peers_give closed server-close c
done
assert_eq "$(in_ns "$NS_C" nstat -asz TcpExtTCPSynRetrans | awk 'END { print $2 }')" 0 \
	"SYNs that had to be sent again"
assert_counted 6 "connections" connections
if [ "$NFVS_MODULE" = nfvs ]; then
	assert_eq "$(counter conn_reused)" 4 "connections that made way for a new one"
fi
