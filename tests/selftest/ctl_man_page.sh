#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every command of the examples in ipvsctl(8) and nfvs(7) succeeds, in the page's order, and does what
# the page says: the table that was saved is the table that is restored.  The file of ipvsctl.conf(5)
# can be applied.
#
# time: 40
# kernels: 6.1

. tests/selftest/lib.sh

setup_ns NS_D

# examples PAGE: the commands between "example" and "end", roff's escapes undone.
examples() {
	sed -n '/^\.\\" example$/,/^\.\\" end$/p' "Documentation/man/$1" |
		sed -n '/^\(ipvsctl\|sysctl\) /p' | sed 's/\\&//g; s/\\-/-/g'
}

# run_examples PAGE LEAST: those of a page, at least so many; what they print is in output.
run_examples() {
	examples "$1" >"$NFVS_TMP/examples"
	assert_between "$(wc -l <"$NFVS_TMP/examples")" "$2" 100 "examples in $1"
	{
		echo 'set -e'
		echo "ipvsctl() { '$PWD/build/bin/ipvsctl' \"\$@\"; }"
		cat "$NFVS_TMP/examples"
	} | sed "s|/tmp/\(rules\|web.conf\)|$NFVS_TMP/\1|g" >"$NFVS_TMP/script"
	in_ns "$NS_D" bash "$NFVS_TMP/script" >"$NFVS_TMP/output" || fail "an example failed"
}

run_examples nfvs.7 5
assert_match "$(ctl -Ln)" '10\.0\.0\.12:80 +Masq +2 ' "the table of nfvs(7)"
assert_match "$(<"$NFVS_TMP/output")" 'drop_no_dest +0' "why packets were dropped"
ctl -C
run_examples ipvsctl.8 15
assert_match "$(<"$NFVS_TMP/output")" '0 connections ended' "what the examples print"
assert_match "$(ctl -Ln)" '10\.0\.0\.2:8080 +Masq +2 ' "the restored table"
assert_match "$(ctl -Ln --thresholds)" '10\.0\.0\.2:8080 +1000 +800 ' "restored thresholds"
assert_no_match "$(ctl -Ln)" 'FWM' "the deleted service"

sed -n '/^\.\\" example$/,/^\.\\" end$/p' Documentation/man/ipvsctl.conf.5 |
	grep -v '^\.' | sed 's/\\&//g; s/\\-/-/g' >"$NFVS_TMP/example.conf"
ctl apply --quiet "$NFVS_TMP/example.conf"
ctl diff "$NFVS_TMP/example.conf" || fail "the example of ipvsctl.conf(5) has not been applied"
assert_match "$(ctl -Ln --tun-info)" '10\.0\.0\.3:0 +Tunnel +gue:5555' "the example of ipvsctl.conf(5)"
