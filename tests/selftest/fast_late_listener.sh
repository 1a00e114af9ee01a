#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Who listens behind nfvs at a hook, or where this host's own packets leave, sees all of them: first
# ones and those of established connections, whatever the setting fastpath, but for 2.
#
# module: nfvs

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/fast.sh

require_command nft

# What nfvs has made of requests, and of replies.
watch() {
	in_ns "$NS_D" nft "table inet watch {
		chain sent { type filter hook output priority 0;
			meta l4proto { tcp, udp } $family daddr { $1 } counter; }
		chain passed { type filter hook forward priority 300;
			meta l4proto { tcp, udp } $family saddr $2 counter; }
	}"
}

seen_by() {
	in_ns "$NS_D" nft -j list chain inet watch "$1" | sed 's/.*"packets": \([0-9]*\).*/\1/'
}

# sees CHAIN COMMAND...: how many of its packets.
sees() {
	local chain=$1 before

	shift
	before=$(seen_by "$chain")
	"$@"
	echo $(($(seen_by "$chain") - before))
}

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	family=ip
	[ "$vip" = "$VIP4" ] || family=ip6
	balance -u "$vip" 80 rr -m
	watch "$(servers_of "$vip")" "$vip"
	for setting in 0 1; do
		set_vs fastpath=$setting
		peers_give ok udp "u$setting" "$vip" 80
		ask "u$setting"
		ask "u$setting"
		assert_eq "$(sees sent ask "u$setting")" 1 "requests that leave, fastpath=$setting"
		assert_eq "$(sees passed ask "u$setting")" 1 "replies that pass, fastpath=$setting"
		assert_eq "$(took brief ask "u$setting")" 2 "packets sent on without a decision"
		# The first packet of another connection, whose way is known by now.
		peers_give ok udp "w$setting" "$vip" 80
		assert_eq "$(sees sent ask "w$setting")" 1 "first packets that leave, fastpath=$setting"
	done
	in_ns "$NS_D" nft delete chain inet watch sent
	# Nobody listens where replies leave, but behind us where they pass.
	assert_eq "$(sees passed ask u1)" 1 "replies that pass, when nobody else listens"
	in_ns "$NS_D" nft delete table inet watch
	# If they were no longer taken from their devices, it takes a moment until they are again.
	wait_until 10 both_fast u1
done
