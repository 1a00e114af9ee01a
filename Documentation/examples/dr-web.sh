#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A web farm with direct routing: requests come through the director, answers go straight to the
# clients.  The same file, with the same values, on the director and on each real server, as root:
#
#	dr-web.sh director start | stop | status
#	dr-web.sh real start | stop | status
#
# dr-web.rst explains it.

set -eu

# --- Change these ---

VIP=203.0.113.10			# the address that clients know
PORT=80
DEV=eth0				# the device of this host in the network of all of them
SERVERS="203.0.113.11,3 203.0.113.12,1"	# real servers and their weights
SCHEDULER=wrr
BEFORE=/run/dr-web.sysctl		# keeps a real server's settings as they were

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

# The director starts

director_start() {
	service -t "$VIP:$PORT" -s "$SCHEDULER"
	for entry in $SERVERS; do
		server -t "$VIP:$PORT" -r "${entry%,*}:$PORT" -g -w "${entry#*,}"
	done

	ip address replace "$VIP/32" dev "$DEV"
}

# The director stops

director_stop() {
	ip address flush dev "$DEV" to "$VIP/32"
	ipvsctl -D -t "$VIP:$PORT" 2>/dev/null || true
}

# The director's status

director_status() {
	ip -brief address show dev "$DEV"
	ipvsctl -L -n -t "$VIP:$PORT"
	ipvsctl -L -n -t "$VIP:$PORT" --stats
}

# A real server starts

real_start() {
	remember "net/ipv4/conf/$DEV/arp_ignore" "net/ipv4/conf/$DEV/arp_announce"
	sysctl -q -w "net/ipv4/conf/$DEV/arp_ignore=1" "net/ipv4/conf/$DEV/arp_announce=2"

	ip address replace "$VIP/32" dev lo
}

# A real server stops

real_stop() {
	ip address flush dev lo to "$VIP/32"
	restore
}

# A real server's status

real_status() {
	ip -brief address show dev lo
	sysctl "net/ipv4/conf/$DEV/arp_ignore" "net/ipv4/conf/$DEV/arp_announce"
}

# Words

case "${1:-} ${2:-}" in
"director start"|"director stop"|"director status"|"real start"|"real stop"|"real status")
	"$1_$2" ;;
*)
	echo "usage: $0 director|real start|stop|status" >&2
	exit 2 ;;
esac
