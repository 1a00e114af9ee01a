#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# throughput.sh -4|-6... -n STREAMS... -r REPEATS
#
# iperf3 through the director: forwarded, and balanced by ip_vs and by nfvs with each method.  Runs
# in a guest whose clock counts instructions, so a second is what everybody on the way, sender and
# receiver included, has executed.  Prints one line of key=value words for each run; what has been
# sent again although it had arrived is counted apart.

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/tunnels.sh

families='' streams='' repeats=1
while getopts 46n:r: option; do
	case $option in
	4|6) families+=" $option" ;;
	n) streams+=" $OPTARG" ;;
	r) repeats=$OPTARG ;;
	*) exit 2 ;;
	esac
done

# PORT METHOD SERVER OPTIONS; the second server answers the client directly.
METHODS=(
	"5201 nat 1 -m"
	"5202 dr 2 -g"
	"5203 ipip 2 -i --tun-type ipip"
	"5204 gue 2 -i --tun-type gue --tun-port $TUNNEL_GUE --tun-nocsum"
	"5205 gre 2 -i --tun-type gre"
)

rules() {
	local line port server options rs

	for line in "${METHODS[@]}"; do
		read -r port _ server options <<<"$line"
		for vip in "$VIP4:$port" "[$VIP6]:$port"; do
			rs=${RS4[server]}:$port
			[[ $vip != \[* ]] || rs=[${RS6[server]}]:$port
			echo "-A -t $vip -s rr"
			echo "-a -t $vip -r $rs $options -w 1"
		done
	done
}

# What is wrapped fits, too: links are wider than what the client sends.
widen() {
	local i

	ip -n "$NS_D" link set d1 mtu 1600
	for i in 1 2; do
		ip -n "${NS_S[i]}" link set s0 mtu 1600
		ip -n "$NS_SW" link set "server$i" mtu 1600
	done
	ip -n "$NS_SW" -batch - <<-END
		link set director mtu 1600
		link set client mtu 1500
		link set br0 mtu 1600
	END
}

# Segments of up to 64 KiB, or each packet by itself.
segment() {
	local on=$1 i

	in_ns "$NS_C" ethtool -K c0 gso "$on" tso "$on" gro "$on" >/dev/null
	in_ns "$NS_D" ethtool -K d0 gso "$on" tso "$on" gro "$on" >/dev/null
	in_ns "$NS_D" ethtool -K d1 gso "$on" tso "$on" gro "$on" >/dev/null
	for i in 1 2; do
		in_ns "${NS_S[i]}" ethtool -K s0 gso "$on" tso "$on" gro "$on" >/dev/null
	done
}

# Segments that the receivers have told the senders to have got twice.
twice() {
	local ns

	for ns in "$NS_C" "$nat_server"; do
		in_ns "$ns" nstat -asz TcpExtTCPDSACKRecvSegs
	done | awk '/TCPDSACK/ { sum += $2 } END { print sum }'
}

# send WORDS ADDRESS PORT BYTES STREAMS IPERF3-OPTION...
send() {
	local words=$1 address=$2 port=$3 bytes=$4 streams=$5 before rates

	shift 5
	before=$(twice)
	in_ns "$NS_C" timeout 120 iperf3 -J -c "$address" -p "$port" -P "$streams" \
		-n $((bytes / streams)) "$@" >"$NFVS_TMP/json" ||
		fail "$words: iperf3: $(grep error "$NFVS_TMP/json")"
	rates=$(
		python3 - "$NFVS_TMP/json" <<-'END'
			import json, sys
			end = json.load(open(sys.argv[1]))["end"]
			sent, received = end["sum_sent"], end["sum_received"]
			print(f"mbit={received['bits_per_second'] / 1e6:.1f} retransmits={sent['retransmits']}")
		END
	)
	echo "throughput $words streams=$streams $rates twice=$(($(twice) - before))"
}

# run WORDS ADDRESS PORT BYTES IPERF3-OPTION...
run() {
	local words=$1 address=$2 port=$3 bytes=$4 number repeat

	shift 4
	for number in $streams; do
		for ((repeat = 0; repeat < repeats; repeat++)); do
			send "$words" "$address" "$port" "$bytes" "$number" "$@"
		done
	done
}

forwarding() {
	local family address

	echo "# forwarding, $1"
	for family in $families; do
		address=${RS4[1]}
		[ "$family" = 4 ] || address=${RS6[1]}
		run "balancer=none method=forward family=$family packets=$1" "$address" 5201 "$2"
	done
}

# balanced BALANCER PACKETS BYTES METHOD...
balanced() {
	local balancer=$1 packets=$2 bytes=$3 line port method family vip

	shift 3
	for line in "${METHODS[@]}"; do
		read -r port method _ <<<"$line"
		[[ " $* " == *" $method "* ]] || continue
		echo "# $balancer, $method, $packets"
		for family in $families; do
			vip=$VIP4
			[ "$family" = 4 ] || vip=$VIP6
			run "balancer=$balancer method=$method family=$family packets=$packets" "$vip" \
				"$port" "$bytes"
			# Data the other way passes only where replies come back through the director.
			[ "$method" != nat ] ||
				run "balancer=$balancer method=nat-reply family=$family packets=$packets" \
					"$vip" "$port" "$bytes" -R
		done
	done
}

topo_up 2
nat_server=${NS_S[1]}
unset 'NS_S[1]'
topo_direct "$VIP4" "$VIP6"
NS_S[1]=$nat_server
widen
tunnel_ends
# Of the client, the real servers are behind the director.
ip -n "$NS_C" -batch - <<-END
	route add ${RS4[1]} via 10.0.1.254 dev c0
	route add ${RS6[1]} via fd00:1::254 dev c0
END
for line in "${METHODS[@]}"; do
	read -r port _ server _ <<<"$line"
	spawn in_ns "${NS_S[server]}" iperf3 -s -p "$port" >/dev/null
	wait_until 30 listens "${NS_S[server]}" -t "$port"
done

forwarding whole $((96 << 20))
segment off
forwarding mtu $((24 << 20))
segment on
for balancer in ip_vs nfvs; do
	load_module $balancer
	rules | in_ns "$NS_D" ipvsadm -R
	balanced $balancer whole $((96 << 20)) nat dr ipip gue gre
	segment off
	balanced $balancer mtu $((24 << 20)) nat dr
	segment on
	in_ns "$NS_D" ipvsadm -C
	unload_module
done
