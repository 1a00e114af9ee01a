#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each way of forwarding with each protocol and both families: usual packets, odd headers, fragments,
# large packets, ICMP errors and bad checksums are treated by nfvs as by ip_vs.  The real servers know
# of SCTP, and refuse it by themselves.
#
# module: self
# time: 60

. tests/selftest/lib.sh
. tests/selftest/packets.sh

require_kernel_module sctp
packets_agree matrix 408
