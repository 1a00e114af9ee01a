#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# net.ipv4.vs.conn_max: no more connections than that, in its own namespace only; what is too many
# is dropped and counted; values out of bounds are refused and change nothing.
#
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh

conn_max=/proc/sys/net/ipv4/vs/conn_max

topo_up 1
start_udp_echo "${NS_S[1]}" rs1
ctl -A -u "$VIP4:53" -s rr
ctl -a -u "$VIP4:53" -r "${RS4[1]}:53" -m

counter() {
	in_ns "$NS_D" python3 -c 'import sys
sys.path.insert(0, "tests/selftest")
import genl
print(genl.Family("NFVS").counters()[sys.argv[1]])' "$1"
}

setup_ns OTHER
usual=$(in_ns "$OTHER" cat $conn_max)
assert_between "$usual" 1000 134217728 "default limit"
assert_eq "$(in_ns "$NS_D" cat $conn_max)" "$usual" "default limits of two namespaces"

for wrong in 0 -1 134217729 18446744073709551616 many ""; do
	in_ns "$NS_D" bash -c "echo '$wrong' >$conn_max" 2>/dev/null && [ -n "$wrong" ] &&
		fail "\"$wrong\" is accepted"
	assert_eq "$(in_ns "$NS_D" cat $conn_max)" "$usual" "limit after \"$wrong\""
done
set_in_ns "$NS_D" net.ipv4.vs.conn_max 134217728
set_in_ns "$NS_D" net.ipv4.vs.conn_max 1

# The count is kept per CPU and compared roughly: the first ones above 1 may slip through.
set_in_ns "$NS_D" net.ipv4.vs.conn_max 20
assert_eq "$(in_ns "$OTHER" cat $conn_max)" "$usual" "limit of the other namespace"
assert_eq "$(counter drop_conn_limit)" 0 "drops before"

# What waits for a neighbour may be dropped.
in_ns "$NS_C" ping -q -c 1 -W $((5 * NFVS_SLOW)) "$VIP4" >/dev/null
# Ports that chance chooses may come twice: then the second one finds the first one's connection.
in_ns "$NS_C" python3 -c 'import socket, sys
for port in range(20000, 20600):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("", port))
    sock.connect((sys.argv[1], 53))
    sock.send(b"x")' "$VIP4"
all_counted() {
	[ $(($(counter conn_created) + $(counter drop_conn_limit))) = 600 ]
}
wait_until 5 all_counted
created=$(counter conn_created)
assert_between "$created" 20 400 "connections made out of 600, with a limit of 20"
assert_eq "$(counter drop_conn_limit)" $((600 - created)) "dropped first packets"
assert_eq "$(ctl -Ln | awk '$1 == "->" && $2 ~ /:53$/ { print $5 + $6 }')" "$created" \
	"connections of the real server"

# Connections that exist go on, and room makes new ones possible.
set_in_ns "$NS_D" net.ipv4.vs.conn_max 100000
assert_eq "$(udp_ask "$NS_C" "$VIP4" 53 5 | tally)" "5 rs1" "answers with room for more"
assert_eq "$(counter drop_conn_limit)" $((600 - created)) "dropped first packets, later"
