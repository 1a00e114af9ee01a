#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# nq: the first real server without active connections, else as sed.  Weight 0 gets nothing.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/least.sh

least_case nq
