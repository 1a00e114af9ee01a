#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Failures that the debug kernels have where they are told to.  Sourced after lib.sh.
#
#	set_fault KIND NAME=VALUE...	of failslab or fail_page_alloc, until the case ends; only tasks
#					fail that say so in /proc/PID/make-it-fail
#	end_fault KIND

faults=/sys/kernel/debug

end_fault() {
	echo 0 >"$faults/$1/probability"
}

set_fault() {
	local kind=$1 word

	at_exit end_fault "$kind"
	for word in verbose=0 task-filter=Y ignore-gfp-wait=N "${@:2}"; do
		echo "${word#*=}" >"$faults/$kind/${word%%=*}"
	done
}
