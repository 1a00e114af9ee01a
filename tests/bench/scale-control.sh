#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the size of the configuration does to changes and lists: sourced by scale.sh, whose functions
# it uses.  Prints one line of key=value words per measured command, beginning with "control", with
# what the kernel does for its requests.

# Of scale.sh and director.sh:
# shellcheck disable=SC2154

batch=100

# rule_lines FIRST COUNT EACH FORMAT...: for services FIRST and up, by a printf format with the
# service's address and, where EACH is not 0, each of its real servers, which nobody else has.
rule_lines() {
	awk -v first="$1" -v count="$2" -v each="$3" -v format="$4\n" '
		function address(base, n) {
			return sprintf("10.%d.%d.%d:80", base + n / 65536, n / 256 % 256, n % 256)
		}
		BEGIN {
			for (s = first; s < first + count; s++) {
				if (!each)
					printf format, address(100, s)
				for (r = 0; r < each; r++)
					printf format, address(100, s), address(128, s * each + r)
			}
		}'
}

# counted HOW WHAT ITEMS WORD...: one command of $program, which reads /tmp/rules.
counted() {
	local how=$1 what=$2 items=$3 share

	shift 3
	kernel_share "$program" "$@" </tmp/rules
	echo "control subject=$subject dimension=$dimension size=$size how=$how what=$what" \
		"items=$items $share"
}

# of_lines HOW WHAT LINES...: the lines that the function of that name prints are restored.
of_lines() {
	local how=$1 what=$2

	shift 2
	"$@" >/tmp/rules
	counted "$how" "$what" "$(wc -l </tmp/rules)" -R
}

# by_itself WHAT WORD...: a command of its own.
by_itself() {
	local what=$1

	shift
	counted single "$what" 1 "$@"
}

# Services that were never there before, from $fresh on.
services_batch() {
	of_lines batch add-service rule_lines "$fresh" $batch 0 '-A -t %s -s wlc'
	of_lines batch edit-service rule_lines "$fresh" $batch 0 '-E -t %s -s wlc -p 300'
	of_lines batch add-server rule_lines "$fresh" $batch 1 '-a -t %s -r %s -m -w 1'
	of_lines batch edit-server rule_lines "$fresh" $batch 1 '-e -t %s -r %s -m -w 2'
	of_lines batch delete-server rule_lines "$fresh" $batch 1 '-d -t %s -r %s'
	of_lines batch delete-service rule_lines "$fresh" $batch 0 '-D -t %s'
	fresh=$((fresh + batch))
}

services_single() {
	local service server

	read -r service server < <(rule_lines "$fresh" 1 1 '%s %s')
	by_itself add-service -A -t "$service" -s wlc
	by_itself edit-service -E -t "$service" -s wlc -p 300
	by_itself add-server -a -t "$service" -r "$server" -m -w 1
	by_itself edit-server -e -t "$service" -r "$server" -m -w 2
	by_itself delete-server -d -t "$service" -r "$server"
	by_itself delete-service -D -t "$service"
	fresh=$((fresh + 1))
}

one_batch() {
	of_lines batch add-server server_lines a "$fresh" $batch
	of_lines batch edit-server server_lines e "$fresh" $batch
	of_lines batch delete-server server_lines d "$fresh" $batch
	fresh=$((fresh + batch))
}

# Five changes: of eight, which is how many pools come out of a slab, it would always be the same one
# for which the allocator clears pages.
one_single() {
	local server=10.4.$((fresh / 250)).$((1 + fresh % 250)):80 weight

	by_itself add-server -a -t "$vip:80" -r "$server" -m -w 50
	for weight in 51 52; do
		by_itself edit-server -e -t "$vip:80" -r "$server" -m -w $weight
	done
	by_itself delete-server -d -t "$vip:80" -r "$server"
	by_itself edit-service -E -t "$vip:80" -s wlc -p 300
	fresh=$((fresh + 1))
}

# All of it at once: as many services and real servers as there have to be.
whole_table() {
	local lines=$(($(wc -l </proc/net/ip_vs) - 3)) expected=$1

	[ "$lines" -eq "$expected" ] || fail "$subject has $lines lines and not $expected"
	counted whole list "$lines" -Ln
	counted whole clear "$lines" -C
	[ "$(wc -l </proc/net/ip_vs)" -eq 3 ] || fail "$subject is not empty after it was cleared"
}

# Some times each: a tick may fall into one, or the allocator clear pages for many more.
changes_there() {
	local fresh=$1 commands=$2

	for _ in 1 2 3; do
		"${commands}_batch"
		for _ in 1 2 3; do
			"${commands}_single"
		done
	done
}

# control_services SERVICES EACH: with so many real servers each.
control_services() {
	local services=$1 each=$2

	of_lines whole fill-services rule_lines 0 "$services" 0 '-A -t %s -s wlc'
	of_lines whole fill-servers rule_lines 0 "$services" "$each" '-a -t %s -r %s -m -w 1'
	changes_there 110000 services
	whole_table $((services * (1 + each)))
}

control_one() {
	local servers=$1

	$program -A -t "$vip:80" -s wlc
	of_lines whole fill-servers server_lines a 0 "$servers"
	changes_there "$servers" one
	whole_table $((1 + servers))
}

# control_of DIMENSION SIZE COMMAND...
control_of() {
	local dimension=$1 size=$2

	shift 2
	stage "configuration: $dimension, $size"
	subject_load
	[ "$subject" != ip_vs ] || modprobe ip_vs_wlc
	"$@"
	subject_unload
}

# In-tree ip_vs is measured as far as it gets in a few minutes.
control_all() {
	local program=/usr/sbin/ipvsadm most=10000 size

	[ "$subject" != nfvs ] || program=$ipvsctl most=1000000
	for size in 10 100 1000 10000 100000; do
		[ $size -gt $most ] || control_of services $size control_services $size 1
	done
	for size in 10 100 1000 10000; do
		control_of one-service $size control_one $size
	done
	for size in 1000 10000 1000000; do
		[ $size -gt $most ] || control_of all $size control_services $((size / 10)) 10
	done
}

# --- memory --------------------------------------------------------------------------------------

# configured_bytes: of slabs, of what is too large for them, and of what each processor has its own.
configured_bytes() {
	awk '/^(Slab|VmallocUsed|Percpu):/ { sum += $2 } END { printf "%.0f\n", sum * 1024 }' \
		/proc/meminfo
}

idle_services() {
	{
		rule_lines "$1" "$2" 0 '-A -t %s -s wlc'
		rule_lines "$1" "$2" 1 '-a -t %s -r %s -m -w 1'
	} | $ipvsctl -R || die "$subject refuses idle services"
}

# On a machine that has room for as many processors as it says; one of them is there.
idle_all() {
	local warm=1000 services=10000 before last cpus

	last=$(</sys/devices/system/cpu/possible)
	cpus=$((${last#*-} + 1))
	stage "memory of $services idle services, $cpus processors"
	subject_load
	[ "$subject" != ip_vs ] || modprobe ip_vs_wlc
	idle_services 0 $warm
	until_true 60 memory_settled || fail "memory does not settle"
	before=$(configured_bytes)
	idle_services $warm $services
	until_true 60 memory_settled || fail "memory does not settle"
	echo "idle subject=$subject cpus=$cpus services=$services" \
		"bytes=$(($(configured_bytes) - before))"
	subject_unload
}
