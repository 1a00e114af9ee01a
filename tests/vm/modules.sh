#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Which balancer is loaded: nfvs, in-tree ip_vs, or none.  Both own the same family name and the
# same /proc files, so they are never loaded side by side.  Sourced by guest-run and lib.sh.

# A pipe that nobody writes to: reading it with a timeout sleeps without starting a process.
exec {NFVS_SILENCE}<> <(:)

# pause SECONDS: lets others run between two looks at a condition.  Not a way to wait for one.
pause() {
	read -r -t "$1" -u "$NFVS_SILENCE" || true
}

balancer_loaded() {
	if [ -d /sys/module/nfvs ]; then
		echo nfvs
	elif [ -d /sys/module/ip_vs ]; then
		echo ip_vs
	else
		echo none
	fi
}

# Unloading waits for namespaces that are still being torn down: they may hold a reference.
unload_module() {
	local deadline=$((SECONDS + 10 * ${NFVS_SLOW:-1})) module

	case $(balancer_loaded) in
	none)
		return 0 ;;
	nfvs)
		until rmmod nfvs 2>/dev/null; do
			if [ $SECONDS -ge $deadline ]; then
				rmmod nfvs
				return 1
			fi
			pause 0.1
		done ;;
	ip_vs)
		while [ -d /sys/module/ip_vs ]; do
			for module in /sys/module/ip_vs_* /sys/module/ip_vs; do
				rmmod "${module##*/}" 2>/dev/null || true
			done
			if [ $SECONDS -ge $deadline ] && [ -d /sys/module/ip_vs ]; then
				rmmod ip_vs
				return 1
			fi
			pause 0.1
		done ;;
	esac
}

# load_module nfvs|ip_vs|none [MODULE-PARAMETERS...]
load_module() {
	local wanted=$1 dependency

	shift
	if [ $# -eq 0 ] && [ "$(balancer_loaded)" = "$wanted" ]; then
		return 0
	fi
	# A case that failed may have left both.
	until [ "$(balancer_loaded)" = none ]; do
		unload_module || return 1
	done
	case $wanted in
	none)
		return 0 ;;
	nfvs)
		if [ ! -e "$NFVS_BUILD/nfvs.ko" ]; then
			echo "$NFVS_BUILD/nfvs.ko is not built" >&2
			return 1
		fi
		for dependency in $(modinfo -F depends "$NFVS_BUILD/nfvs.ko" | tr , ' '); do
			modprobe "$dependency" || return 1
		done
		insmod "$NFVS_BUILD/nfvs.ko" "$@" ;;
	ip_vs)
		modprobe ip_vs "$@" ;;
	esac
}

# The program that configures: ipvsctl where it is built, and Debian's ipvsadm for in-tree ip_vs.
default_ctl() {
	if [ -n "${NFVS_CTL:-}" ]; then
		echo "$NFVS_CTL"
	elif [ "$(balancer_loaded)" = nfvs ] && [ -x /nfvs/build/bin/ipvsctl ]; then
		echo /nfvs/build/bin/ipvsctl
	else
		echo ipvsadm
	fi
}
