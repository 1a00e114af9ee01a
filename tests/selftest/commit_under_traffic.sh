#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The table is replaced by itself again and again, but for one service, while connections to the
# others come and go: none fails, real servers have their turns as if nothing happened, counters go
# on, and one connection that lasts stays where it is.
#
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 3
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
balance -t "$VIP4" 80 rr -m
balance -t "$VIP6" 80 rr -m
{
	echo "-A -f 7 -s wrr"
	for address in "${RS4[@]}"; do
		echo "-a -f 7 -r $address -m -w 1"
	done
} | ctl_lines

lasting=$(peers open lasting "$VIP6" 80)
assert_match "$lasting" '^rs[123]$' "the connection that lasts"
peers_give ok stream "$VIP4" 80
peers_give ok after 3
before=$(peers mark)
after=$before
# Who gets how much of a busy host is chance: as often as it takes.
until [ "$after" -gt $((before + 6)) ]; do
	in_ns "$NS_D" python3 tests/selftest/commit_replace.py "$(by_kernel 300 1000)"
	after=$(peers mark)
done
peers_give ok after "$after"

turns=$((after - after % 3))
third=$((turns / 3))
for word in $(peers between 0 "$turns"); do
	assert_match "$word" "^rs[123]=$third\$" "turns of $turns connections"
done
peers_give same bulk lasting 1000 1000
counted=$(ctl -Ln --stats --exact | awk -v server="$(endpoint "$VIP4" 80)" '$2 == server { print $3 }')
[ "$counted" -ge "$after" ] || fail "$counted connections are counted, of at least $after"
