#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Associations through tunnels whose checksums cover what is inside: the CRC of a packet that its
# device was to compute has to be there before they are.  No device computes any behind the balancer.
#
# module: nfvs
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/tunnels.sh

require_kernel_module sctp
require_command ethtool
topo_up 2
topo_direct $VIP4 $VIP6
tunnel_ends
in_ns "$NS_D" ethtool -K d1 tx off >/dev/null

for tunnel in "${TUNNELS[@]}"; do
	read -r port i family options <<<"$tunnel"
	[[ $options = *csum && $options != *nocsum ]] || continue
	server=${RS4[i]}
	[ "$family" = 4 ] || server=${RS6[i]}
	for vip in $VIP4 $VIP6; do
		service=$(endpoint "$vip" "$port")
		client=$CLIENT4
		[ "$vip" = $VIP4 ] || client=$CLIENT6
		ctl -A --sctp-service "$service" -s rr
		# shellcheck disable=SC2086 # options
		ctl -a --sctp-service "$service" -r "$(endpoint "$server" "$port")" -i $options
		assert_eq "$(python3 tests/selftest/sctp_echo.py $((2 * NFVS_SLOW)) "$NS_C" "$NS_D" \
			"$client" "$vip" "$port" 1 "${NS_S[i]}=$vip" 2>&1)" "rs1 same ESTABLISHED CLOSED" \
			"$service by $options to IPv$family"
	done
done
