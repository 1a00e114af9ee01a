#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The outer headers of each tunnel are those of ip_vs, field by field: datagrams and a SYN of
# IPv4 and IPv6 with all sorts of headers, checksums left to the device and computed before, and
# path MTU discovery on and off.  On nfvs they take the hooks' way, and then, but for some, the fast
# path.
#
# module: self
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/tunnels.sh

# services FIRST LAST: what tunnel_headers.py is told.
services() {
	local tunnel port i family options

	for tunnel in "${TUNNELS[@]}"; do
		read -r port i family options <<<"$tunnel"
		[ "$i" = 1 ] || continue
		echo "v4 in v$family $options=$VIP4:$port"
		echo "v6 in v$family $options=$VIP6:$port"
	done
}

# headers BALANCER: of all packets, and what is in front of them.
headers() {
	local balancer=$1 pmtu_disc

	load_module "$balancer"
	tunnel_rules | in_ns "$NS_D" ipvsadm -R
	for pmtu_disc in 1 0; do
		set_in_ns "$NS_D" net.ipv4.vs.pmtu_disc $pmtu_disc
		mapfile -t list < <(services)
		python3 tests/selftest/tunnel_headers.py "$NS_C" "${NS_S[1]}" "${list[@]}"
	done
	# Nothing computes a checksum behind the balancer but its own host.
	in_ns "$NS_D" ethtool -K d1 tx off gso off >/dev/null
	python3 tests/selftest/tunnel_headers.py "$NS_C" "${NS_S[1]}" "${list[@]}"
	in_ns "$NS_D" ethtool -K d1 tx on gso on >/dev/null
}

require_command ethtool
topo_up 2
headers ip_vs >"$NFVS_TMP/ip_vs"
assert_no_match "$(grep -c lost "$NFVS_TMP/ip_vs" || true)" '[1-9]' "packets that ip_vs lost"
in_ns "$NS_D" ipvsadm -C
load_module nfvs
for fastpath in 0 1; do
	set_vs fastpath=$fastpath
	headers nfvs >"$NFVS_TMP/nfvs"
	diff -u "$NFVS_TMP/ip_vs" "$NFVS_TMP/nfvs" ||
		fail "headers differ from those of ip_vs, fastpath=$fastpath"
	assert_eq "$(grep -c inner "$NFVS_TMP/nfvs")" 540 "packets compared"
	[ $fastpath = 1 ] || assert_eq "$(counter fast)" 0 "packets of them on the fast path"
	in_ns "$NS_D" ipvsadm -C
done
assert_between "$(counter fast)" 450 540 "packets of them on the fast path"
