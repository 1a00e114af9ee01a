#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Debian's prometheus-node-exporter reads /proc/net/ip_vs and ip_vs_stats and finds there what the
# listing shows.
#
# module: both
# time: 30

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

require_command prometheus-node-exporter

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
balance -t $VIP4 80 wrr -m 5 1
balance -u $VIP4 80 rr -m
balance -t $VIP6 80 rr -m
peers_give "rs2 rs1" hold t 2 $VIP6 80
peers_give same bulk t1 30000 30000
peers_give "rs2 rs1 rs2" asks 3 $VIP4 80 900
ctl_lines <<-END
	-A -f 7 -s rr
	-a -f 7 -r ${RS4[1]}:0 -g -w 4
END

spawn in_ns "$NS_D" prometheus-node-exporter --web.listen-address=127.0.0.1:9100 \
	--collector.disable-defaults --collector.ipvs --web.disable-exporter-metrics --log.level=error
wait_until 10 listens "$NS_D" -t 9100

metrics() {
	in_ns "$NS_D" curl -sS http://127.0.0.1:9100/metrics | grep '^node_ipvs'
}

# total NAME: of the whole namespace, as digits.
total() {
	metrics | awk -v name="node_ipvs_$1" '$1 == name { printf "%d", $2 }'
}

column_sum() {
	in_ns "$NS_D" ipvsadm -Ln --stats --exact |
		awk -v column="$1" '/^(TCP|UDP|FWM)/ { sum += $(NF - 5 + column) } END { printf "%d", sum }'
}

assert_counted 5 "connections" total connections_total
assert_eq "$(total incoming_packets_total)" "$(column_sum 2)" "incoming packets"
assert_eq "$(total outgoing_packets_total)" "$(column_sum 3)" "outgoing packets"
assert_eq "$(total incoming_bytes_total)" "$(column_sum 4)" "incoming bytes"
assert_eq "$(total outgoing_bytes_total)" "$(column_sum 5)" "outgoing bytes"
assert_between "$(total incoming_bytes_total)" 30000 60000 "incoming bytes"

# backend WHAT: "PROTOCOL LOCAL:PORT/MARK REMOTE:PORT=VALUE" lines.
backend() {
	metrics | sed -nE "s/^node_ipvs_backend_$1\{(.*)\} (.*)/\1,\2/p" |
		sed -E 's/[a-z_]+="([^"]*)"/\1/g; s/,/ /g' | sort
}

# Its labels come in this order: local address, mark, port, protocol, remote address, port.
assert_eq "$(backend weight)" "$(sort <<-END
	$VIP4  80 TCP ${RS4[1]} 80 5
	$VIP4  80 TCP ${RS4[2]} 80 1
	$VIP4  80 UDP ${RS4[1]} 80 1
	$VIP4  80 UDP ${RS4[2]} 80 1
	$VIP6  80 TCP ${RS6[1]} 80 1
	$VIP6  80 TCP ${RS6[2]} 80 1
	 00000007 0 FWM ${RS4[1]} 0 4
END
)" "weights"
assert_eq "$(backend connections_active | awk '{ sum += $NF } END { print sum }')" 2 "active connections"
assert_eq "$(backend connections_inactive | awk '{ sum += $NF } END { print sum }')" 3 \
	"inactive connections"
