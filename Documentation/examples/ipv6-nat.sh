#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A web farm on IPv6 behind network address translation.  Runs on the director, as root:
#
#	ipv6-nat.sh start | stop | status
#
# ipv6.rst explains it.

set -eu

# --- Change these ---

VIP=2001:db8:1::10			# the address that clients know
PORT=80
DEV=eth0				# the director's device towards the clients
SERVERS="[fd00::11]:8080,2 [fd00::12]:8080,1"	# real servers and their weights
SCHEDULER=wrr
BEFORE=/run/ipv6-nat.sysctl		# keeps the settings as they were

# --- Leave the rest ---

# Start again after a change above: it takes effect, and connections go on.
service() {
	ipvsctl -A "$@" 2>/dev/null || ipvsctl -E "$@"
}

server() {
	ipvsctl -a "$@" 2>/dev/null || ipvsctl -e "$@"
}

remember() {
	[ ! -e "$BEFORE" ] || return 0
	values=$(sysctl "$@")
	echo "$values" >"$BEFORE"
}

restore() {
	[ -e "$BEFORE" ] || return 0
	sysctl -q -p "$BEFORE"
	rm "$BEFORE"
}

# Start

start() {
	remember net/ipv6/conf/all/forwarding
	sysctl -q -w net/ipv6/conf/all/forwarding=1

	service -t "[$VIP]:$PORT" -s "$SCHEDULER"
	for entry in $SERVERS; do
		server -t "[$VIP]:$PORT" -r "${entry%,*}" -m -w "${entry#*,}"
	done

	ip address replace "$VIP/128" dev "$DEV" nodad preferred_lft 0
}

# Stop

stop() {
	ip -6 address flush dev "$DEV" to "$VIP/128"
	ipvsctl -D -t "[$VIP]:$PORT" 2>/dev/null || true
	restore
}

# Status

status() {
	ip -brief -6 address show dev "$DEV"
	sysctl net/ipv6/conf/all/forwarding
	ipvsctl -L -n -t "[$VIP]:$PORT"
	ipvsctl -L -n -t "[$VIP]:$PORT" --stats
}

# Words

case "${1:-}" in
start|stop|status)
	"$1" ;;
*)
	echo "usage: $0 start|stop|status" >&2
	exit 2 ;;
esac
