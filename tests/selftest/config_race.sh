#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Four processes change the same services and real servers at random while packets flow.
# Services are persistent now and then, and connections and templates are ended by hand meanwhile.
# Afterwards a flush leaves nothing: no service, no connection, no template and no real server that
# waits for one.
#
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/traffic.sh

# race KIND: until all four are done.
race() {
	local pids=() pid seed

	for seed in 1 2 3 4; do
		spawn in_ns "$NS_D" python3 tests/selftest/config_race.py "$(by_kernel 300 600)" $seed \
			"$1" 11 12
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || fail "a process that changes the configuration failed"
	done
}

# A template that had connections when its time was over stays for a minute: so they are ended, too.
end_connections() {
	in_ns "$NS_D" python3 -c 'import sys
sys.path.insert(0, "tests/selftest")
import genl
genl.Family("NFVS").request(genl.DEL_CONN, genl.attribute(genl.CONN | genl.NESTED, b""), reply=True)'
}

no_connections() {
	[ "$(in_ns "$NS_D" python3 -c 'import struct, sys
sys.path.insert(0, "tests/selftest")
import genl
found = genl.Family("NFVS").request(genl.GET_INFO, reply=True)[0][1]
print(struct.unpack("=Q", {kind: value for kind, _, value in found}[65])[0])')" = 0 ]
}

topo_up 2
start_servers

ctl --set 1 1 1
balance_all
start_traffic "${TRAFFIC_KINDS[@]:2}"
flows
race udp:53
stop "$TRAFFIC"
ctl -C
assert_eq "$(ctl -Ln | wc -l)" 3 "lines of the table after a flush"
# What is ended goes within two seconds.
end_connections
wait_until 6 no_connections

# The same with TCP beside it, whose closed connections stay for minutes; the namespace takes
# them along.
ctl --set 1 1 1
balance_all
start_traffic
flows
race tcp:80
stop "$TRAFFIC"
ctl -C
balance_all
start_traffic
flows
ctl -C
delete_ns "$NS_D"
wait_until 10 no_connections_left
