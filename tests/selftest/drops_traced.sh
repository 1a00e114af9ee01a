#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each packet that is not forwarded has a reason.  It is counted, and the tracepoint nfvs:nfvs_drop
# tells it with the packet's addresses, once for each packet.

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

# tracefs is where it is mounted; a ring of its own, so that nobody else's events are in it.
[ -e /sys/kernel/tracing/events ] || mount -t tracefs tracefs /sys/kernel/tracing ||
	skip "needs tracefs"
require_file /sys/kernel/tracing/events/nfvs/nfvs_drop
ring=/sys/kernel/tracing/instances/nfvs-$NFVS_SUFFIX
mkdir "$ring"
at_exit rmdir "$ring"

# traced REGEX: lines of the ring that match.
traced() {
	grep -cE "$1" "$ring/trace" || true
}

traced_some() {
	[ "$(traced "$1")" -gt 0 ]
}

# drops: the counters of packets that were not forwarded, but for those of none.
drops() {
	in_ns "$NS_D" build/bin/ipvsctl stats | awk '/^drop_/ && $2 { print $1, $2 }' | sort
}

drops_in_ring() {
	grep -oE 'reason=[a-z_]+' "$ring/trace" | sort | uniq -c |
		awk '{ sub("reason=", "", $2); print $2, $1 }'
}

# lost REASON PORT: a datagram of the client from that port to the service gets lost for it.
lost() {
	local line="nfvs_drop: reason=$1 protocol=17 src=$client:$2 dst=$service netns=[0-9]+ skbaddr=."

	peers_give ok udp "$2" "$vip" 80 "$2"
	[ -z "${3:-}" ] || peers_give ok set "$2" ttl "$3"
	peers_give sent tell "$2"
	wait_until 5 traced_some "$line"
}

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
echo 1 >"$ring/events/nfvs/nfvs_drop/enable"
port=2000
for vip in "$VIP4" "$VIP6"; do
	server=$(servers_of "$vip")
	# As the kernel prints them, and as grep wants them.
	case $vip in
	*:*) service='\[fd00:1::100\]:80' client='\[fd00:1::1\]' ;;
	*) service='10\.0\.1\.100:80' client='10\.0\.1\.1' ;;
	esac
	port=$((port + 100))
	balance -u "$vip" 80 rr -m
	balance -t "$vip" 80 rr -m

	lost drop_ttl $((port + 1)) 1
	set_vs am_droprate=1 drop_packet=3
	lost drop_defense $((port + 2))
	set_vs drop_packet=0

	# Nothing that was sent is lost where nothing is said.
	peers_give ok udp "$((port + 3))" "$vip" 80 $((port + 3))
	peers_give rs1 ask $((port + 3))
	assert_eq "$(traced ":$((port + 3)) ")" 0 "events of a packet that arrived"

	peers_give rs1 hold "t$port" 1 "$vip" 80
	ctl -d -t "$(endpoint "$vip" 80)" -r "$(endpoint "$server" 80)"
	peers_give sent tell "t${port}1"
	wait_until 5 traced_some "reason=drop_dest_gone protocol=6 .*dst=$service "

	ip -n "$NS_D" route add blackhole "$server"
	lost drop_no_route $((port + 4))
	ip -n "$NS_D" route del blackhole "$server"

	ctl -d -u "$(endpoint "$vip" 80)" -r "$(endpoint "$server" 80)"
	lost drop_no_dest $((port + 5))
done

# TCP sends again what was dropped: until both have seen the same.
agree() {
	[ "$(drops)" = "$(drops_in_ring)" ]
}
wait_until 5 agree

# Filters name the fields.
echo 'reason == "drop_no_dest" && dport == 80' >"$ring/events/nfvs/nfvs_drop/filter"
echo >"$ring/trace"
lost drop_no_dest $((port + 6))
assert_eq "$(drops_in_ring)" "drop_no_dest 1" "events that pass the filter"
