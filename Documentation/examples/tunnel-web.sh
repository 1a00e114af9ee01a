#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Web servers at another site: the director sends requests to them through IPIP tunnels, and they
# answer the clients from where they are.  The same file, with the same values, on the director and
# on each real server, as root:
#
#	tunnel-web.sh director start | stop | status
#	tunnel-web.sh real start | stop | status
#
# tunnel-web.rst explains it.

set -eu

# --- Change these ---

VIP=203.0.113.10			# the address that clients know
PORT=80
DEV=eth0				# the device of this host towards its router
SERVERS="192.0.2.11,1 192.0.2.12,1"	# real servers and their weights
SCHEDULER=wrr
BEFORE=/run/tunnel-web.sysctl		# keeps a real server's settings as they were

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
		server -t "$VIP:$PORT" -r "${entry%,*}:$PORT" -i -w "${entry#*,}"
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
	modprobe ipip
	remember net/ipv4/conf/tunl0/rp_filter \
		"net/ipv4/conf/$DEV/arp_ignore" "net/ipv4/conf/$DEV/arp_announce"
	sysctl -q -w net/ipv4/conf/tunl0/rp_filter=2 \
		"net/ipv4/conf/$DEV/arp_ignore=1" "net/ipv4/conf/$DEV/arp_announce=2"

	ip address replace "$VIP/32" dev tunl0
	ip link set tunl0 up
}

# A real server stops

real_stop() {
	[ -e /proc/sys/net/ipv4/conf/tunl0 ] || return 0
	ip address flush dev tunl0 to "$VIP/32"
	ip link set tunl0 down
	restore
}

# A real server's status

real_status() {
	ip -brief address show dev tunl0
	ip -s link show dev tunl0
	sysctl net/ipv4/conf/tunl0/rp_filter \
		"net/ipv4/conf/$DEV/arp_ignore" "net/ipv4/conf/$DEV/arp_announce"
}

# Words

case "${1:-} ${2:-}" in
"director start"|"director stop"|"director status"|"real start"|"real stop"|"real status")
	"$1_$2" ;;
*)
	echo "usage: $0 director|real start|stop|status" >&2
	exit 2 ;;
esac
