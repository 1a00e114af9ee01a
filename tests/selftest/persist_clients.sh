#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A client of a persistent service stays at the real server that his first connection got, and so
# do all clients of his network where the service says so; the next one goes elsewhere.  That holds
# for all ports together where a service has several: by firewall mark, on port 0, and FTP.
#
# module: both
# time: 40

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

# stays SERVER CLIENT VIP PORT: two connections, and two clients by UDP.
stays() {
	peers_give ok from "$2"
	peers_give "$1 $1" order 2 "$3" "$4"
	[ "$4" != 80 ] || peers_give "$1 $1" asks 2 "$3" "$4"
}

# servers KIND SERVICE REAL-SUFFIX: commands that add all real servers of the service's family.
servers() {
	local address addresses=("${RS4[@]}")

	[[ $2 != \[* ]] || addresses=("${RS6[@]}")
	for address in "${addresses[@]}"; do
		echo "-a $1 $2 -r $(endpoint "$address" "$3") -m"
	done
}

# templates: who is bound to whom, and whether for about the five minutes that are asked for.
templates() {
	in_ns "$NS_D" cat /proc/net/ip_vs_conn |
		awk '$3 == "0000" { print $1, $2, $4, $5, $6, $7, $8, ($9 > 200) }' | sort
}

require_command nft
topo_up 3
ip -n "$NS_C" -batch - <<-END
	address add 10.0.1.2/24 dev c0
	address add 10.0.1.66/24 dev c0
	address add fd00:1::2/64 dev c0 nodad
	address add fd00:1::1:1/64 dev c0 nodad
END
start_peers "$NS_C" "${NS_S[@]}"
for port in 21 80 2000; do
	peers_give ok listen $port
done
{
	echo "-A -t $VIP4:80 -s rr -p 300 -M 255.255.255.192"
	echo "-A -u $VIP4:80 -s rr -p 300 -M 255.255.255.192"
	echo "-A -t [$VIP6]:80 -s rr -p 300 -M 112"
	echo "-A -u [$VIP6]:80 -s rr -p 300 -M 112"
	for kind in -t -u; do
		servers $kind $VIP4:80 80
		servers $kind "[$VIP6]:80" 80
	done
} | ctl_lines
stays rs3 $CLIENT4 $VIP4 80
stays rs3 10.0.1.2 $VIP4 80
stays rs2 10.0.1.66 $VIP4 80
stays rs3 $CLIENT6 $VIP6 80
stays rs3 fd00:1::2 $VIP6 80
stays rs2 fd00:1::1:1 $VIP6 80
net6=fd00:0001:0000:0000:0000:0000
vip6=fd00:0001:0000:0000:0000:0000:0000:0100 rs6=fd00:0002:0000:0000:0000:0000:0000
assert_eq "$(templates)" "$(sort <<-END
	TCP 0A000100 0A000164 0050 0A00020D 0050 ASSURED 1
	TCP 0A000140 0A000164 0050 0A00020C 0050 ASSURED 1
	UDP 0A000100 0A000164 0050 0A00020D 0050 ASSURED 1
	UDP 0A000140 0A000164 0050 0A00020C 0050 ASSURED 1
	TCP $net6:0000:0000 $vip6 0050 $rs6:0013 0050 ASSURED 1
	TCP $net6:0001:0000 $vip6 0050 $rs6:0012 0050 ASSURED 1
	UDP $net6:0000:0000 $vip6 0050 $rs6:0013 0050 ASSURED 1
	UDP $net6:0001:0000 $vip6 0050 $rs6:0012 0050 ASSURED 1
END
)" "templates in ip_vs_conn"
table=$(in_ns "$NS_D" cat /proc/net/ip_vs)
hz=$(awk '/persistent/ { print $5 / 300; exit }' <<<"$table")
assert_match "$hz" '^(100|250|300|1000)$' "jiffies a second, by the timeout in ip_vs"
assert_eq "$(awk '/persistent/ { print $1, $3, $4, $6 }' <<<"$table" | sort)" \
	"TCP rr persistent 70000000
