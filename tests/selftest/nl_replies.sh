#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Replies and refusals of the netlink family: in-tree ip_vs is asked first, then nfvs under both
# its names.  Replies must be the same to the byte.  Refusals must have ip_vs's errno, and those
# of nfvs a sentence and the place in the message besides.
#
# module: self
# time: 30

. tests/selftest/lib.sh

ask() {
	in_ns "$1" python3 tests/selftest/nl_replies.py "${@:2}"
}

load_module ip_vs
setup_ns INTREE
ask "$INTREE" replies IPVS >"$NFVS_TMP/ip_vs" || fail "in-tree: $(tail -n 1 "$NFVS_TMP/ip_vs")"
ask "$INTREE" refusals IPVS ip_vs
delete_ns "$INTREE"

load_module nfvs
for family in NFVS IPVS; do
	setup_ns TESTED
	ask "$TESTED" replies $family >"$NFVS_TMP/$family" || fail "$(tail -n 1 "$NFVS_TMP/$family")"
	diff -u "$NFVS_TMP/ip_vs" "$NFVS_TMP/$family" >"$NFVS_TMP/difference" ||
		fail "$family answers otherwise than ip_vs:"$'\n'"$(<"$NFVS_TMP/difference")"
	ask "$TESTED" refusals $family nfvs
	delete_ns "$TESTED"
done
