#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Services can be restored before a namespace has an address, not even that of loopback: which
# addresses are broadcast cannot be known then, and no real server is refused for that.  What can
# never be one is refused as ever; and so is a broadcast address as soon as it can be known.
#
# module: nfvs
# time: 60

. tests/selftest/lib.sh

name_ns NS_D
ip netns add "$NS_D"

# add_server ADDRESS SERVICE
add_server() {
	in_ns "$NS_D" build/bin/ipvsctl -a -t "$2" -r "$1" -m
}

ctl_lines <<'LINES'
-A -t 10.0.0.1:80 -s rr
-A -t [2001:db8::1]:80 -s rr
LINES
add_server 10.0.2.11:80 10.0.0.1:80
add_server 10.0.2.255:80 10.0.0.1:80
add_server '[2001:db8::11]:80' '[2001:db8::1]:80'
for address in 0.0.0.0 224.0.0.1 255.255.255.255; do
	assert_fails 'must be unicast' add_server "$address:80" 10.0.0.1:80
done
assert_fails 'must be unicast' add_server '[ff02::1]:80' '[2001:db8::1]:80'

ip -n "$NS_D" link set lo up
ip -n "$NS_D" address add 10.0.3.1/24 brd 10.0.3.255 dev lo
add_server 10.0.3.11:80 10.0.0.1:80
assert_fails 'must be unicast' add_server 10.0.3.255:80 10.0.0.1:80
