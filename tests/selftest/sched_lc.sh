#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lc: the real server with the least load, whatever its weight.  Weight 0 gets nothing.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/least.sh

least_case lc
