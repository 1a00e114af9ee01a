#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What TCP, UDP and SCTP connections live through, packet by packet, is the same with ip_vs and nfvs:
# packets, states, timeouts, counters; whatever opens a connection, opens none, or uses a port again.
#
# module: self
# time: 60

. tests/selftest/lib.sh
. tests/selftest/packets.sh

packets_agree states 210
