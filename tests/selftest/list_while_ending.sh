#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Connections end while they are listed, in /proc and by netlink: those that stay are listed all the
# same, each once, though they take the places of others.
#
# module: nfvs

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 1
start_udp_echo "${NS_S[1]}" rs1
balance -u $VIP4 53 rr -m
for listing in "proc 600" "netlink 900"; do
	in_ns "$NS_C" python3 tests/selftest/list_while_ending.py open $VIP4 53 "${listing#* }"
	# shellcheck disable=SC2086 # words
	in_ns "$NS_D" python3 tests/selftest/list_while_ending.py $listing ||
		fail "list_while_ending.py says why"
	ctl conn flush
done
