#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Ten thousand random changes, of which some are transactions, come out as they do in a model; events
# alone lead to the same table.  The library works in a namespace that the program is not in.
#
# time: 60

. tests/selftest/lib.sh

setup_ns NS_D
seed=${NFVS_SEED:-$((RANDOM * 32768 + RANDOM))}
echo "NFVS_SEED=$seed"
output=$(build/daemons/model "$NS_D" "$seed" 10000)
assert_match "$output" '^10000 operations, [0-9]{4,} events$' "what it did"
