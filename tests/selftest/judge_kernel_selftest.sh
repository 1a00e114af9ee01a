#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The kernel tree's own end-to-end script for IPVS (tools/testing/selftests), as it is in 6.1 and
# unmodified: direct routing, NAT and a tunnel carry what a client sends.  It asks modprobe for
# ip_vs, which is told to load nfvs, as it might be on a user's machine.
#
# module: self
# kernels: stock
# time: 20

. tests/selftest/lib.sh

script=$(find build/kernel-selftest -name ipvs.sh -print -quit 2>/dev/null || true)
[ -n "$script" ] || skip "needs the kernel's own script, which \"make setup\" puts into the cache"
require_command ipvsadm nc socat

needed=$(modinfo -F depends "$NFVS_BUILD/nfvs.ko" | tr , ' ')
in_place=$NFVS_TMP/in-place.conf
echo "install ip_vs modprobe -a $needed && insmod $NFVS_BUILD/nfvs.ko" >"$in_place"
output=$(cd "$(dirname "$script")" && MODPROBE_OPTIONS="-C $in_place" ./ipvs.sh 2>&1) || failed=$?
echo "$output"
[ -z "${failed:-}" ] || fail "the script ended with status $failed"
assert_match "$output" 'ipvs\.sh: .*PASS' "what the script says"
assert_eq "$(balancer_loaded)" nfvs "the balancer that it ran on"
[ ! -d /sys/module/ip_vs ] || fail "in-tree ip_vs was loaded"
unload_module
