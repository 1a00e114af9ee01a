#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A web farm behind network address translation.  Runs on the director, as root:
#
#	nat-web.sh start | stop | status
#
# nat-web.rst explains it.

set -eu

# --- Change these ---

VIP=203.0.113.10			# the address that clients know
PORT=80
DEV=eth0				# the director's device towards the clients
SERVERS="10.0.0.11:8080,2 10.0.0.12:8080,1"	# real servers and their weights
SCHEDULER=wrr
BEFORE=/run/nat-web.sysctl		# keeps the settings as they were

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
	remember net/ipv4/ip_forward
	sysctl -q -w net/ipv4/ip_forward=1

	service -t "$VIP:$PORT" -s "$SCHEDULER"
	for entry in $SERVERS; do
		server -t "$VIP:$PORT" -r "${entry%,*}" -m -w "${entry#*,}"
	done

	ip address replace "$VIP/32" dev "$DEV"
}

# Stop

stop() {
	ip address flush dev "$DEV" to "$VIP/32"
	ipvsctl -D -t "$VIP:$PORT" 2>/dev/null || true
	restore
}

# Status

status() {
	ip -brief address show dev "$DEV"
	sysctl net/ipv4/ip_forward
	ipvsctl -L -n -t "$VIP:$PORT"
	ipvsctl -L -n -t "$VIP:$PORT" --stats
}

# Words

case "${1:-}" in
start|stop|status)
	"$1" ;;
*)
	echo "usage: $0 start|stop|status" >&2
	exit 2 ;;
esac
