#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ipvsctl stats --watch and -L --watch write a block each time, whoever reads; SIGINT ends them well,
# also where a script's background ignores it.
#
# time: 30
# kernels: 6.1

. tests/selftest/lib.sh

setup_ns NS_D
ours=$PWD/build/bin/ipvsctl

# watched OUTPUT LINES WORDS...: until the output has so many lines of the pattern.
watched() {
	local output=$NFVS_TMP/$1 least=$2 pattern=$3 pid

	shift 3
	spawn in_ns "$NS_D" "$ours" "$@" >"$output"
	pid=$!
	wait_until 20 has_lines "$output" "$least" "$pattern"
	kill -INT "$pid"
	wait "$pid" || fail "\"$*\" ended with $?"
}

has_lines() {
	[ "$(grep -c "$3" "$1")" -ge "$2" ]
}

watched counters 3 '^drop_no_dest ' stats --watch
assert_eq "$(grep -c '^drop_no_dest .* 0\.0/s$' "$NFVS_TMP/counters")" \
	"$(($(grep -c '^drop_no_dest ' "$NFVS_TMP/counters") - 1))" "rates from the second block on"
watched json 2 '"rates"' stats --json --watch=1
assert_eq "$(python3 -c 'import json, sys; print({json.loads(line)["kind"] for line in sys.stdin})' \
	<"$NFVS_TMP/json")" "{'counters'}" "a document a line"
ctl -A -t 10.0.0.1:80 -s rr
watched table 2 '^TCP  10\.0\.0\.1:80 ' -L -n --watch
assert_no_match "$(<"$NFVS_TMP/table")" $'\e' "no control characters where there is no terminal"
