#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a director does against floods: secure_tcp, drop_packet and drop_entry, switched on always or
# by the memory; and sloppy_tcp.
#
# module: both
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/wire.sh

vs() {
	in_ns "$NS_D" cat "/proc/sys/net/ipv4/vs/$1"
}

half_open() {
	in_ns "$NS_D" grep -c -e SYN_RECV -e SYNACK /proc/net/ip_vs_conn || true
}

fewer_than() {
	[ "$(half_open)" -lt "$1" ]
}

has_dropped() {
	[ "$(counter conn_dropped)" -ge "$1" ]
}

# drops_each NUMBER: of 30 first packets, one in so many is dropped.
drops_each() {
	local dropped number last=''

	port=$((port + 100))
	dropped=$(wire syns 30 "$VIP4:80" $port)
	for number in $dropped; do
		[ $((number - ${last:-$((number - $1))})) -eq "$1" ] || return 1
		last=$number
	done
	[ -n "$last" ]
}

port=30000
topo_up 1
start_wire
for vip in $VIP4 $VIP6; do
	balance -t "$vip" 80 rr -m
	balance -t "$vip" 81 rr -g
	nat=$vip:80:80 direct=$vip:81:81

	walk tcp "$nat" c:S=SYN_RECV s:SA=SYN_RECV c:A=ESTABLISHED c:FA=CLOSE_WAIT s:FA=TIME_WAIT
	walk tcp "$nat" c:A=none c:R=none
	set_vs secure_tcp=3
	walk tcp "$nat" c:S=SYN_RECV c:A=SYN_RECV s:SA=SYNACK c:A=SYNACK s:A=ESTABLISHED
	walk tcp "$direct" c:S=SYNACK c:A=ESTABLISHED c:F=FIN_WAIT
	set_vs secure_tcp=0 sloppy_tcp=1
	walk tcp "$direct" c:S=SYN_RECV c:R=SYN_RECV c:A=ESTABLISHED c:R=CLOSE
	walk tcp "$nat" c:R=none c:A=ESTABLISHED
	set_vs sloppy_tcp=0

	# One more page than there can be is too few free ones.
	set_vs amemthresh=2147483647 secure_tcp=1
	assert_eq "$(vs secure_tcp)" 2 "secure_tcp when memory is low"
	walk tcp "$direct" c:S=SYNACK
	set_vs amemthresh=0
	wait_until 5 prints 1 vs secure_tcp
	walk tcp "$direct" c:S=SYN_RECV
	set_vs secure_tcp=0 amemthresh=1024
done

set_vs am_droprate=7
set_vs drop_packet=3
# ip_vs notices within a second; until then it may drop all of them.
if [ "$NFVS_MODULE" = nfvs ]; then
	wire_gives "1 8 15 22 29" syns 30 $VIP4:80 $port
else
	wait_until 5 drops_each 7
fi
set_vs drop_packet=0
wire_gives "" syns 100 $VIP4:80 40000
if [ "$NFVS_MODULE" = nfvs ]; then
	assert_eq "$(counter drop_defense)" 5 "first packets dropped"
fi

# Each second a part of the table is searched; ip_vs does so at random.
before=$(half_open)
established=$(in_ns "$NS_D" grep -c ESTABLISHED /proc/net/ip_vs_conn)
set_vs drop_entry=3
if [ "$NFVS_MODULE" = nfvs ]; then
	wait_until 10 has_dropped 2
else
	wait_until 10 fewer_than $((before - 1))
fi
assert_eq "$(in_ns "$NS_D" grep -c ESTABLISHED /proc/net/ip_vs_conn)" "$established" "established"
if [ "$NFVS_MODULE" = nfvs ]; then
	set_vs drop_entry=0
	# Others have ended by themselves since.
	assert_between "$(counter conn_dropped)" 2 $((before - $(half_open))) "connections ended"
fi
