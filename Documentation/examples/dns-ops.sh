#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Name servers with direct routing.  Each UDP query is scheduled by itself, since many clients ask
# from one port again and again; TCP is there for answers that are too long.  The same file, with
# the same values, on the director and on each real server, as root:
#
#	dns-ops.sh director start | stop | status
#	dns-ops.sh real start | stop | status
#
# dns-ops.rst explains it.

set -eu

# --- Change these ---

VIP=203.0.113.10			# the address that clients know
DEV=eth0				# the device of this host in the network of all of them
SERVERS="203.0.113.11,2 203.0.113.12,1"	# real servers and their weights
SCHEDULER=wrr
BEFORE=/run/dns-ops.sysctl		# keeps a real server's settings as they were

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
	service -u "$VIP:53" -s "$SCHEDULER" -o
	service -t "$VIP:53" -s "$SCHEDULER"
	for entry in $SERVERS; do
		server -u "$VIP:53" -r "${entry%,*}:53" -g -w "${entry#*,}"
		server -t "$VIP:53" -r "${entry%,*}:53" -g -w "${entry#*,}"
	done

	ip address replace "$VIP/32" dev "$DEV"
}

# The director stops

director_stop() {
	ip address flush dev "$DEV" to "$VIP/32"
	ipvsctl -D -u "$VIP:53" 2>/dev/null || true
	ipvsctl -D -t "$VIP:53" 2>/dev/null || true
}

# The director's status

director_status() {
	ip -brief address show dev "$DEV"
	ipvsctl -L -n -u "$VIP:53" --stats
	ipvsctl -L -n -t "$VIP:53" --stats
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
