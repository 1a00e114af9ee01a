#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Tunnels of each type carry TCP and UDP of either family to real servers that unwrap them, over
# either family: every byte arrives, and no reply passes the director.  Packets that are still to
# be cut up stay whole: no more of them leave the director than reach it, though a quarter of a
# megabyte is 181 segments.
#
# module: both
# time: 120

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/tunnels.sh

require_command ethtool
topo_up 2
topo_direct $VIP4 $VIP6
tunnel_ends
tunnel_rules | in_ns "$NS_D" ipvsadm -R
start_peers "$NS_C" "${NS_S[@]}"

# transfer PORT SERVER BYTES: both families; prints how many packets reached and left the director.
transfer() {
	local vip received sent received_before sent_before

	for vip in "$VIP4" "$VIP6"; do
		read -r received_before _ _ sent_before <<<"$(packets)"
		peers_give "rs$2" open t "$vip" "$1"
		peers_give same bulk t "$3" 1000
		peers_give closed close t
		read -r received _ _ sent <<<"$(packets)"
		peers_give ok udp u "$vip" "$1"
		peers_give "rs$2" ask u 1000
		echo "$1 $vip $((received - received_before)) $((sent - sent_before))"
	done
}

for tunnel in "${TUNNELS[@]}"; do
	read -r port i _ <<<"$tunnel"
	peers_give ok listen "$port"
	transfer "$port" "$i" 262144
done >"$NFVS_TMP/whole"
while read -r port vip received sent; do
	# No device of ours knows how to leave checksums to the receiver of what it cuts up.
	[[ $port != 800[67] ]] || continue
	# How much a client hands down at once depends on how busy the host is; some is neighbours' talk.
	assert_between "$sent" 3 $((received + 10)) "packets of a quarter of a megabyte to $vip:$port"
done <"$NFVS_TMP/whole"

# The same without anybody's help.
in_ns "$NS_D" ethtool -K d1 tx off gso off tso off >/dev/null
for tunnel in "${TUNNELS[@]}"; do
	read -r port i _ <<<"$tunnel"
	transfer "$port" "$i" 65536
done >"$NFVS_TMP/cut"

# Of TCP services, errors about packets that were too large at first are counted, too.
assert_eq "$(ctl -Ln --stats | awk '/^UDP/ { out += $5 + $7 } END { print out }')" 0 \
	"packets and bytes of replies that the director counts"
