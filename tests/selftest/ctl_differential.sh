#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The same command lines, right and wrong, given to Debian's ipvsadm on in-tree ip_vs, to Debian's
# ipvsadm on nfvs, and to ipvsctl called as ipvsadm on nfvs: the same output, errors and statuses.
#
# What may differ, and is not in the transcript: firewall marks from 2^31 up, which ipvsadm shows as
# negative numbers and sorts first; addresses that are 2^31 apart, which it sorts wrongly;
# thresholds in what it saves, which it leaves out; sync daemons that start, which nfvs does not have
# in this version.  The size of the connection table is another table's.  Connections are compared
# by ctl_connections.
#
# A line "$ WORDS" is a command, given the lines "< TEXT" after it as its input; "$save" and
# "$restore" call the program by its names ipvsadm-save and ipvsadm-restore.
#
# module: self
# kernels: 6.1
# time: 240

. tests/selftest/lib.sh

require_command ipvsadm ipvsadm-save ipvsadm-restore

# transcript FOLDER: of every command what it prints, what it says on standard error, its status.
# FOLDER holds the programs.  One shell for all of them: a guest may be slow.
transcript() {
	# shellcheck disable=SC2016 # the inner shell expands it
	in_ns "$NS_D" bash -c '
		input=$1.in errors=$1.err name=
		PATH=$0:$PATH
		finish() {
			[ -n "$name" ] || return 0
			status=0
			"$name" "${words[@]}" <"$input" 2>"$errors" || status=$?
			while IFS= read -r text; do
				echo "stderr: $text"
			done <"$errors"
			echo "status $status"
			name=
		}
		while IFS= read -r line; do
			case $line in
			"$"*)
				finish
				echo "$line"
				read -ra words <<<"${line#* }"
				[ "$line" != "${line#* }" ] || words=()
				case $line in
				"\$save"*) name=ipvsadm-save ;;
				"\$restore"*) name=ipvsadm-restore ;;
				*) name=ipvsadm ;;
				esac
				: >"$input"
				;;
			"<"*)
				text=${line#<}
				echo "${text# }" >>"$input"
				;;
			esac
		done
		finish' "$1" "$NFVS_TMP/run" | sed -E 's/\(size=[0-9]+\)/(size=N)/'
}

run_all() {
	setup_ns NS_D
	transcript "$1" <"$lines" >"$NFVS_TMP/$2"
	delete_ns "$NS_D"
}

compare() {
	local difference

	difference=$(diff -U 4 "$NFVS_TMP/intree" "$NFVS_TMP/$1") ||
		fail "$2 differs from ipvsadm on ip_vs:"$'\n'"$difference"
}

ours=$NFVS_TMP/ours.bin
mkdir "$ours"
for name in ipvsadm ipvsadm-save ipvsadm-restore; do
	ln -s "$PWD/build/bin/ipvsctl" "$ours/$name"
done
debian=$(dirname "$(command -v ipvsadm)")
lines=$NFVS_TMP/lines
cat tests/selftest/ctl_transcript.in tests/selftest/ctl_transcript_methods.in >"$lines"
# Debian's 6.1 has no module of that scheduler.
modinfo ip_vs_twos >/dev/null 2>&1 || sed -i '/-s twos/d' "$lines"

load_module ip_vs
run_all "$debian" intree
assert_between "$(grep -c '^status' "$NFVS_TMP/intree")" 200 1000 "commands"
assert_between "$(grep -c '^status 0' "$NFVS_TMP/intree")" 90 1000 "commands that succeed"
assert_between "$(grep -c '^status [^0]' "$NFVS_TMP/intree")" 100 1000 "commands that fail"

load_module nfvs
run_all "$debian" debian
run_all "$ours" ours
compare debian "ipvsadm on nfvs"
compare ours "ipvsctl on nfvs"
