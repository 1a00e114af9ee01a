#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ICMP errors that quote little, IP options, extension headers or no first fragment; and the settings
# nat_icmp_send, schedule_icmp, ignore_tunneled.
#
# module: both
# ip_vs: 6.1
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/wire.sh

topo_up 1
start_wire
in_ns "$NS_D" sysctl -q -w net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
for vip in $VIP4 $VIP6; do
	server=$(servers_of "$vip") client=$CLIENT4
	[ "$vip" = $VIP4 ] || client=$CLIENT6
	for port in "-t 80" "-u 53"; do
		read -r kind port <<<"$port"
		ctl_lines <<-END
			-A $kind $(endpoint "$vip" "$port") -s rr
			-a $kind $(endpoint "$vip" "$port") -r $(endpoint "$server" 8"$port") -m
			-A $kind $(endpoint "$vip" "1$port") -s rr
			-a $kind $(endpoint "$vip" "1$port") -r $(endpoint "$server" "1$port") -g
		END
	done
	wire_gives ok walk tcp "$vip":80:880 5000 c:S=SYN_RECV s:SA=SYN_RECV c:A=ESTABLISHED
	wire_gives "$client:5000 > $server:853 checksum good" pass udp "$vip":53:853 5000 c x
	wire_gives "$vip:53 > $client:5000 checksum good" pass udp "$vip":53:853 5000 s x
	for kind in short options; do
		wire_gives "$vip quotes $vip:80 checksum good" error $kind "$vip":80:880 5000 tcp
		wire_gives "$vip quotes $vip:53 checksum good" error $kind "$vip":53:853 5000 udp
	done
	if [ "$NFVS_MODULE" = nfvs ]; then
		# ip_vs takes the middle of a packet for its ports.
		wire_gives "$server quotes checksum good" error rest "$vip":80:880 5000 tcp
	fi

	wire_gives nothing stray "$vip" 880 5001 tcp A
	set_vs nat_icmp_send=1
	wire_gives "port unreachable" stray "$vip" 880 5001 tcp A
	wire_gives "port unreachable" stray "$vip" 853 5001 udp x
	wire_gives nothing stray "$vip" 880 5001 tcp R
	wire_gives nothing stray "$vip" 880 5000 tcp A
	wire_gives nothing stray "$vip" 881 5001 tcp A
	wire_gives nothing stray "$vip" 180 5001 tcp A
	set_vs nat_icmp_send=0

	wire_gives nothing unreachable "$vip":180 6000 tcp
	set_vs schedule_icmp=1
	wire_gives "$client > $vip" unreachable "$vip":180 6000 tcp
	wire_gives "1:ESTABLISHED 1:NONE" states tcp
	wire_gives ok walk tcp "$vip":180:180 6000 c:S=SYN_RECV
	wire_gives "$client > $vip" unreachable "$vip":153 6000 udp
	set_vs schedule_icmp=0
done

ip -n "$NS_D" link add t0 type ipip local 10.0.1.254 remote "$CLIENT4"
ip -n "$NS_D" link set t0 up
in_ns "$NS_D" sysctl -q -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.t0.rp_filter=0
wire_gives "$CLIENT4:7000 > ${RS4[1]}:853 checksum good" tunnel "$VIP4:53:853" 7000 10.0.1.254
set_vs ignore_tunneled=1
if [ "$NFVS_MODULE" = nfvs ]; then
	# The kernel has put an end to how ip_vs does it.
	wire_gives nothing tunnel "$VIP4:53:853" 7001 10.0.1.254
fi
wire_gives "$CLIENT4:7002 > ${RS4[1]}:853 checksum good" pass udp "$VIP4:53:853" 7002 c x
