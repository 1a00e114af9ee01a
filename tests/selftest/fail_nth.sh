#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whichever allocation fails, of a netlink command, a setting, a file in /proc, a new namespace or
# of loading the module: the error is a clean one, nothing has changed, nothing leaks, and the next
# attempt works.
#
# module: self
# kernels: uml
# time: 120

. tests/selftest/lib.sh

require_file /proc/self/fail-nth
require_file /sys/kernel/debug/failslab/ignore-gfp-wait
load_module nfvs selftests=0
python3 tests/selftest/fail_nth.py "$NFVS_BUILD/nfvs.ko"
assert_eq "$(balancer_loaded)" nfvs "balancer loaded in the end"
