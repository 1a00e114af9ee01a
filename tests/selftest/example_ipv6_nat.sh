#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Documentation/examples/ipv6-nat.sh: a web farm on IPv6 behind NAT.
#
# module: nfvs
# kernels: stock

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/examples.sh

network_nat
start_web rs1 rs2
remember_hosts director
on director ipv6-nat.sh start
on director ipv6-nat.sh start
assert_eq "$(web 2001:db8:9::7 'http://[2001:db8:1::10]' 6 | tally)" "4 rs1, 2 rs2" "answers by NAT"
assert_match "$(on director ipv6-nat.sh status)" "\\[fd00::11\\]:8080 +Masq +2 " "status"
on director ipv6-nat.sh stop
on director ipv6-nat.sh stop
assert_as_before
