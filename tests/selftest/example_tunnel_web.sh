#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Documentation/examples/tunnel-web.sh: web servers at another site, reached by IPIP.  They are
# strict about where packets may come from, as some distributions have it, and requests may be
# larger than fits into the tunnel.
#
# module: nfvs
# kernels: stock

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/examples.sh

modprobe ipip
network <<-END
	internet eth0 front 203.0.113.1/24
	internet eth1 far 192.0.2.1/24
	director eth0 front 203.0.113.2/24 via 203.0.113.1
	rs1 eth0 far 192.0.2.11/24 via 192.0.2.1
	rs2 eth0 far 192.0.2.12/24 via 192.0.2.1
END
for host in rs1 rs2; do
	set_in_ns "${HOST[$host]}" net.ipv4.conf.all.rp_filter 1
	# IPv6 has settings for a device from when it is up for the first time.
	printf 'link set tunl0 %s\n' up down | ip -n "${HOST[$host]}" -batch -
done
start_web rs1 rs2
remember_hosts director rs1 rs2
on director tunnel-web.sh director start
for host in rs1 rs2; do
	on $host tunnel-web.sh real start
done
assert_eq "$(web 198.51.100.7 http://203.0.113.10 4 | tally)" "2 rs1, 2 rs2" "answers"

# Both real servers take a request of several full packets.
body=$(printf '%08000d' 1)
assert_eq "$(in_ns "$NS_C" curl -sS --interface 198.51.100.8 --max-time $((10 * NFVS_SLOW)) \
	--data "$body" 'http://203.0.113.10/?[1-2]' | tally)" "1 rs1, 1 rs2" "answers to large requests"
assert_match "$(on director tunnel-web.sh director status)" "192.0.2.11:80 +Tunnel +1 " \
	"the director's status"
assert_match "$(on rs1 tunnel-web.sh real status)" "203.0.113.10/32.*rp_filter = 2" \
	"a real server's status"

on director tunnel-web.sh director stop
for host in rs1 rs2; do
	on $host tunnel-web.sh real stop
done
assert_as_before
