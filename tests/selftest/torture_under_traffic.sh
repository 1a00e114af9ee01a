#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# All at once and by chance: four processes change the configuration and the settings, clients send
# all protocols and garbage, devices go down and change their MTU, namespaces and the module come
# and go, and on the debug kernels one allocation in a hundred fails.  Connections of a service that
# nobody touches, in a namespace whose other services are changed, lose and change no byte; in the
# end all is balanced again, and nothing is left.
#
# NFVS_SECONDS says how long (10), NFVS_SEED repeats what chance decided.
#
# module: self
# kernels: smp
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/traffic.sh
. tests/selftest/peers.sh
. tests/selftest/faults.sh

seconds=${NFVS_SECONDS:-10}
seed=${NFVS_SEED:-$RANDOM}
echo "seed $seed, $seconds seconds"

# Of the quiet director, whose connections must come to no harm.
keep_services() {
	{
		serve "$VIP4" 7000 "${RS4[1]}" -m
		serve "$VIP6" 7000 "${RS6[1]}" -m
	} | in_ns "$QUIET" "$CTL" -R
	peers_give "rs1 rs1" hold t4- 2 "$VIP4" 7000
	peers_give "rs1 rs1" hold t6- 2 "$VIP6" 7000
	peers_give ok udp u4 "$VIP4" 7000
	peers_give ok udp u6 "$VIP6" 7000
}

use_connections() {
	local id

	for id in t4-1 t6-1 t4-2 t6-2; do
		peers_give same bulk $id 20000 70000
	done
	for id in u4 u6; do
		peers_give rs1 ask $id
		peers_give rs1 ask $id 1400
	done
	exchanges=$((exchanges + 8))
}

# live SECONDS: the module is loaded, and unloaded in the middle of everything.
live() {
	local until

	load_module nfvs selftests=0
	keep_services
	use_connections
	until=$((SECONDS + $1))
	while [ $SECONDS -lt $until ] && kill -0 "$TORTURE" 2>/dev/null; do
		use_connections
	done
	peers_give "closed closed closed closed" close t4-1 t4-2 t6-1 t6-2
	unload_module || fail "the module cannot be unloaded"
	assert_eq "$(grep -c '^nfvs_' /proc/slabinfo || true)" 0 "slab caches left"
	lives=$((lives + 1))
}

load_module nfvs selftests=0
CTL=$(default_ctl)
topo_up 1
QUIET=$NS_D
start_peers "$NS_C" "${NS_S[1]}"
peers_give ok listen 7000
NFVS_SUFFIX=${NFVS_SUFFIX}b
topo_up 2
in_ns "$NS_D" sysctl -q -w net.ipv6.conf.{all,d0,d1}.keep_addr_on_down=1
in_ns "$NS_D" nft 'table inet marks {
	chain pre { type filter hook prerouting priority -150; udp dport 54 meta mark set 7; }
	chain out { type route hook output priority -150; udp dport 54 meta mark set 7; }
}'
{
	echo "link set d0 address 02:00:00:00:00:d0"
	echo "link set d1 address 02:00:00:00:00:d1"
} | ip -n "$NS_D" -batch -
# A queue of the kernel's that drops packets, or in which they wait for a processor that others keep
# busy, would be taken for nfvs.
sysctl -q -w net.core.netdev_max_backlog=10000
pgrep ksoftirqd | xargs renice -n -20 -p >/dev/null
start_servers
start_traffic
set_fault failslab times=-1 probability=1
spawn python3 tests/selftest/torture.py "$seed" "$NS_D" "$QUIET" "$NS_C" "${NS_S[1]}" "$NS_SW"
TORTURE=$!

exchanges=0 lives=0 end=$((SECONDS + seconds))
until [ $SECONDS -ge $end ] && [ $lives -ge 2 ]; do
	kill -0 "$TORTURE" 2>/dev/null || break
	live $((seconds < 60 ? seconds / 2 : 30))
done
kill "$TORTURE" 2>/dev/null || true
wait "$TORTURE" || fail "something was refused, or did not go on, with seed $seed"
end_fault failslab
echo "$lives lives, $exchanges exchanges of connections that nobody touched"

# All is as before.
load_module nfvs selftests=0
balance_all
flows
stop "$TRAFFIC"
ctl -C
delete_ns "$NS_D"
wait_until 10 no_connections_left
