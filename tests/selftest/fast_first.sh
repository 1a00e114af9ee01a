#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# First packets take the fast path where nobody else listens; but what the stack would refuse, or
# pass on, gets no connection, and where its settings say more they are left to it.
#
# module: nfvs
# time: 40

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

require_command nft

# opened COUNTER...: by how much they are raised as a connection is opened.
opened() {
	took "$*" peers_give rs1 open c "$vip" 80
	peers_give closed close c
}

# What only sends; the answer to a packet behind tells that it has been seen.
sent() {
	"$@" && peers_give rs1 ask u
}

# made_by COMMAND...: how many connections are made by what only sends.
made_by() {
	took conn_created sent "$@"
}

# A datagram to a loopback address leaves no host by itself.
send_to_loopback() {
	in_ns "$NS_C" python3 -c 'import sys
sys.path.insert(0, "tests/selftest")
import packet, socket
client, mac = sys.argv[1:]
datagram = packet.sealed(17, client, "127.0.0.1", packet.udp((4000, 80), b"from the wire"))
with socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0) as sock:
    sock.sendto(packet.ipv4(client, "127.0.0.1", 17, datagram),
                ("c0", 0x0800, 0, 0, bytes.fromhex(mac.replace(":", ""))))' \
		"$CLIENT4" "$(ip -n "$NS_D" -br link show d0 | awk '{ print $3 }')"
}

# A service on a loopback address is for this host alone.
loopback_keeps_to_itself() {
	local fastpath

	balance -u 127.0.0.1 80 rr -m
	assert_eq "$(took conn_created in_ns "$NS_D" bash -c 'echo >/dev/udp/127.0.0.1/80')" 1 \
		"by a client on the director"
	for fastpath in 0 1; do
		set_vs fastpath=$fastpath
		assert_eq "$(made_by send_to_loopback)" 0 "from the wire, fastpath=$fastpath"
	done
}

topo_up 1
set_vs fastpath=1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	flag=-4 length=32 own=10.0.1.254 nowhere=10.9.0.1
	[ "$vip" = "$VIP4" ] || flag=-6 length=128 own=fd00:1::254
	balance -u "$vip" 80 rr -m
	balance -t "$vip" 80 rr -m
	peers_give ok udp u "$vip" 80
	peers_give rs1 ask u
	assert_eq "$(opened conn_created slow_way)" "1 1" "while no way is known yet"
	assert_eq "$(opened conn_created fast slow_state)" "1 1 2" "of three packets that open it"
	peers_give ok udp w "$vip" 80
	assert_eq "$(took fast peers_give rs1 ask w)" 1 "of a datagram and its echo, whose way is new"

	# Who listens judges it, whatever he says of established connections.
	in_ns "$NS_D" nft "table inet judge {
		chain input { type filter hook input priority 0; tcp flags syn counter; }
	}"
	for fastpath in 1 2; do
		set_vs fastpath=$fastpath
		assert_eq "$(opened conn_created fast)" "1 0" "with a listener and fastpath=$fastpath"
	done
	assert_match "$(in_ns "$NS_D" nft list chain inet judge input)" 'packets 2 ' "what he saw"
	in_ns "$NS_D" nft delete table inet judge
	set_vs fastpath=0
	assert_eq "$(opened conn_created fast)" "1 0" "with fastpath=0"
	set_vs fastpath=1

	# From an address that is the director's own, IPv4 takes nothing.
	if [ "$vip" = "$VIP4" ]; then
		ip -n "$NS_C" address add $own/$length dev lo
		peers_give ok from $own
		for fastpath in 0 1; do
			set_vs fastpath=$fastpath
			assert_eq "$(made_by peers_give ok syn m$fastpath "$vip" 80)" 0 "martians, fastpath=$fastpath"
		done
		peers_give ok from
		ip -n "$NS_C" address delete $own/$length dev lo
		# Nor, with rp_filter, from where no route leads back.
		ip -n "$NS_C" address add $nowhere/$length dev lo
		for filter in 0 1 2; do
			set_in_ns "$NS_D" net.ipv4.conf.d0.rp_filter $filter
			peers_give ok from $nowhere
			assert_eq "$(made_by peers_give ok syn n$filter "$vip" 80)" $((filter == 0)) \
				"from nowhere, rp_filter=$filter"
			peers_give closed reset n$filter
			peers_give ok from
			assert_eq "$(opened conn_created fast)" "1 1" "with rp_filter=$filter"
		done
		set_in_ns "$NS_D" net.ipv4.conf.d0.rp_filter 0
		loopback_keeps_to_itself
		ip -n "$NS_C" address delete $nowhere/$length dev lo
	fi
	assert_eq "$(opened conn_created fast)" "1 1" "with nothing in the way again"

	# What is for somebody else is passed on to him.
	known=$(counter conn_created)
	ip -n "$NS_D" address delete "$vip/$length" dev d0
	peers_give ok syn gone "$vip" 80
	in_ns "$NS_C" ping -q -c 1 -W $((5 * NFVS_SLOW)) $own >/dev/null
	peers_give closed reset gone
	assert_eq "$(counter conn_created)" "$known" "connections, none to another's address"
	up d0 "$vip/$length" | ip -n "$NS_D" -batch -
	assert_eq "$(opened conn_created)" 1 "when it is his again"
	assert_eq "$(opened conn_created fast)" "1 1" "with a new way"

	ip -n "$NS_D" "$flag" rule add fwmark 7 table 7
	assert_eq "$(opened conn_created fast)" "1 0" "with rules for routes"
	ip -n "$NS_D" "$flag" rule delete fwmark 7 table 7
done
