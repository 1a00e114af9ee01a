#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Services by firewall mark, on port 0 and persistent, FTP's data connections, one-packet scheduling,
# hashes, thresholds, IPsec, and the director as client and as real server: the same packets,
# connections and counters with ip_vs and nfvs.
#
# module: self
# time: 60

. tests/selftest/lib.sh
. tests/selftest/packets.sh

packets_agree kinds 169
