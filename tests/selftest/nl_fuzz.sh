#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Thousands of messages that chance has damaged: each is answered, refusals change nothing, and
# the kernel stays silent.  NFVS_SEED repeats a run; without it the first seed is the same always.
#
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh

setup_ns NS_D
in_ns "$NS_D" python3 tests/selftest/nl_fuzz.py "$(by_kernel 3000 50000)" "${NFVS_SEED:-1}"
assert_eq "$(ctl -Ln | wc -l)" 3 "lines of the empty table"
