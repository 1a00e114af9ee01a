#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What becomes of the connections of a removed real server is the service's to say (--on-removal):
# rescheduled, dropped, or reset.  The policy is kept by edits, saved, restored and listed, and it
# goes for those that were removed before it was set, too.

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/settings.sh

resets() {
	in_ns "$NS_C" nstat -asz TcpEstabResets | awk 'END { print $2 }'
}

more() {
	[ "$("${@:2}")" -gt "$1" ]
}

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	service=$(endpoint "$vip" 80)
	read -ra servers <<<"none $(servers_of "$vip")"
	second=$(endpoint "${servers[2]}" 80)
	balance -t "$vip" 80 rr -m
	balance -u "$vip" 80 rr -m
	peers_give "rs2 rs1 rs2 rs1" hold t 4 "$vip" 80
	for i in 1 2 3; do
		peers_give ok udp "u$i" "$vip" 80
		peers_give "rs$((1 + i % 2))" ask "u$i"
	done

	# Dropped: what is sent again arrives if the real server returns.
	ctl_lines <<-END
		-E -u $service -s rr --on-removal drop
		-d -u $service -r $second
	END
	dropped=$(counter drop_dest_gone)
	peers_give sent tell u1
	wait_until 5 more "$dropped" counter drop_dest_gone
	ctl -a -u "$service" -r "$second" -m
	peers_give rs2 ask u1

	# Reset: the client is told, and starts anew.  Set after the real server has gone.
	ctl_lines <<-END
		-d -u $service -r $second
		-d -t $service -r $second
		-E -u $service -s rr --on-removal reset
		-E -t $service -s rr --on-removal reset
	END
	told=$(counter conn_reset)
	peers_give ECONNREFUSED ask u1
	peers error u1 >/dev/null
	peers_give rs1 ask u1
	before=$(resets)
	peers_give sent tell t1
	wait_until 5 more "$before" resets
	assert_eq "$(counter conn_reset)" $((told + 2)) "clients that were told"

	# Rescheduled: TCP falls to this host, which knows no such connection.
	ctl -E -t "$service" -s rr --on-removal resched
	before=$(resets)
	peers_give sent tell t3
	wait_until 5 more "$before" resets
	assert_eq "$(counter conn_reset)" $((told + 2)) "clients that were told by policy"

	# Others were not touched.
	peers_give "same" bulk t2 1000 1000
	peers_give "closed closed" close t2 t4
done

setting_is_kept on-removal reset
setting_is_forgotten on-removal
assert_fails 'invalid on-removal policy .never. specified' \
	ctl -E -u "$VIP4:80" -s rr --on-removal never
