#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The module is unloaded while services exist and clients send all they can, over and over:
# NFVS_ROUNDS times.  Loaded again, it balances again.  In the end the director's namespace goes at the
# same time.
#
# module: self
# time: 90

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/traffic.sh

load_module nfvs
CTL=$(default_ctl)
export CTL
topo_up 2
start_servers
start_traffic

for ((round = 1; round <= $(rounds); round++)); do
	load_module nfvs
	balance_all
	flows
	[ "$(ctl -Ln --stats | awk '$1 == "TCP" && $3 > 0' | wc -l)" = 2 ] ||
		fail "round $round: no connections are counted"
	timeout $((10 * NFVS_SLOW)) rmmod nfvs || fail "round $round: the module cannot be unloaded"
	assert_eq "$(grep -c '^nfvs_' /proc/slabinfo || true)" 0 "round $round: slab caches left"
	[ ! -e /proc/sys/net/ipv4/vs ] || fail "round $round: settings left"
done

load_module nfvs
balance_all
flows
delete_ns "$NS_D"
timeout $((10 * NFVS_SLOW)) rmmod nfvs || fail "the module cannot be unloaded while a namespace ends"
wait_until 10 director_gone
