#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every command of the examples in ipvsctl(8) succeeds, in the page's order, and does what the page
# says: the table that was saved is the table that is restored.
#
# time: 40

. tests/selftest/lib.sh

setup_ns NS_D

# The commands between "example" and "end", roff's escapes undone.
examples() {
	sed -n '/^\.\\" example$/,/^\.\\" end$/p' Documentation/man/ipvsctl.8 |
		sed -n '/^ipvsctl /p' | sed 's/\\&//g; s/\\-/-/g'
}

examples >"$NFVS_TMP/examples"
assert_between "$(wc -l <"$NFVS_TMP/examples")" 15 100 "examples"
{
	echo 'set -e'
	echo "ipvsctl() { '$PWD/build/bin/ipvsctl' \"\$@\"; }"
	cat "$NFVS_TMP/examples"
} | sed "s|/tmp/rules|$NFVS_TMP/rules|g" >"$NFVS_TMP/script"
in_ns "$NS_D" bash "$NFVS_TMP/script" >"$NFVS_TMP/output" || fail "an example failed"

assert_match "$(<"$NFVS_TMP/output")" '0 connections ended' "what the examples print"
assert_match "$(ctl -Ln)" '10\.0\.0\.2:8080 +Masq +2 ' "the restored table"
assert_match "$(ctl -Ln --thresholds)" '10\.0\.0\.2:8080 +1000 +800 ' "restored thresholds"
assert_no_match "$(ctl -Ln)" 'FWM' "the deleted service"
