#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The same command lines, right and wrong, given to Debian's ipvsadm on in-tree ip_vs, to Debian's
# ipvsadm on nfvs, and to ipvsctl called as ipvsadm on nfvs: the same output, errors and statuses.
#
# What may differ: the size of the connection table in the first line of a listing, which is
# another table's; and firewall marks from 2^31 up, which ipvsadm shows as negative numbers and
# sorts first, and which are therefore not in the transcript.  Nor are commands and views that ipvsctl does
# not have in this version (save, restore, sync daemons, connections).  What nfvs refuses in this
# version is tested by ctl_refusals.
#
# module: self
# time: 120

. tests/selftest/lib.sh

require_command ipvsadm
lines=tests/selftest/ctl_transcript.in

# transcript PROGRAM: of every line what it prints, what it says on standard error, its status.
# One shell for all of them: a guest may be slow.
transcript() {
	# shellcheck disable=SC2016 # the inner shell expands it
	in_ns "$NS_D" bash -c '
		while read -r mark line; do
			[ "$mark" = "$" ] || continue
			read -ra words <<<"$line"
			echo "$ $line"
			status=0
			(exec -a ipvsadm "$0" "${words[@]}") 2>"$1" </dev/null || status=$?
			while IFS= read -r text; do
				echo "stderr: $text"
			done <"$1"
			echo "status $status"
		done' "$1" "$NFVS_TMP/stderr" <$lines | sed -E 's/\(size=[0-9]+\)/(size=N)/'
}

run_all() {
	setup_ns NS_D
	transcript "$1" >"$NFVS_TMP/$2"
	delete_ns "$NS_D"
}

compare() {
	local difference

	difference=$(diff -U 4 "$NFVS_TMP/intree" "$NFVS_TMP/$1") ||
		fail "$2 differs from ipvsadm on ip_vs:"$'\n'"$difference"
}

load_module ip_vs
run_all "$(command -v ipvsadm)" intree
assert_between "$(grep -c '^status 0' "$NFVS_TMP/intree")" 60 200 "commands that succeed"
assert_between "$(grep -c '^status [^0]' "$NFVS_TMP/intree")" 40 200 "commands that fail"

load_module nfvs
run_all "$(command -v ipvsadm)" debian
run_all "$PWD/build/bin/ipvsctl" ours
compare debian "ipvsadm on nfvs"
compare ours "ipvsctl on nfvs"
