#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lblc: a destination stays with the real server that wlc picked for it first, through changes of
# the service, until that one cannot take more, or has more active connections than its weight and
# another has less than half of its.  lblcr: it has several then, and the least loaded one of them
# serves; the most loaded one leaves when that has not changed for lblcr_expiration.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/spread.sh

require_command nft

# weigh WEIGHT... of rs1, rs2, rs3
weigh() {
	local i

	for i in 1 2 3; do
		echo "-e $service -r $(endpoint "${servers[i]}" "$port") -m -w ${!i}"
	done | ctl_lines
}

# start SCHEDULER WEIGHT...: a service of the family at hand.
start() {
	local i

	{
		echo "-A $service -s $1"
		for i in 1 2 3; do
			echo "-a $service -r $(endpoint "${servers[i]}" "$port") -m -w ${*:i+1:1}"
		done
	} | ctl_lines
}

# on VERB I [OPTION...]: a command about rs<I>.
on() {
	# shellcheck disable=SC2086 # a service by mark takes several words
	ctl "$1" $service -r "$(endpoint "${servers[$2]}" "$port")" "${@:3}"
}

stays_with_the_first() {
	port=0
	start lblc 1000 1000 1000
	# Each new destination to the least loaded one, and back there.
	peers_give "rs3 rs2 rs1 rs3" hold-each a 4 "$first" 80
	peers_give "rs3 rs2 rs1 rs3" hold-each b 4 "$first" 80
	peers_give "rs2 rs2 rs2" hold c 3 "$second" 80
	# Whoever has it keeps it, whatever becomes of the others.
	weigh 1000 1 2000
	on -d 1
	peers_give "rs3" hold d 1 "$first" 80
	# rs2 has five connections: above its weight, and rs3 is below half.  rs3 gets it for good.
	peers_give "rs3" hold e 1 "$second" 80
	on -e 2 -m -w 100000
	peers_give "rs3 rs3" hold f 2 "$second" 80
	on -e 3 -m -w 0
	peers_give "rs2 rs2" hold g 2 "$second" 80
	if [ "$NFVS_MODULE" = nfvs ]; then
		# ip_vs sends more to one that has too many connections, if it remembers him.
		on -e 2 -m -w 100000 -x 1
		on -e 3 -m -w 1
		peers_give "rs3" hold h 1 "$second" 80
	fi
}

spreads_when_busy() {
	# Under another name, so that they come without their connections.
	port=80
	start lblcr 2 2 2
	# A connection more than the weight, and somebody below half: one more serves.
	peers_give "rs3 rs3 rs3 rs2 rs2 rs2 rs1" hold l 7 "$first" 80
	weigh 1000 1000 1000
	# The least loaded of all three.
	peers_give "rs1 rs1" hold m 2 "$first" 80
	peers_give "closed closed" close m1 m2

	# The busiest leaves with a connection, if a moment has passed since the last one left.
	echo 0 | in_ns "$NS_D" tee $lblcr_expiration >/dev/null
	for i in {1..4}; do
		peers_give "rs1" hold "n$i" 1 "$first" 80
		weigh 1000 1000 1000
	done
	echo 86400 | in_ns "$NS_D" tee $lblcr_expiration >/dev/null
	peers close l{1..6} >/dev/null
	peers_give "rs1 rs1" hold o 2 "$first" 80
}

topo_up 3
spread_vips
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
lblcr_expiration=/proc/sys/net/ipv4/vs/lblcr_expiration

for family in 4 6; do
	case $family in
	4) service="-f 4" first=10.8.0.1 second=10.8.0.2 servers=("" "${RS4[@]}") ;;
	6) service="-f 6 -6" first=fd00:8::1 second=fd00:8::2 servers=("" "${RS6[@]}") ;;
	esac
	stays_with_the_first
	ctl -C
	spreads_when_busy
	ctl -C
done
