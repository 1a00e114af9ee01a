#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A web farm on IPv6 with direct routing.  The same file, with the same values, on the director and
# on each real server, as root:
#
#	ipv6-dr.sh director start | stop | status
#	ipv6-dr.sh real start | stop | status
#
# ipv6.rst explains it.

set -eu

# --- Change these ---

VIP=2001:db8:1::10			# the address that clients know
PORT=80
DEV=eth0				# the director's device towards clients and real servers
SERVERS="[2001:db8:1::11],3 [2001:db8:1::12],1"	# real servers and their weights
SCHEDULER=wrr

# --- Leave the rest ---

# Start again after a change above: it takes effect, and connections go on.
service() {
	ipvsctl -A "$@" 2>/dev/null || ipvsctl -E "$@"
}

server() {
	ipvsctl -a "$@" 2>/dev/null || ipvsctl -e "$@"
}

# The director starts

director_start() {
	service -t "[$VIP]:$PORT" -s "$SCHEDULER"
	for entry in $SERVERS; do
		server -t "[$VIP]:$PORT" -r "${entry%,*}:$PORT" -g -w "${entry#*,}"
	done

	ip address replace "$VIP/128" dev "$DEV" nodad preferred_lft 0
}

# The director stops

director_stop() {
	ip -6 address flush dev "$DEV" to "$VIP/128"
	ipvsctl -D -t "[$VIP]:$PORT" 2>/dev/null || true
}

# The director's status

director_status() {
	ip -brief -6 address show dev "$DEV"
	ipvsctl -L -n -t "[$VIP]:$PORT"
	ipvsctl -L -n -t "[$VIP]:$PORT" --stats
}

# A real server starts

real_start() {
	ip address replace "$VIP/128" dev lo nodad preferred_lft 0
}

# A real server stops

real_stop() {
	ip -6 address flush dev lo to "$VIP/128"
}

# A real server's status

real_status() {
	ip -brief -6 address show dev lo
}

# Words

case "${1:-} ${2:-}" in
"director start"|"director stop"|"director status"|"real start"|"real stop"|"real status")
	"$1_$2" ;;
*)
	echo "usage: $0 director|real start|stop|status" >&2
	exit 2 ;;
esac
