#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A program in C does all that the library offers to C, in a namespace that it is not in.

. tests/selftest/lib.sh

setup_ns NS_D
output=$(build/daemons/c_interface "$NS_D") || fail "$output"
assert_eq "$(ctl -Sn)" "" "what it left behind"
