#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Real servers are added, edited and removed and the scheduler is changed while one short TCP
# connection follows another.  None that begins after a change goes where it should not, none
# fails, except the one that a removed real server was just serving.  One that lasts from beginning
# to end stays with its real server throughout.
#
# module: nfvs

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

# change ALLOWED REMOVED COMMAND...: ALLOWED is a pattern of the real servers that may get
# connections from then on; REMOVED is 1 if the connection under way may fail.
change() {
	local allowed=$1 removed=$2 before after word

	shift 2
	before=$(peers mark)
	ctl "$@"
	after=$(peers mark)
	peers_give ok after $((after + 12))
	for word in $(peers between "$after" $((after + 12))); do
		assert_match "$word" "^$allowed=" "after $*"
	done
	# Those that ended before the change, and those on its way.
	for word in $(peers between "$checked" $((before ? before - 1 : 0))); do
		assert_match "$word" '^rs[123]=' "before $*"
	done
	if [ "$removed" = 0 ]; then
		for word in $(peers between $((before - 1)) "$after"); do
			assert_match "$word" '^rs[123]=' "during $*"
		done
	fi
	checked=$after
}

topo_up 3
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	service=$(endpoint "$vip" 80)
	read -ra servers <<<"none $(servers_of "$vip")"
	for i in 1 2 3; do
		servers[i]=$(endpoint "${servers[i]}" 80)
	done
	balance -t "$vip" 80 rr -m
done
# The connection that a removed real server was serving ends at once, not when its client gives up.
set_in_ns "$NS_D" net.ipv4.vs.expire_nodest_conn 1
checked=0
# Before the stream, during which no other may be opened; the real server that is never removed.
for i in 1 2 3; do
	[ "$(peers open lasting$i "$VIP6" 80)" != rs2 ] || lasting=lasting$i
done
peers_give ok stream "$VIP6" 80
peers_give ok after 6
change 'rs[23]' 1 -d -t "$service" -r "${servers[1]}"
change 'rs[123]' 0 -a -t "$service" -r "${servers[1]}" -m
change 'rs[123]' 0 -E -t "$service" -s wlc
change 'rs[13]' 0 -e -t "$service" -r "${servers[2]}" -m -w 0
change 'rs[13]' 0 -E -t "$service" -s wrr
change 'rs[123]' 0 -e -t "$service" -r "${servers[2]}" -m -w 7
change 'rs[12]' 1 -d -t "$service" -r "${servers[3]}"
change 'rs[12]' 0 -E -t "$service" -s lc
change 'rs[123]' 0 -a -t "$service" -r "${servers[3]}" -m -w 2
change 'rs[123]' 0 -e -t "$service" -r "${servers[3]}" -m -w 3 -x 1000 -y 10
peers_give same bulk "$lasting" 1000 1000
