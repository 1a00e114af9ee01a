#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The classic script of a real server with direct routing, with ip instead of ifconfig and route:
#
#	realserver.sh start | stop
#
# lvs-dr.sh is for the director; lvs-dr.rst explains both.

set -eu

# --- Change these ---

VIP=203.0.113.10
DEV=eth0

# --- Leave the rest ---

case "${1:-}" in
start)
	sysctl -q -w "net/ipv4/conf/$DEV/arp_ignore=1"
	sysctl -q -w "net/ipv4/conf/$DEV/arp_announce=2"
	ip address replace "$VIP/32" dev lo
	;;
stop)
	ip address flush dev lo to "$VIP/32"
	sysctl -q -w "net/ipv4/conf/$DEV/arp_ignore=0"
	sysctl -q -w "net/ipv4/conf/$DEV/arp_announce=0"
	;;
*)
	echo "usage: $0 start|stop" >&2
	exit 2
	;;
esac
