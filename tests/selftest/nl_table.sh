#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each command, with each attribute of the specification damaged in eight ways: refusals have a
# documented errno and a sentence, and change nothing.  Stock kernels get a part of them.
#
# time: 100

. tests/selftest/lib.sh
. tests/selftest/topo.sh

setup_ns NS_D
# shellcheck disable=SC2046 # two words
in_ns "$NS_D" python3 tests/selftest/nl_table.py $(by_kernel "own 5" "all 1")
assert_eq "$(ctl -Ln | wc -l)" 9 "lines of the table"
