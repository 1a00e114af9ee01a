#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A firewall that asks a program about each packet (NFQUEUE): requests and replies go on where they
# were, in the context of that program, while others come by their devices.  A debug kernel sees
# whether a lock is taken that these may want.
#
# module: both
# kernels: 6.1 6.12 uml

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

require_command nft

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
in_ns "$NS_D" nft "table inet ask {
	chain received { type filter hook input priority 0; meta l4proto { tcp, udp } queue num 7; }
	chain passed { type filter hook forward priority 0; meta l4proto { tcp, udp } queue num 7; }
}" || skip "the kernel has no queues"
spawn in_ns "$NS_D" python3 tests/selftest/queue.py 7 >"$NFVS_TMP/queue"
wait_until 10 grep -q ready "$NFVS_TMP/queue"
for vip in "$VIP4" "$VIP6"; do
	balance -u "$vip" 80 rr -m
	balance -t "$vip" 80 rr -m
	peers_give ok udp u "$vip" 80
	peers_give rs1 ask u
	peers_give rs1 ask u
	peers_give rs1 open t "$vip" 80
	peers_give same bulk t 20000 20000
	peers_give closed close t
done
