#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# 2000 services and a service with 500 real servers: dumped whole, each once, also while another
# process adds and deletes.  A service with more real servers than its scheduler can deal with.
#
# time: 60

. tests/selftest/lib.sh

setup_ns NS_D
big() {
	in_ns "$NS_D" python3 tests/selftest/nl_big.py "$@"
}

big fill 2000 500
assert_eq "$(ctl -Ln | grep -c '^TCP')" 2000 "services that the tool lists"
assert_eq "$(ctl -Ln | grep -c '^  -> 10')" 500 "real servers that the tool lists"

spawn in_ns "$NS_D" python3 tests/selftest/nl_big.py churn >"$NFVS_TMP/churn"
churn=$!
wait_until 10 grep -q churning "$NFVS_TMP/churn"
big dump 5
kill -0 "$churn" || fail "the process that disturbs has ended: $(<"$NFVS_TMP/churn")"
stop "$churn"

ctl -C
assert_eq "$(ctl -Ln | wc -l)" 3 "lines of the empty table"
big crowd
