#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The classic script of a director with direct routing, with ip instead of ifconfig and route:
#
#	lvs-dr.sh start | stop
#
# realserver.sh is for the real servers; lvs-dr.rst explains both.

set -eu

# --- Change these ---

VIP=203.0.113.10
PORT=80
DEV=eth0
RIP1=203.0.113.11
RIP2=203.0.113.12

# --- Leave the rest ---

stop() {
	ip address flush dev "$DEV" to "$VIP/32"
	ipvsctl -D -t "$VIP:$PORT" 2>/dev/null || true
}

case "${1:-}" in
start)
	stop
	ipvsctl -A -t "$VIP:$PORT" -s rr
	ipvsctl -a -t "$VIP:$PORT" -r "$RIP1:$PORT" -g
	ipvsctl -a -t "$VIP:$PORT" -r "$RIP2:$PORT" -g
	ip address add "$VIP/32" dev "$DEV"
	;;
stop)
	stop
	;;
*)
	echo "usage: $0 start|stop" >&2
	exit 2
	;;
esac
