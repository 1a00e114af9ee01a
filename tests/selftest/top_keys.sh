#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ipvsctl top on a terminal, by keys: the rates of the service that is busy rise and those of
# another do not; sorting, filter, opening down to connections; sizes, colours, locales, signals;
# the terminal is given back as it was.
#
# module: both
# time: 90
# kernels: 6.1

. tests/selftest/lib.sh
. tests/selftest/topo.sh

topo_up 2
for i in 1 2; do
	start_http "${NS_S[i]}" "rs$i"
done
ctl_lines <<LINES
-A -t $VIP4:80 -s rr
-a -t $VIP4:80 -r ${RS4[1]}:80 -m
-a -t $VIP4:80 -r ${RS4[2]}:80 -m -w 2
-A -t $VIP4:81 -s rr
-a -t $VIP4:81 -r ${RS4[1]}:80 -m -w 9
LINES
spawn in_ns "$NS_C" python3 tests/selftest/top.py ask $VIP4

for part in rates sizes colours ends; do
	in_ns "$NS_D" python3 tests/selftest/top.py $part "$PWD/build/bin/ipvsctl" || fail "$part"
done

said=$(in_ns "$NS_D" build/bin/ipvsctl top 2>&1 </dev/null) && fail "top ran without a terminal"
assert_eq "$said" "top needs a terminal for its input and output" "without a terminal"
