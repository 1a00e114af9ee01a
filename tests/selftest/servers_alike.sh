#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Thousands of real servers whose addresses are numbered alike in two places are added at once: where
# they lie in the kernel's table does not become the same by that.
#
# module: nfvs

. tests/selftest/lib.sh
. tests/selftest/topo.sh

topo_up 1
servers=3000
{
	echo "-A -t [$VIP6]:80 -s rr"
	for ((i = 1; i <= servers; i++)); do
		printf -- '-a -t [%s]:80 -r [2001:db8:0:%x::%x]:80 -m\n' $VIP6 $i $i
	done
} >"$NFVS_TMP/alike"
ctl apply --quiet "$NFVS_TMP/alike"
assert_eq "$(ctl -Ln | grep -c ' -> \[2001:db8:0:')" $servers "real servers"
