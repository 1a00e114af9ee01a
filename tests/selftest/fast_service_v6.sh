#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The fast path as each service has it (services.sh), IPv6.
#
# module: nfvs
# time: 120

. tests/selftest/lib.sh
. tests/selftest/services.sh

services_take_their_path $VIP6
