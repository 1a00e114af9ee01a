#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Documentation/examples/lvs-dr.sh and realserver.sh: the classic pair of scripts.
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
	on $host realserver.sh start
done
on rs1 realserver.sh start
assert_not_owned 198.51.100.7 203.0.113.10
on director lvs-dr.sh start
on director lvs-dr.sh start
assert_eq "$(web 198.51.100.7 http://203.0.113.10 4 | tally)" "2 rs1, 2 rs2" "answers"
assert_eq "$(owner 203.0.113.10)" director "who owns the virtual address, for the router"

on director lvs-dr.sh stop
on director lvs-dr.sh stop
for host in rs1 rs2; do
	on $host realserver.sh stop
done
assert_as_before
