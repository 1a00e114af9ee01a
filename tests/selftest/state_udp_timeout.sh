#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A UDP connection that falls silent ends when its timeout is over: never before, and at most two
# seconds later.  The time counts from the last packet, also from one that comes soon after
# another.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

milliseconds() {
	local now=$EPOCHREALTIME

	echo $((${now%.*} * 1000 + 10#${now#*.} / 1000))
}

connections() {
	dest_column "$NS_D" "$(endpoint "$server" 53)" 6 -u "$(endpoint "$vip" 53)"
}

# silent_since SENT ANSWERED: neither packet nor answer came later than ANSWERED, and one of them
# not before SENT.
ends_in_time() {
	local sent=$1 answered=$2 before after left stood=0

	while true; do
		before=$(milliseconds)
		left=$(connections)
		after=$(milliseconds)
		[ "$left" != 0 ] || break
		# A second beside the two is for a machine that was busy otherwise; more if it stood still.
		[ $((before - answered)) -lt $((timeout + 3000 + stood)) ] ||
			fail "still there $((before - answered)) ms after its last packet"
		[ $((after - before)) -lt 1000 ] || stood=$((stood + after - before))
	done
	[ $((after - sent)) -ge $timeout ] ||
		fail "gone $((after - sent)) ms after its last packet"
}

timeout=3000
topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 53
ctl --set 0 0 $((timeout / 1000))
for vip in "$VIP4" "$VIP6"; do
	server=$(servers_of "$vip")
	balance -u "$vip" 53 rr -m
	peers_give ok udp u "$vip" 53
	sent=$(milliseconds)
	peers_give rs1 ask u
	ends_in_time "$sent" "$(milliseconds)"

	peers_give rs1 ask u
	pause 0.15
	sent=$(milliseconds)
	peers_give rs1 ask u
	ends_in_time "$sent" "$(milliseconds)"
done
if [ "$NFVS_MODULE" = nfvs ]; then
	assert_eq "$(counter conn_expired)" 4 "connections ended by their timeout"
fi
