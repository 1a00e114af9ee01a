#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Thousands of messages by grammar and by chance: each is answered with a documented errno and a
# sentence, refusals change nothing, and the kernel stays silent.  NFVS_SEED repeats a run; without
# it the seed is the same always.  A million of them, on the debug kernel:
#
#	NFVS_ROUNDS=1000000 make vm K=uml T=nl_fuzz
#
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh

setup_ns NS_D
in_ns "$NS_D" build/selftest/nlfuzz "${NFVS_ROUNDS:-$(by_kernel 10000 20000)}" "${NFVS_SEED:-1}"
ctl -C
