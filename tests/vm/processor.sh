#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Which processor of the host a guest keeps to.  Sourced after setup/common.sh.
#
# What is emulated on one thread, and User Mode Linux, hands over to other threads and processes of
# the host all the time (for files, for each system call), and waits for them.  To wake somebody on
# another processor costs many times as much as on the own one, most of all in a virtual machine.

# Sets "processor" to the one that has the fewest guests.  A guest is a lock that its processes hold
# until the last of them has ended.
choose_processor() {
	local allowed round lock

	mkdir -p "$NFVS_CACHE/processors"
	mapfile -t allowed < <(taskset -pc $$ | sed 's/.*: //' | tr ',' '\n' |
		while IFS=- read -r first last; do seq "$first" "${last:-$first}"; done)
	for round in {1..9}; do
		for processor in "${allowed[@]}"; do
			exec {lock}>"$NFVS_CACHE/processors/$processor.$round"
			! flock -n "$lock" || return 0
			exec {lock}>&-
		done
	done
}
