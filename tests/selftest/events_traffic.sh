#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Listeners hear of connections that are made and end, and of real servers that have too many.

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

heard=$NFVS_TMP/heard

# hears LINE...: waits until each was heard.
hears() {
	local line

	for line in "$@"; do
		wait_until 10 grep -qxE "$line" "$heard"
	done
}

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
spawn in_ns "$NS_D" python3 tests/selftest/events_listen.py conn overload >>"$heard"
hears listening
for vip in "$VIP4" "$VIP6"; do
	[ "$vip" = "$VIP4" ] && server=${RS4[1]} || server=${RS6[1]}
	service=$(endpoint "$vip" 80) server=$(endpoint "$server" 80)
	quoted=${server//[][]/\\&}
	: >"$heard"
	ctl -A -t "$service" -s rr
	ctl -a -t "$service" -r "$server" -m -x 2 -y 1
	peers_give rs1 open first "$vip" 80 5001
	peers_give rs1 open second "$vip" 80 5002
	hears "overload $quoted on" "conn new 5001 [A-Z_]+ $quoted" "conn new 5002 [A-Z_]+ $quoted"
	assert_no_match "$(<"$heard")" 'end|off' "nothing ends yet"
	ctl conn flush -r "$server"
	hears "overload $quoted off" "conn end 5001 ESTABLISHED $quoted" \
		"conn end 5002 ESTABLISHED $quoted"
	assert_eq "$(grep -c . "$heard")" 6 "events"
	peers abandon first >/dev/null
	peers abandon second >/dev/null
	ctl -D -t "$service"
done
