#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# 200 000 UDP connections at a time: each is answered, the table grows by itself, and when they
# have ended table and memory are as before.  Where one kernel has shown that, others make do with a
# tenth.
#
# module: nfvs
# time: 90

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

flows=build/selftest/flows
count=20000
[ "${NFVS_KERNEL:-}" != 6.1 ] || count=200000

table_size() {
	ctl -Ln | sed -n '1s/.*(size=\([0-9]*\)).*/\1/p'
}

connections() {
	dest_column "$NS_D" "${RS4[1]}:53" 6
}

# Kilobytes of the kernel's objects.
kernel_memory() {
	awk '$1 == "SUnreclaim:" { print $2 }' /proc/meminfo
}

ask() {
	in_ns "$NS_C" $flows ask 198.18.0.1 "$1" "$VIP4" 53
}

all_ended() {
	[ "$(connections)" = 0 ]
}

table_is_small() {
	[ "$(table_size)" = "$size" ]
}

# What the connections take is several times as much.
memory_is_back() {
	[ "$(kernel_memory)" -lt $((memory + 8192)) ]
}

[ -x $flows ] || skip "needs $flows: make selftest-tools"
topo_up 1
ip -n "$NS_D" route add 198.18.0.0/16 via "$CLIENT4"
balance -u "$VIP4" 53 rr -m
spawn in_ns "${NS_S[1]}" $flows echo 53
wait_until 10 listens "${NS_S[1]}" -u 53
# None ends before it has had its second packet, however slow this machine is.
ctl --set 0 0 3600
size=$(table_size)
memory=$(kernel_memory)

begin=$SECONDS
assert_eq "$(ask "$count")" "$count" "answers"
assert_eq "$(connections)" "$count" "connections, $((SECONDS - begin)) s after the first"
assert_between "$(table_size)" $((count / 2)) $((count * 16)) "buckets"
assert_between "$(kernel_memory)" $((memory + count / 10)) 1000000 "kilobytes of memory in use"

# Each gets a packet more, which sets its new timeout; the first end while the last are asked.
ctl --set 0 0 10
assert_eq "$(ask "$count")" "$count" "answers to packets of old connections"
assert_eq "$(counter conn_created)" "$count" "connections made"
wait_until 15 all_ended
assert_eq "$(counter conn_expired)" "$count" "connections ended by their timeout"
wait_until 5 table_is_small
wait_until 5 memory_is_back
