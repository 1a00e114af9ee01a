#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A narrow link or a used-up TTL behind the director, where packets travel in another packet: the
# client hears of it as if it were about its own packet, with the MTU that is left for it, whatever
# the families of the two are.  One error is enough.
#
# ip_vs tells of IPv4 in IPv4 only.
#
# module: nfvs
# time: 80

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

declare -A too_big=(["$VIP4"]="3 4" ["$VIP6"]="2 0")
declare -A exceeded=(["$VIP4"]="11 0 0" ["$VIP6"]="3 0 0")
far4=10.0.3.1 far6=fd00:3::1
narrow=1400
# PORT OVERHEAD OPTIONS: the overhead is what is before the inner IP header, but for the outer one.
kinds=(
	"8000 0 --tun-type ipip"
	"8001 12 --tun-type gue --tun-port 6080 --tun-csum"
	"8002 8 --tun-type gre --tun-csum"
)

topo_up 2
topo_direct $VIP4 $VIP6
modprobe -a ipip sit ip6_tunnel ip_gre ip6_gre fou fou6
# The first real server becomes a router to addresses of the second, over a narrow link.
in_ns "${NS_S[1]}" sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 \
	net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
in_ns "$NS_D" sysctl -q -w net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
{
	echo "address add $far4/32 dev lo"
	echo "address add $far6/128 dev lo nodad"
	echo "link add ipip4 type ipip local $far4"
	echo "link add sit4 type sit local $far4"
	echo "link add any6 type ip6tnl local $far6 mode any"
	echo "link add gre4 type gre local $far4 icsum"
	echo "link add gre6 type ip6gre local $far6 icsum"
	printf 'link set %s up\n' ipip4 sit4 any6 gre4 gre6
} | ip -n "${NS_S[2]}" -batch -
in_ns "${NS_S[2]}" ip fou add port 6080 gue
in_ns "${NS_S[2]}" ip -6 fou add port 6080 gue
{
	echo "route add $far4 via ${RS4[2]} mtu lock $narrow"
	echo "route add $far6 via ${RS6[2]} mtu lock $narrow"
} | ip -n "${NS_S[1]}" -batch -
{
	echo "route add $far4 via ${RS4[1]}"
	echo "route add $far6 via ${RS6[1]}"
} | ip -n "$NS_D" -batch -

for target in "$far4" "$far6"; do
	for kind in "${kinds[@]}"; do
		read -r port _ options <<<"$kind"
		[ "$target" = "$far4" ] || port=$((port + 10))
		for vip in "$VIP4" "[$VIP6]"; do
			echo "-A -u $vip:$port -s rr"
			echo "-a -u $vip:$port -r $(endpoint "$target" "$port") -i $options -w 1"
		done
	done
done | in_ns "$NS_D" ipvsadm -R
start_peers "$NS_C" "${NS_S[@]}"

for target in "$far4" "$far6"; do
	for kind in "${kinds[@]}"; do
		read -r port overhead _ <<<"$kind"
		mtu=$((narrow - 20 - overhead))
		if [ "$target" = "$far6" ]; then
			port=$((port + 10))
			mtu=$((narrow - 40 - overhead))
		fi
		peers_give ok listen "$port"
		for vip in "$VIP4" "$VIP6"; do
			# One hop is the director; two, the router, which sees the outer packet.
			peers_give ok udp u "$vip" "$port"
			peers_give ok set u ttl 2
			peers_give EHOSTUNREACH ask u
			peers_give "${exceeded[$vip]} $vip $vip:$port" error u
			peers_give ok set u ttl 3
			peers_give rs2 ask u

			ip -n "$NS_C" route flush cache
			ip -n "$NS_C" -6 route flush cache
			ip -n "$NS_D" route flush cache
			ip -n "$NS_D" -6 route flush cache
			peers_give ok udp v "$vip" "$port"
			peers_give ok set v df 1
			# IPv6 in IPv4 may be fragmented on its way, in its outer packet.
			if [ "$vip $target" = "$VIP6 $far4" ]; then
				peers_give rs2 ask v 1400
				continue
			fi
			peers_give EMSGSIZE ask v 1400
			peers_give "${too_big[$vip]} $mtu $vip $vip:$port" error v
			peers_give rs2 ask v 1200
			assert_match "$(ip -n "$NS_C" route get "$vip")" "mtu $mtu" "path MTU of $vip:$port"
		done
	done
done

# Too narrow for a tunnel at all: IPv6 carries at least 1280 bytes, and here are 1260.
ip -n "$NS_D" link set d1 mtu 1300
in_ns "$NS_C" bash -c "echo >/dev/udp/$VIP4/8010"
wait_until 5 prints 1 counter drop_narrow
