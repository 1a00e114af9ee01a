#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Connections as ipvsctl lists them, from nfvs by netlink and from ip_vs by its file, and as
# Debian's ipvsadm lists them, from the file: the same, but for the order and a second of time.
# On nfvs they are chosen, and ended, by client, virtual server, real server, state and protocol.
#
# module: both
# time: 40

. tests/selftest/lib.sh
. tests/selftest/topo.sh

require_command ipvsadm
director_alone
ctl_lines <<'LINES'
-A -u 10.0.0.1:53 -s rr
-a -u 10.0.0.1:53 -r 10.0.1.1:5353 -m
-A -u 10.0.0.1:54 -s rr
-a -u 10.0.0.1:54 -r 10.0.1.1:5454 -m
-A -u [2001:db8::1]:53 -s rr
-a -u [2001:db8::1]:53 -r [2001:db8:1::1]:5353 -m
LINES

# Datagrams that nobody answers, from a client of this host, make connections all the same.
send() {
	in_ns "$NS_D" python3 - <<-'END'
		import socket
		for family, source, target in ((socket.AF_INET, "127.0.0.1", "10.0.0.1"),
		                               (socket.AF_INET6, "::1", "2001:db8::1")):
		    for port in range(7001, 7004):
		        with socket.socket(family, socket.SOCK_DGRAM) as sock:
		            sock.bind((source, port))
		            sock.sendto(b"x", (target, 53))
		with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
		    sock.bind(("127.0.0.1", 7009))
		    sock.sendto(b"x", ("10.0.0.1", 54))
	END
}

# list PROGRAM-NAME WORDS...: without what is counted down.
list() {
	# shellcheck disable=SC2016 # the inner shell expands it
	in_ns "$NS_D" bash -c 'exec -a "$1" "$0" "${@:2}"' "$@" |
		sed -E '3,$s/ [0-9]{2,}:[0-9]{2}  */ MM:SS /' | sort
}

ours=$PWD/build/bin/ipvsctl
send
for options in '-L -n -c' '-L -n -c --persistent-conn'; do
	# shellcheck disable=SC2086 # several words
	theirs=$(list "$(command -v ipvsadm)" ipvsadm $options)
	# shellcheck disable=SC2086
	assert_eq "$(list "$ours" ipvsadm $options)" "$theirs" "ipvsctl as ipvsadm $options"
	# shellcheck disable=SC2086
	assert_eq "$(list "$ours" ipvsctl $options)" "$theirs" "ipvsctl $options"
done
assert_eq "$(grep -c '^UDP' <<<"$theirs")" 7 "connections"

# count WORDS...: connections that match.
count() {
	in_ns "$NS_D" "$ours" conn list -n "$@" | grep -c '^UDP' || true
}

assert_eq "$(count --client 127.0.0.1:7001)" 1 "one client by port"
assert_eq "$(count --client 127.0.0.0/8)" 4 "clients of a network"
assert_eq "$(count -u 10.0.0.1:53)" 3 "one virtual server"
assert_eq "$(count -u '[2001:db8::/32]:53')" 3 "virtual servers of a network"
assert_eq "$(count -r 10.0.1.1:5454)" 1 "one real server"
assert_eq "$(count --state UDP)" 7 "one state"
assert_eq "$(count --state ESTABLISHED)" 0 "another state"
assert_eq "$(count --protocol tcp)" 0 "another protocol"
assert_eq "$(count -t 10.0.0.1)" 0 "another protocol's virtual server"

if [ "$NFVS_MODULE" = ip_vs ]; then
	assert_fails 'ip_vs cannot end connections' in_ns "$NS_D" "$ours" conn flush
	exit 0
fi
assert_eq "$(in_ns "$NS_D" "$ours" conn flush --client 127.0.0.1:7001)" '1 connection ended' flush
assert_eq "$(in_ns "$NS_D" "$ours" conn flush -r 10.0.1.1:5454)" '1 connection ended' flush
assert_eq "$(count)" 5 "connections that were not meant"
assert_eq "$(in_ns "$NS_D" "$ours" conn flush)" '5 connections ended' flush
assert_eq "$(count)" 0 "connections after all were ended"
