#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A real server on the director whose answer has no way to the client, once it comes from the
# virtual service: the answer is lost like any other packet, and the server's socket is not told
# that it may not send.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

topo_up 1
start_udp_echo "$NS_D" rs 8053
for vip in "$VIP4" "$VIP6"; do
	case $vip in
	*:*) version=-6 server=$DIRECTOR6 ;;
	*) version=-4 server=$DIRECTOR4 ;;
	esac
	ctl -A -u "$(endpoint "$vip" 53)" -s rr
	ctl -a -u "$(endpoint "$vip" 53)" -r "$(endpoint "$server" 8053)" -m
	assert_eq "$(udp_ask "$NS_C" "$vip" 53)" rs "answer over $vip"
	ip -n "$NS_D" $version rule add from "$vip" unreachable
	# A second is enough: the answer would not come later either.
	assert_eq "$(in_ns "$NS_C" python3 tests/selftest/udp_echo.py ask "$vip" 53 1 0 1)" lost \
		"answer without a way"
	ip -n "$NS_D" $version rule del from "$vip" unreachable
	assert_eq "$(udp_ask "$NS_C" "$vip" 53)" rs "answer afterwards"
done
