#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# sed: the real server that would have the fewest active connections for its weight with one more.
# Weight 0 gets nothing.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/least.sh

least_case sed
