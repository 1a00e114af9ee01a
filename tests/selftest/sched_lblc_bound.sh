#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What lblc remembers, as does lblcr, has a limit, however many destinations clients ask for: what is
# beyond it is scheduled all the same, and counted.  A new service begins with nothing remembered.

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

limit=$((24 * 1024)) beyond=100

# send FIRST LAST: a packet to each of these destinations.  What the director itself sends is handled
# at once: none is lost before.
send() {
	in_ns "$NS_D" python3 -c "import socket
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, 4)
for i in range($1, $2 + 1):
    try:
        sock.sendto(b'', (f'10.8.{i >> 8}.{i & 255}', 53))
    except OSError:
        pass"
}

# Each packet is scheduled by itself, and goes no further.
service() {
	ctl -A -f 4 -s "$1" -o
	ctl -a -f 4 -r 10.0.9.9 -g
}

topo_up 1
ip -n "$NS_D" -batch - <<-END
	route add local 10.8.0.0/16 dev lo
	route add blackhole 10.0.9.9
END
service lblc
send 1 $((limit + beyond))
assert_eq "$(counter drop_no_route)" $((limit + beyond)) "packets scheduled"
assert_eq "$(counter sched_cache_full)" $beyond "destinations not remembered"
send 1 $beyond
assert_eq "$(counter sched_cache_full)" $beyond "after those that are remembered"
ctl -D -f 4
service lblcr
send 1 $beyond
assert_eq "$(counter drop_no_route)" $((limit + 3 * beyond)) "packets scheduled in the end"
assert_eq "$(counter sched_cache_full)" $beyond "after a new service's first ones"
