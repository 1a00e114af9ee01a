#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A device goes, though packets have just gone to real servers behind it: no route that is kept for
# them holds it.  When it is back, so are the real servers.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 1
topo_direct $VIP4 $VIP6
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	balance -u "$vip" 80 rr -g
	peers_give ok udp "$vip" "$vip" 80
	peers_give rs1 ask "$vip"
done

# Who removes a device waits until nobody holds it.
timeout $((5 * NFVS_SLOW)) ip -n "$NS_D" link delete d1 || fail "somebody holds the device"
veth "$NS_D" d1 "$NS_SW" director | ip -batch -
ip -n "$NS_SW" link set director master br0 up
up d1 $DIRECTOR4/24 $DIRECTOR6/64 | ip -n "$NS_D" -batch -
for vip in "$VIP4" "$VIP6"; do
	peers_give rs1 ask "$vip"
done
