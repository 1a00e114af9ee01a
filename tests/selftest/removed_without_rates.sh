#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Where no rates are worked out (run_estimation=0), a real server that was removed goes with its last
# connection all the same: added again, it begins at zero.
#
# module: nfvs

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
set_vs run_estimation=0
balance -u "$VIP4" 80 rr -m
peers_give ok udp u "$VIP4" 80
peers_give rs1 ask u

packets() {
	ctl -Ln --stats -u "$VIP4:80" | awk '$1 == "->" && $2 ~ /:80$/ { print $4 }'
}

# Found again, it is removed again, and has another chance to go.
begins_anew() {
	ctl -a -u "$VIP4:80" -r "${RS4[1]}:80" -m
	[ "$(packets)" != 0 ] || return 0
	ctl -d -u "$VIP4:80" -r "${RS4[1]}:80"
	return 1
}

assert_eq "$(packets)" 1 "packets of the real server"
ctl -d -u "$VIP4:80" -r "${RS4[1]}:80"
assert_eq "$(begins_anew && echo anew)" "" "a real server with a connection"
ctl conn flush
wait_until 15 begins_anew
