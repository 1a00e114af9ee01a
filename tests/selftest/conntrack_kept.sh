#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The setting conntrack: with 1 conntrack follows connections as they are translated, and forgets
# them when they end; with 0 it does not know of them.
#
# module: both
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/wire.sh

require_command conntrack nft

# entries PORT: protocol, virtual address and whose replies are expected, of each entry for that
# virtual port.
entries() {
	local family

	for family in ipv4 ipv6; do
		in_ns "$NS_D" conntrack -L -f $family 2>/dev/null || true
	done | awk -v port="dport=$1" '
		$0 !~ port " " { next }
		{
			split("", seen)
			for (i = 1; i <= NF; i++) {
				if (split($i, pair, "=") == 2)
					seen[pair[1], ++times[NR, pair[1]]] = pair[2]
			}
			print $1, seen["dst", 1], seen["src", 2]
		}'
}

no_entries() {
	[ -z "$(entries "$1")" ]
}

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 53
in_ns "$NS_D" nft 'table inet tracking {
	chain input { type filter hook prerouting priority 0; ct state new counter; }
}'
for vip in $VIP4 $VIP6; do
	read -ra servers <<<"$(servers_of "$vip")"
	balance -u "$vip" 53 rr -m
	peers_give rs2 asks 1 "$vip" 53
	assert_eq "$(entries 53)" "" "entries with conntrack=0"
	set_vs conntrack=1
	peers_give ok udp "$vip" "$vip" 53
	peers_give rs1 ask "$vip"
	assert_eq "$(entries 53)" "udp $vip ${servers[0]}" "entries with conntrack=1"

	# Conntrack itself would remember for half a minute at least.  Nobody waits for an answer, which
	# might come too late.
	ctl --set 0 0 1
	peers_give sent tell "$vip"
	wait_until 10 no_entries 53
	ctl --set 0 0 300
	set_vs conntrack=0
done

# Direct routing: conntrack sees the client's half, as it is.
balance -u $VIP4 54 rr -g
set_vs conntrack=1
in_ns "$NS_C" bash -c "echo >/dev/udp/$VIP4/54"
wait_until 5 prints "udp $VIP4 $VIP4" entries 54

# The client begins anew on its port, while conntrack still holds the old connection to a real
# server that has to take no more.  ip_vs loses the first SYN.
stop_peers
start_wire
for vip in $VIP4 $VIP6; do
	read -ra servers <<<"$(servers_of "$vip")"
	service=$(endpoint "$vip" 80) first=$(endpoint "${servers[0]}" 80)
	ctl_lines <<-END
		-A -t $service -s rr
		-a -t $service -r $first -m
	END
	wire_gives ok walk tcp "$vip":80:80 5555 c:S=SYN_RECV s:SA=SYN_RECV c:A=ESTABLISHED
	assert_eq "$(entries 80)" "tcp $vip ${servers[0]}" "entry of TCP"
	ctl_lines <<-END
		-a -t $service -r $(endpoint "${servers[1]}" 80) -m
		-e -t $service -r $first -m -w 0
	END
	set_vs expire_nodest_conn=1
	if [ "$NFVS_MODULE" = nfvs ]; then
		wire_gives ok walk tcp "$vip":80:80 5555 c:S=SYN_RECV
		assert_eq "$(entries 80)" "tcp $vip ${servers[1]}" "entry of the new connection"
		ctl -d -t "$service" -r "$(endpoint "${servers[1]}" 80)"
	else
		ctl -e -t "$service" -r "$first" -m -w 1
		ctl -d -t "$service" -r "$first"
	fi
	# A removed real server takes its connections along.
	wait_until 10 no_entries 80
	set_vs expire_nodest_conn=0
	ctl -D -t "$service"
done
