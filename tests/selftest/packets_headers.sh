#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Unusual and damaged headers, fragments, and packets that are too large: the same with ip_vs and nfvs,
# field by field.
#
# module: self
# time: 60

. tests/selftest/lib.sh
. tests/selftest/packets.sh

packets_agree headers 352
