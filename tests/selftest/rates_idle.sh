#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rates cost nothing for services that are idle, however many there are: no work runs while all of
# them are, and with one that has traffic the work takes as long as if the others did not exist, and
# far less than 1 % of a processor.  There is one timer for it, and no other work in softirq.
#
# What the work does is stepping a list of those that are busy; so what holds for 1 500 idle services
# and 100 idle real servers holds for 100 000.  The ftrace events of work queues and timers tell when and how long.
#
# kernels: stock
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

services=1500
trace=/sys/kernel/tracing
[ -e $trace/trace ] || mount -t tracefs tracefs $trace
require_file $trace/events/workqueue/workqueue_execute_end

# In microseconds, a line for each run of the work.
runs() {
	awk '/workqueue_execute_(start|end).*function nfvs_rates_work/ {
		match($0, /[0-9]+\.[0-9]+:/)
		time = substr($0, RSTART, RLENGTH - 1)
		if (/execute_start/)
			start = time
		else if (start)
			printf "%d\n", (time - start) * 1000000
	}' $trace/trace
}

ran() {
	[ "$(runs | wc -l)" -ge "$1" ]
}

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
echo 1 >$trace/events/workqueue/workqueue_execute_start/enable
echo 1 >$trace/events/workqueue/workqueue_execute_end/enable
in_ns "$NS_D" python3 tests/selftest/nl_big.py fill $services 100
balance -u $VIP4 80 rr -m
assert_eq "$(runs)" "" "runs of the work while all is idle"

# A single packet keeps the work going for a while: rates sink slowly.
peers_give ok udp a $VIP4 80 5555
peers_give rs1 ask a
wait_until 10 ran 3
echo 0 >$trace/events/workqueue/enable
# Each run does the same; in the midst of some the host may have put the guest aside.
shortest=$(runs | sort -n | head -n 1)
echo "with $services idle services, microseconds a run: $(runs | tr '\n' ' ')"
# Two seconds have 2 000 000; emulation is slow.
assert_between "$shortest" 0 $((2000 * NFVS_SLOW)) "microseconds of the shortest run"
: >$trace/trace
assert_eq "$(ctl -Ln | grep -c '^TCP')" "$services" "services"
