#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Documentation/examples/dr-web.sh: a web farm with direct routing, where only the director says
# that the virtual address is his.
#
# module: nfvs
# kernels: stock

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/examples.sh

network_dr
start_web rs1 rs2
remember_hosts director rs1 rs2
for host in rs1 rs2; do
	on $host dr-web.sh real start
done
on rs1 dr-web.sh real start
assert_not_owned 198.51.100.7 203.0.113.10

on director dr-web.sh director start
on director dr-web.sh director start
assert_eq "$(web 198.51.100.7 http://203.0.113.10 8 | tally)" "6 rs1, 2 rs2" "answers"
# The real servers have asked for the router meanwhile, in their own names.
assert_eq "$(owner 203.0.113.10)" director "who owns the virtual address, for the router"
assert_match "$(on director dr-web.sh director status)" \
	"203.0.113.11:80 +Route +3 .*203.0.113.12:80 +Route +1 " "the director's status"
assert_match "$(on rs1 dr-web.sh real status)" "203.0.113.10/32.*arp_ignore = 1.*arp_announce = 2" \
	"a real server's status"

on director dr-web.sh director stop
for host in rs1 rs2; do
	on $host dr-web.sh real stop
done
on rs1 dr-web.sh real stop
assert_as_before
