#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# FTP with direct routing.  Control and data connections of a client, active and passive, have to
# reach one real server: a firewall mark makes one service of all their ports, and persistence
# keeps a client at his real server.  The same file, with the same values, on the director and on
# each real server, as root:
#
#	ftp-fwmark.sh director start | stop | status
#	ftp-fwmark.sh real start | stop | status
#
# ftp-fwmark.rst explains it.

set -eu

# --- Change these ---

VIP=203.0.113.10			# the address that clients know
PORTS=20,21,10000:20000			# data of active FTP, control, data of passive FTP
MARK=21					# any number that no other rule uses
KEEP=300				# seconds for which a client stays at his real server
DEV=eth0				# the device of this host in the network of all of them
SERVERS="203.0.113.11,1 203.0.113.12,1"	# real servers and their weights
SCHEDULER=wrr
BEFORE=/run/ftp-fwmark.sysctl		# keeps a real server's settings as they were

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

# The rule

rule() {
	iptables -w -t mangle "$1" PREROUTING -d "$VIP/32" -p tcp \
		-m multiport --dports "$PORTS" -j MARK --set-mark "$MARK"
}

# The director starts

director_start() {
	rule -C 2>/dev/null || rule -A

	service -f "$MARK" -s "$SCHEDULER" -p "$KEEP"
	for entry in $SERVERS; do
		server -f "$MARK" -r "${entry%,*}" -g -w "${entry#*,}"
	done

	ip address replace "$VIP/32" dev "$DEV"
}

# The director stops

director_stop() {
	ip address flush dev "$DEV" to "$VIP/32"
	ipvsctl -D -f "$MARK" 2>/dev/null || true
	! rule -C 2>/dev/null || rule -D
}

# The director's status

director_status() {
	ip -brief address show dev "$DEV"
	iptables -w -t mangle -L PREROUTING -n -v
	ipvsctl -L -n -f "$MARK"
	ipvsctl -L -n -f "$MARK" --persistent-conn
	ipvsctl -L -n -c
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
