#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A transaction does what its items do one by one, or is refused for the item that they end at, with
# the same words, and then changes nothing.
#
# time: 40

. tests/selftest/lib.sh
. tests/selftest/topo.sh

setup_ns NS_D OTHER
in_ns "$NS_D" python3 tests/selftest/commit_model.py "$(by_kernel 60 150)" "$RANDOM" \
	"/run/netns/$OTHER"
