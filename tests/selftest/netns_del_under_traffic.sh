#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The director's namespace is deleted while clients send all they can, over and over:
# NFVS_ROUNDS times.  Nothing of its connections stays, and the next director balances.
#
# time: 90

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/traffic.sh

topo_up 2
start_servers
start_traffic

for ((round = 1; round <= $(rounds); round++)); do
	[ $round -eq 1 ] || new_director
	balance_all
	flows
	[ "$(connections_in_slab)" != 0 ] || fail "round $round: traffic without connections"
	delete_ns "$NS_D"
	wait_until 10 director_gone
	wait_until 10 no_connections_left
done