TCP rr persistent FFFFFFC0
UDP rr persistent 70000000
UDP rr persistent FFFFFFC0" "persistent services in ip_vs"
assert_eq "$(ctl -Ln --persistent-conn | awk '$2 ~ /:80$/ && $1 == "->" { print $2, $4, $5 + $6 }')" \
	"$(printf '%s\n' "${RS4[1]}:80 0 0" "${RS4[2]}:80 1 2" "${RS4[3]}:80 1 4" \
		"${RS4[1]}:80 0 0" "${RS4[2]}:80 1 2" "${RS4[3]}:80 1 4" \
		"[${RS6[1]}]:80 0 0" "[${RS6[2]}]:80 1 2" "[${RS6[3]}]:80 1 4" \
		"[${RS6[1]}]:80 0 0" "[${RS6[2]}]:80 1 2" "[${RS6[3]}]:80 1 4")" \
	"templates and connections of each real server"
assert_match "$(in_ns "$NS_D" ipvsadm -Lnc)" 'TCP 0[34]:[0-9][0-9]  ASSURED     10.0.1.64:0 ' \
	"ipvsadm -c"
ctl -C

# FTP: control and data go to one real server; what else comes to the address is not FTP's.
{
	echo "-A -t $VIP4:21 -s rr"
	servers -t $VIP4:21 21
} | ctl_lines
peers_give ok from $CLIENT4
peers_give "rs3 rs2" order 2 $VIP4 21
peers_give ECONNREFUSED open ftp $VIP4 2000
ctl -E -t $VIP4:21 -s rr -p 300
stays rs1 $CLIENT4 $VIP4 21
stays rs1 $CLIENT4 $VIP4 2000
stays rs3 10.0.1.2 $VIP4 2000
stays rs3 10.0.1.2 $VIP4 21
peers_give ECONNREFUSED open ftp $VIP4 80
ctl -C

# All ports of an address.  Only persistence makes that a service.
{
	echo "-A -t [$VIP6]:0 -s rr -p 300"
	servers -t "[$VIP6]:0" 0
} | ctl_lines
for port in 2000 21; do
	stays rs3 $CLIENT6 $VIP6 $port
	stays rs2 fd00:1::2 $VIP6 $port
done
in_ns "$NS_D" python3 -c "import sys
sys.path.insert(0, 'tests/selftest')
import genl
family = genl.Family('NFVS' if '$NFVS_MODULE' == 'nfvs' else 'IPVS')
family.request(genl.SET_SERVICE, genl.service('$VIP6', 0, genl.TCP, sched='rr'))"
peers_give ECONNREFUSED open everywhere $VIP6 2000
ctl -C

# A mark: ports and protocols, and the real server's own port does not matter.
in_ns "$NS_D" nft -f - <<-END
	table inet marks {
		chain incoming {
			type filter hook prerouting priority mangle;
			ip daddr $VIP4 meta mark set 258
			ip6 daddr $VIP6 meta mark set 258
		}
	}
END
{
	echo "-A -f 258 -s rr -p 300"
	echo "-A -f 258 -6 -s rr -p 300 -M 128"
	for i in 1 2 3; do
		echo "-a -f 258 -r ${RS4[i]}:9 -m"
		echo "-a -f 258 -6 -r [${RS6[i]}]:9 -m"
	done
} | ctl_lines
for port in 80 2000; do
	stays rs3 10.0.1.2 $VIP4 $port
	stays rs3 fd00:1::2 $VIP6 $port
	stays rs2 10.0.1.66 $VIP4 $port
done
assert_eq "$(templates | grep ^IP)" "IP 0A000102 00000102 0000 0A00020D 0000 ASSURED 1
IP 0A000142 00000102 0000 0A00020C 0000 ASSURED 1
IP $net6:0000:0002 0000:0102:0000:0000:0000:0000:0000:0000 0000 $rs6:0013 0000 ASSURED 1" \
	"templates of marks in ip_vs_conn"
