#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the benches in the VM share: the director with its two devices, the subjects that are loaded
# there, and the injector.  Sourced with INJECT.KO [NFVS.KO]; keep_symbols=1 leaves for the profiler
# which symbols the kernel has.
#
#	clients -- in0 (dummy) -- [this machine, the director] -- (dummy) out0 -- real servers
#
# Those who source this set some of its variables and use others:
# shellcheck disable=SC2034,SC2154

. tests/vm/modules.sh

inject_ko=${1:?no injector module given}
nfvs_ko=${2:-}
: "${keep_symbols=}"
control=/sys/kernel/debug/nfvs_inject
failures=0
runs=0
stage_port=1024
flows=2000
clients=250
family=4
beside=nothing
subject=plain

declare -A client_of=([4]=198.18.0.1 [6]=2001:db8:c::1)
declare -A vip_of=([4]=203.0.113.1 [6]=2001:db8:f::1)
declare -A server_of=([4]=10.2.0.2 [6]=2001:db8:2::2)

die() {
	echo "bench: $*" >&2
	exit 1
}

fail() {
	echo "bench: FAILED: $*" >&2
	failures=$((failures + 1))
}

# until_true SECONDS COMMAND...: repeats the command until it succeeds.
until_true() {
	local deadline=$((SECONDS + $1))

	shift
	until "$@"; do
		[ "$SECONDS" -lt "$deadline" ] || return 1
	done
}

# --- the network ---------------------------------------------------------------------------------

dummy_add() {
	ip link add "$1" type dummy
	ip link set "$1" addrgenmode none
	ip link set "$1" up
	ip addr add "$2" dev "$1"
	ip -6 addr add "$3" dev "$1" nodad
}

network_up() {
	modprobe dummy numdummies=0 || die "this kernel has no dummy device"
	dummy_add in0 10.1.0.1/24 2001:db8:1::1/64
	dummy_add out0 10.2.0.1/24 2001:db8:2::1/64
	ip link set lo up
	ip addr add "${vip_of[4]}/32" dev lo
	ip -6 addr add "${vip_of[6]}/128" dev lo
	ip neigh add 10.1.0.2 lladdr 02:00:00:00:00:01 dev in0 nud permanent
	ip -6 neigh add 2001:db8:1::2 lladdr 02:00:00:00:00:01 dev in0 nud permanent
	ip neigh add "${server_of[4]}" lladdr 02:00:00:00:01:02 dev out0 nud permanent
	ip -6 neigh add "${server_of[6]}" lladdr 02:00:00:00:01:02 dev out0 nud permanent
	ip route add 198.18.0.0/15 via 10.1.0.2 dev in0
	ip -6 route add 2001:db8:c::/64 via 2001:db8:1::2 dev in0
	echo 1 >/proc/sys/net/ipv4/ip_forward
	echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
}

# --- the subjects --------------------------------------------------------------------------------

subject_load() {
	local needed

	case $subject in
	ip_vs)
		modprobe ip_vs && modprobe ip_vs_rr ;;
	nfvs)
		for needed in $(modinfo -F depends "$nfvs_ko" | tr , ' '); do
			modprobe "$needed"
		done
		insmod "$nfvs_ko" ;;
	esac || die "cannot load $subject"
	symbols_note
}

# With every scheduler that it has loaded on demand.
ip_vs_unload() {
	local schedulers=(/sys/module/ip_vs_*)

	[ -d "${schedulers[0]}" ] || schedulers=()
	modprobe -qr "${schedulers[@]##*/}" ip_vs
}

subject_unload() {
	ipvsadm -C || die "cannot clear the services of $subject"
	case $subject in
	ip_vs)	until_true 60 ip_vs_unload ;;
	nfvs)	until_true 60 rmmod nfvs ;;
	esac || die "cannot unload $subject"
}

established_count() {
	ipvsadm -Ln | awk '$1 == "->" && $5 ~ /^[0-9]+$/ { n += $5 } END { print n + 0 }'
}

# --- measuring -----------------------------------------------------------------------------------

# inject WORD...: one run of the injector over the stage's flows; later words win.
inject() {
	echo "client=${client_of[$family]} cport=$stage_port clients=$clients flows=$flows $*" \
		>$control/run || die "the injector refuses: $*"
	result=$(<$control/result)
	runs=$((runs + 1))
}

to_vip="in=in0 out=out0"
from_server="in=out0 out=in0 reply"

# all_left WHAT: a packet that did not leave was measured for nothing.
all_left() {
	local given=${result#*packets=} sent=${result#*sent=}

	[ "${sent%% *}" = "${given%% *}" ] ||
		fail "$subject $1: not every packet left: $result"
}

# settled WORD...: one packet, of the stage's first flow.  The first to a real server looks its route
# up, and those that follow count in two places until it has counters of its own, which takes a grace
# period and shows nowhere but in what they cost.
settled() {
	inject "$@" flows=1 packets=1
	pause 1
}

# cell PATH WORD...: a run whose figures are kept.
cell() {
	local path=$1

	shift
	inject "$@"
	echo "cell family=$family beside=$beside subject=$subject path=$path run=$runs $result"
	all_left "$path IPv$family beside $beside"
}

stage() {
	echo "# IPv$family, beside $beside, $subject: $*"
	stage_port=$((stage_port + 16))
}

# symbols_note: where the functions are in the cells that follow.  Not while connections live: the
# guest's clock runs on where it waits for the host.
symbols_note() {
	[ -z "$keep_symbols" ] || cp /proc/kallsyms "/tmp/symbols.$((runs + 1))"
}

director_up() {
	insmod "$inject_ko" || die "cannot load the injector"
	[ -d $control ] || mount -t debugfs debugfs /sys/kernel/debug
	network_up
	echo "guest release=$(uname -r) version=$(uname -v | sed 's/.*Debian \([^ ]*\).*/\1/')"
}
