#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Documentation/examples/nat-web.sh: a web farm behind NAT.
#
# module: nfvs
# kernels: stock

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/examples.sh

network_nat
start_web rs1 rs2
remember_hosts director
on director nat-web.sh start
assert_eq "$(web 198.51.100.7 http://203.0.113.10 6 | tally)" "4 rs1, 2 rs2" "answers"

# Started again it changes nothing.
table=$(ctl -S -n)
on director nat-web.sh start
assert_eq "$(ctl -S -n)" "$table" "the table, started twice"
assert_eq "$(web 198.51.100.7 http://203.0.113.10 3 | tally)" "2 rs1, 1 rs2" "answers"
assert_match "$(on director nat-web.sh status)" "10.0.0.11:8080 +Masq +2 .*10.0.0.12:8080 +Masq +1 " \
	"status"

on director nat-web.sh stop
on director nat-web.sh stop
assert_as_before
assert_fails "usage: .*start.stop.status" on director nat-web.sh
