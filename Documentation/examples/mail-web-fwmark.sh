#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mail and web on one address, behind network address translation.  A firewall mark makes one
# service of all the ports, and persistence keeps a client at his real server, whether he reads mail
# by web, POP3 or IMAP.  Runs on the director, as root:
#
#	mail-web-fwmark.sh start | stop | status
#
# mail-web-fwmark.rst explains it.

set -eu

# --- Change these ---

VIP=203.0.113.10			# the address that clients know
PORTS=25,80,110,143,443,465,587,993,995	# mail and web, 15 at most
MARK=25					# any number that no other rule uses
KEEP=600				# seconds for which a client stays at his real server
DEV=eth0				# the director's device towards the clients
SERVERS="10.0.0.11,1 10.0.0.12,1"	# real servers and their weights
SCHEDULER=wrr
BEFORE=/run/mail-web-fwmark.sysctl	# keeps the settings as they were

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

# Start

start() {
	remember net/ipv4/ip_forward
	sysctl -q -w net/ipv4/ip_forward=1

	rule -C 2>/dev/null || rule -A

	service -f "$MARK" -s "$SCHEDULER" -p "$KEEP"
	for entry in $SERVERS; do
		server -f "$MARK" -r "${entry%,*}" -m -w "${entry#*,}"
	done

	ip address replace "$VIP/32" dev "$DEV"
}

# Stop

stop() {
	ip address flush dev "$DEV" to "$VIP/32"
	ipvsctl -D -f "$MARK" 2>/dev/null || true
	! rule -C 2>/dev/null || rule -D
	restore
}

# Status

status() {
	ip -brief address show dev "$DEV"
	sysctl net/ipv4/ip_forward
	iptables -w -t mangle -L PREROUTING -n -v
	ipvsctl -L -n -f "$MARK"
	ipvsctl -L -n -f "$MARK" --persistent-conn
}

# Words

case "${1:-}" in
start|stop|status)
	"$1" ;;
*)
	echo "usage: $0 start|stop|status" >&2
	exit 2 ;;
esac
