#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The files in /proc/net, byte for byte: what is expected here holds for ip_vs as well, which other
# programs have learnt to read.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

# Line ends are made visible; what depends on the machine or the moment becomes N: the size of the
# table, and the seconds until a connection ends.
proc() {
	in_ns "$NS_D" cat "/proc/net/$1" |
		sed -E 's/\(size=[0-9]+\)/(size=N)/; s/^((TCP|UDP) .*) [0-9]+$/\1 N/; s/$/|/'
}

# The real servers' place in the hash table of ip_vs is its own.
sorted() {
	proc "$1" | tail -n +"$2" | sort
}

topo_up 2
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
balance -t $VIP4 80 rr -m 3 0
balance -t $VIP6 80 wrr -m
ctl_lines <<-END
	-A -u $VIP4:53 -s lc
	-a -u $VIP4:53 -r ${RS4[1]}:53 -g -w 70000
	-A -f 258 -s wlc
	-a -f 258 -r ${RS4[1]}:0 -g
	-A -f 259 -6 -s rr
END
assert_eq "$(proc ip_vs | head -n 3)" "IP Virtual Server version 1.2.1 (size=N)|
Prot LocalAddress:Port Scheduler Flags|
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn|" "head of ip_vs"
assert_eq "$(sorted ip_vs 4)" "$(sort <<-END
	  -> 0A00020B:0000      Route   1      0          0         |
	  -> 0A00020B:0035      Route   70000  0          0         |
	  -> 0A00020B:0050      Masq    3      0          0         |
	  -> 0A00020C:0050      Masq    0      0          0         |
	  -> [fd00:0002:0000:0000:0000:0000:0000:0011]:0050      Masq    1      0          0         |
	  -> [fd00:0002:0000:0000:0000:0000:0000:0012]:0050      Masq    1      0          0         |
	FWM  00000102 wlc |
	FWM  00000103 rr |
	TCP  0A000164:0050 rr  |
	TCP  [fd00:0001:0000:0000:0000:0000:0000:0100]:0050 wrr |
	UDP  0A000164:0035 lc  |
END
)" "services and real servers of ip_vs"

peers_give rs1 open a $VIP4 80 5555
peers_give rs2 open b $VIP6 80 5556
peers_give same bulk b 1 1
balance -u $VIP4 80 rr -m
peers_give ok udp c $VIP4 80 5557
peers_give rs2 ask c 100
assert_eq "$(proc ip_vs_conn | head -n 1)" \
	"Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData|" \
	"head of ip_vs_conn"
c6=fd00:0001:0000:0000:0000:0000:0000:0001 v6=fd00:0001:0000:0000:0000:0000:0000:0100
s6=fd00:0002:0000:0000:0000:0000:0000:0012
assert_eq "$(sorted ip_vs_conn 2 | tr -s ' ')" "$(sort <<-END
	TCP 0A000101 15B3 0A000164 0050 0A00020B 0050 ESTABLISHED N|
	TCP $c6 15B4 $v6 0050 $s6 0050 ESTABLISHED N|
	UDP 0A000101 15B5 0A000164 0050 0A00020C 0050 UDP N|
END
)" "ip_vs_conn"
assert_match "$(in_ns "$NS_D" grep ^UDP /proc/net/ip_vs_conn)" \
	'^UDP 0A000101 15B5 0A000164 0050 0A00020C 0050 UDP             2[0-9][0-9]$' \
	"columns of ip_vs_conn"
assert_eq "$(proc ip_vs_conn_sync | head -n 1)" \
	"Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Origin Expires|" \
	"head of ip_vs_conn_sync"
assert_match "$(in_ns "$NS_D" grep ^TCP /proc/net/ip_vs_conn_sync)" \
	'TCP 0A000101 15B3 0A000164 0050 0A00020B 0050 ESTABLISHED LOCAL      [89][0-9][0-9]' \
	"columns of ip_vs_conn_sync"
assert_eq "$(proc ip_vs_app | head -n 1)" "prot port    usecnt name|" "ip_vs_app"

totals='([ 0-9A-F]{8} ){3}[ 0-9A-F]{16} [ 0-9A-F]{16}'
three_connections() {
	in_ns "$NS_D" sed -n 3p /proc/net/ip_vs_stats | cut -c 1-8
}
assert_counted "       3" "connections in ip_vs_stats" three_connections
assert_match "$(proc ip_vs_stats)" "^   Total Incoming Outgoing         Incoming         Outgoing\|
   Conns  Packets  Packets            Bytes            Bytes\|
$totals\|
\|
 Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s\|
$totals\|$" "ip_vs_stats"
sum=$(in_ns "$NS_D" ipvsadm -Ln --stats --exact | awk '/^(TCP|UDP)/ {
	conns += $3; in_packets += $4; out_packets += $5; in_bytes += $6; out_bytes += $7
} END { printf "%8X %8X %8X %16X %16X", conns, in_packets, out_packets, in_bytes, out_bytes }')
assert_eq "$(in_ns "$NS_D" sed -n 3p /proc/net/ip_vs_stats)" "$sum" "totals are the sum of services"

percpu=$(in_ns "$NS_D" cat /proc/net/ip_vs_stats_percpu)
assert_match "$percpu" "^       Total Incoming Outgoing         Incoming         Outgoing
CPU    Conns  Packets  Packets            Bytes            Bytes
(  [0-9A-F] $totals
)+  ~ $totals

     Conns/s   Pkts/s   Pkts/s          Bytes/s          Bytes/s
    $totals$" "ip_vs_stats_percpu"
assert_eq "$(grep -c '^  [0-9A-F] ' <<<"$percpu")" "$(nproc --all)" "a line for each CPU"
assert_eq "$(grep '^  ~' <<<"$percpu")" "  ~ $sum" "totals in ip_vs_stats_percpu"

# Totals start again at zero; what is gone had its part in them, and keeps it.
before=$(in_ns "$NS_D" sed -n 3p /proc/net/ip_vs_stats)
ctl -D -u $VIP4:80
assert_eq "$(in_ns "$NS_D" sed -n 3p /proc/net/ip_vs_stats)" "$before" "totals without a service"
ctl -Z
zero=$(printf '%8X %8X %8X %16X %16X' 0 0 0 0 0)
assert_counted "$zero" "totals after -Z" in_ns "$NS_D" sed -n 3p /proc/net/ip_vs_stats
assert_eq "$(in_ns "$NS_D" cat /proc/net/ip_vs_stats_percpu | grep '^  [0-9A-F] ')" \
	"$(grep '^  [0-9A-F] ' <<<"$percpu")" "what each CPU counted, after -Z"
