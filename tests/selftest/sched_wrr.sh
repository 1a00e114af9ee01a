#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# wrr, pick by pick.  A bar falls from the highest weight by the greatest common divisor; in each
# pass those whose weight reaches it get a turn, in the order last added, first served.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

declare -A weight
list=() bar=0 highest=0 step=1 last=-1

gcd() {
	if [ "$2" -eq 0 ]; then
		echo "$1"
	else
		gcd "$2" $(($1 % $2))
	fi
}

# What any change does: the bar stays, lowered to one that the new weights can produce; the pass
# starts again.
changed() {
	local name max=0 divisor=0

	for name in "${list[@]}"; do
		[ "${weight[$name]}" -gt 0 ] || continue
		divisor=$(gcd "${weight[$name]}" "$divisor")
		[ "${weight[$name]}" -le "$max" ] || max=${weight[$name]}
	done
	step=$((divisor ? divisor : 1))
	highest=$((max ? max - (step - 1) : 0))
	if [ $bar -gt $highest ] || [ $bar -eq 0 ]; then
		bar=$highest
	elif [ $step -gt 1 ]; then
		bar=$((bar / step * step + 1))
	fi
	last=-1
}

# expected COUNT: sets picks, and moves on.
expect() {
	picks=()
	while [ ${#picks[@]} -lt "$1" ]; do
		last=$((last + 1))
		if [ $last -ge ${#list[@]} ]; then
			last=-1 bar=$((bar - step))
			[ $bar -gt 0 ] || bar=$highest
		elif [ "${weight[${list[last]}]}" -ge $bar ]; then
			picks+=("${list[last]}")
		fi
	done
}

set_weight() {
	weight[rs$1]=$2
	ctl -e -t "$service" -r "$(endpoint "${servers[$1]}" 80)" -m -w "$2"
	changed
}

follows_rule() {
	expect "$1"
	peers_give "${picks[*]}" order "$1" "$vip" 80
}

topo_up 3
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
for vip in "$VIP4" "$VIP6"; do
	service=$(endpoint "$vip" 80)
	read -ra servers <<<"none $(servers_of "$vip")"
	list=() bar=0 last=-1
	ctl -A -t "$service" -s wrr
	for i in 1 2 3; do
		weight[rs$i]=$((5 - i))
		list=("rs$i" "${list[@]}")
		ctl -a -t "$service" -r "$(endpoint "${servers[i]}" 80)" -m -w $((5 - i))
		changed
	done
	# Weights 4, 3, 2: three rounds of nine.
	follows_rule 27
	follows_rule 4
	set_weight 2 0
	follows_rule 13
	set_weight 2 8
	set_weight 3 6
	# Weights 4, 8, 6, which have the divisor 2.
	follows_rule 27
	set_weight 1 1
	follows_rule 31
done
