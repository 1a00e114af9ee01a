#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Queueing disciplines at the director.  fq sends a packet at the time that is written in it.  When
# somebody wants to know when packets arrive, that is written in the same place, by another clock:
# forwarded, such a packet would wait for years, or be dropped.  fq_codel drops nothing here, and
# netem sends packets late, twice and in another order: every byte arrives all the same.
#
# module: both
# time: 90

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

queue() {
	local device

	for device in d0 d1; do
		in_ns "$NS_D" tc qdisc replace dev $device root "$@"
	done
}

transfer() {
	local vip

	for vip in "$VIP4" "$VIP6"; do
		peers_give rs1 open t "$vip" 80
		peers_give same bulk t 60000 60000
		peers_give closed close t
	done
}

ask() {
	local vip

	for vip in "$VIP4" "$VIP6"; do
		peers_give ok udp u "$vip" 80
		peers_give rs1 ask u
		peers_give rs1 ask u
	done
}

pass_queues() {
	local discipline device

	for discipline in fq fq_codel; do
		queue $discipline
		transfer
		ask
		for device in d0 d1; do
			assert_match "$(in_ns "$NS_D" tc -s qdisc show dev $device)" 'dropped 0,' \
				"$discipline of $device"
		done
	done
	queue netem delay 2ms 1ms reorder 20% duplicate 5%
	transfer
}

require_kernel_module sch_fq sch_fq_codel sch_netem
topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
# SO_TIMESTAMP of one socket is enough to have all packets stamped.
spawn python3 -c 'import signal, socket
stamped = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
stamped.setsockopt(socket.SOL_SOCKET, 29, 1)
print("stamping", flush=True)
signal.pause()' >"$NFVS_TMP/stamping"
wait_until 10 grep -q stamping "$NFVS_TMP/stamping"

for method in -m -g; do
	[ $method != -g ] || topo_direct "$VIP4" "$VIP6"
	for vip in "$VIP4" "$VIP6"; do
		balance -t "$vip" 80 rr $method
		balance -u "$vip" 80 rr $method
	done
	each_fastpath pass_queues
	ctl -C
done
