#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ICMP errors of hosts and routers on either side, truncated and odd ones too, and packets that are nobody's:
# the same with ip_vs and nfvs.
#
# module: self
# time: 60

. tests/selftest/lib.sh
. tests/selftest/packets.sh

packets_agree errors 302
