#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The real server of a service is behind a tunnel whose other end is the same namespace, and there
# it is a service again: what has been balanced once is balanced once more when it comes out, and
# so are the replies, and errors, on their way back.
#
# module: both
# ip_vs: 6.1

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

# chain TYPE MIDDLE LOCAL REMOTE VIP SERVER: VIP is balanced to MIDDLE, which is reached through
# the tunnel from LOCAL to REMOTE, both of which are the director's, and balanced to the server.
# What comes out of the tunnel is looked up in tables of its own, where MIDDLE is an address of the
# director's, and so is the client's way back.
chain() {
	local type=$1 middle=$2 local=$3 remote=$4 vip=$5 server=$6 family=-4 port

	if [[ $middle == *:* ]]; then
		family=-6
		type+=" allow-localremote"
	fi
	ip -n "$NS_D" "$family" -batch - <<-END
		link add there$family type $type local $local remote $remote
		link add back$family type $type local $remote remote $local
		address add $local dev lo
		address add $remote dev lo
		link set there$family up
		link set back$family up
		rule add pref 10 iif back$family lookup 100
		rule add pref 11 iif lo from $middle lookup 101
		route add local $middle dev lo table 100
		route add default dev back$family table 101
		route add $middle dev there$family
	END
	for port in 80 81; do
		serve "$vip" $port "$middle" -m
		serve "$middle" $port "$server" -m
	done | ctl_lines
}

# connections_of -t|-u SERVICE
connections_of() {
	ctl -Ln --stats "$@" | awk '$1 == "TCP" || $1 == "UDP" { print $3 }'
}

require_kernel_module ipip ip6_tunnel
topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
in_ns "$NS_D" sysctl -q -w net.ipv4.conf.all.accept_local=1
chain ipip 10.0.9.1 10.0.8.1 10.0.8.2 "$VIP4" "${RS4[1]}"
chain ip6tnl fd00:9::1 fd00:8::1 fd00:8::2 "$VIP6" "${RS6[1]}"

for vip in "$VIP4" "$VIP6"; do
	for conntrack in 0 1; do
		set_vs conntrack=$conntrack
		peers_give rs1 open t "$vip" 80
		peers_give same bulk t 300000 300000
		peers_give closed close t
		peers_give ok udp u "$vip" 80
		peers_give "rs1" ask u
		peers_give "rs1" ask u 1000
		# Nobody listens there: the error is about a packet that has been changed twice.
		peers_give ok udp e "$vip" 81
		peers_give ECONNREFUSED ask e
	done
done

# Both services of the way have been passed, each connection by both.
for service in "$VIP4:80" 10.0.9.1:80 "[$VIP6]:80" "[fd00:9::1]:80"; do
	for kind in t u; do
		assert_counted 2 "connections of $service" connections_of -$kind "$service"
	done
done
