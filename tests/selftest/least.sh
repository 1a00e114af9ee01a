#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The rule of lc, wlc, sed and nq: the least load goes first, in lc as it is, in the others for its
# weight; of equals the one added last.  For lc and wlc the load is 256 times the active connections
# and once the others, for sed and nq the active ones if there were one more.  With nq the first one
# that has none goes before all.  Sourced after peers.sh by the cases of all four.

declare -A weight active inactive

# pick lc|wlc|sed|nq: sets picked.
pick() {
	local i load best_load=0 best=''

	for ((i = 3; i >= 1; i--)); do
		[ "${weight[$i]}" -gt 0 ] || continue
		case $1 in
		lc|wlc) load=$((active[$i] * 256 + inactive[$i])) ;;
		sed|nq) load=$((active[$i] + 1)) ;;
		esac
		if [ "$1" = nq ] && [ $load -eq 1 ]; then
			best=$i
			break
		fi
		if [ -z "$best" ] ||
			{ [ "$1" = lc ] && [ $load -lt $best_load ]; } ||
			{ [ "$1" != lc ] &&
				[ $((load * weight[$best])) -lt $((best_load * weight[$i])) ]; }; then
			best=$i best_load=$load
		fi
	done
	picked=$best
}

# holds SCHEDULER ID COUNT: opens and keeps connections, which must go where the rule says.
holds() {
	local i picks=()

	for ((i = 0; i < $3; i++)); do
		pick "$1"
		picks+=("rs$picked")
		active[$picked]=$((active[$picked] + 1))
	done
	peers_give "${picks[*]}" hold "$2" "$3" "$vip" 80
}

# passes SCHEDULER COUNT: the same with connections that are closed, and count as inactive.
passes() {
	local i picks=()

	for ((i = 0; i < $2; i++)); do
		pick "$1"
		picks+=("rs$picked")
		inactive[$picked]=$((inactive[$picked] + 1))
	done
	peers_give "${picks[*]}" order "$2" "$vip" 80
}

set_weight() {
	weight[$1]=$2
	ctl -e -t "$(endpoint "$vip" 80)" -r "$(endpoint "${servers[$1]}" 80)" -m -w "$2"
}

# least_case SCHEDULER
least_case() {
	local i

	topo_up 3
	start_peers "$NS_C" "${NS_S[@]}"
	peers_give ok listen 80
	for vip in "$VIP4" "$VIP6"; do
		read -ra servers <<<"none $(servers_of "$vip")"
		balance -t "$vip" 80 "$1" -m 1 3 2
		weight=([1]=1 [2]=3 [3]=2)
		for i in 1 2 3; do
			active[$i]=0 inactive[$i]=0
		done
		passes "$1" 9
		holds "$1" a 24
		passes "$1" 7
		set_weight 3 0
		holds "$1" b 5
		set_weight 3 10
		holds "$1" c 12
		for i in 1 2 3; do
			assert_eq "$(dest_column "$NS_D" "$(endpoint "${servers[i]}" 80)" 5)" \
				"${active[$i]}" "active connections of rs$i"
			assert_eq "$(dest_column "$NS_D" "$(endpoint "${servers[i]}" 80)" 6)" \
				"${inactive[$i]}" "inactive connections of rs$i"
		done
	done
}
