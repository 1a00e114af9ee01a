#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Documentation/examples/ipv6-dr.sh: a web farm on IPv6 with direct routing.
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
	on $host ipv6-dr.sh real start
done
assert_not_owned 2001:db8:9::7 2001:db8:1::10
on director ipv6-dr.sh director start
on director ipv6-dr.sh director start
assert_eq "$(web 2001:db8:9::7 'http://[2001:db8:1::10]' 8 | tally)" "6 rs1, 2 rs2" "answers by DR"
assert_eq "$(owner 2001:db8:1::10)" director "who owns the virtual address, for the router"
on director ipv6-dr.sh director stop
for host in rs1 rs2; do
	on $host ipv6-dr.sh real stop
done
assert_as_before
