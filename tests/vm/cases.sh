#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Which selftests run on a kernel, and in which order.  A case declares its needs in comments at
# its head:
#
#	# module: nfvs | ip_vs | both | none | self	(nfvs)
#	# time: SECONDS		limit on a real machine; times NFVS_SLOW	(40)
#	# kernels: stock | all | NAME...	where it can run, and shows more	(all)
#	# ip_vs: NAME...	kernels whose ip_vs does it right, of those	(all)
#
# "both" runs the case twice, once for each balancer; "self" starts with none loaded and swaps
# them itself.  A debug kernel watches nfvs only: what it finds in ip_vs is not ours to mend, and
# would switch detectors off.  Sourced by tests/vm/run and tests/tools/run-checks.

# What hunts for races needs processors that run at the same time; and in-tree ip_vs takes minutes
# to end a sync daemon where they do not.
NFVS_PARALLEL=('*_race' '*_under_traffic' nl_replies)

case_header() {
	sed -nE "1,40s/^# $2:[[:space:]]*//p" "$1" | head -n 1
}

# case_runs_on FILE KERNEL
case_runs_on() {
	local kernels

	kernels=$(case_header "$1" kernels)
	case " ${kernels:-all} " in
	*" all "*|*" $2 "*) return 0 ;;
	*" stock "*) [[ $2 == [0-9]* ]] ;;
	*) return 1 ;;
	esac
}

# ip_vs_is_right_on FILE KERNEL
ip_vs_is_right_on() {
	local kernels

	kernels=$(case_header "$1" ip_vs)
	[[ " ${kernels:-$2} " == *" $2 "* ]]
}

# list_cases KERNEL SLOW PATTERN...: prints "MODULE SECONDS NAME" lines, grouped by module, so
# that each is loaded once.  A pattern is a name, or a shell pattern for names.
list_cases() {
	local kernel=$1 slow=$2 file name module modules seconds pattern wanted group

	shift 2
	for file in "$NFVS_TOP"/tests/selftest/*_*.sh; do
		name=$(basename "$file" .sh)
		wanted=
		for pattern in "${@:-*}"; do
			# shellcheck disable=SC2053 # a pattern is meant
			[[ $name == $pattern ]] && wanted=1
		done
		if [ -z "$wanted" ] || ! case_runs_on "$file" "$kernel"; then
			continue
		fi
		modules=$(case_header "$file" module)
		modules=${modules:-nfvs}
		seconds=$(case_header "$file" time)
		modules=${modules/both/nfvs ip_vs}
		if [[ $kernel != [0-9]* ]] || ! ip_vs_is_right_on "$file" "$kernel"; then
			modules=${modules/ip_vs/}
		fi
		for module in $modules; do
			case $module in
			ip_vs) group=1 ;;
			nfvs) group=2 ;;
			none) group=3 ;;
			self) group=4 ;;
			*) die "$file: unknown module \"$module\"" ;;
			esac
			echo "$group $module $((${seconds:-40} * slow)) $name"
		done
	done | sort -s -n -k 1,1 | cut -d ' ' -f 2-
}

# needs_processors: whether one of the cases on standard input, as list_cases prints them, is such
# that its processors have to run at the same time.
needs_processors() {
	local name pattern

	while read -r _ _ name; do
		for pattern in "${NFVS_PARALLEL[@]}"; do
			# shellcheck disable=SC2053 # a pattern is meant
			[[ $name == $pattern ]] && return 0
		done
	done
	return 1
}
