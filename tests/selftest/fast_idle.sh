#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Packets are taken from their devices while that is of use.  While all of them have to pass
# somebody who listens further on, or the fast path is off, devices have no hook; and have it
# again as soon as it is of use.
#
# A hook that does nothing shows nowhere but at a probe of its function, which User Mode Linux does
# not have.
#
# module: nfvs
# time: 30
# kernels: stock smp

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/fast.sh

require_command nft
[ -e /sys/kernel/tracing/events ] || mount -t tracefs tracefs /sys/kernel/tracing ||
	skip "needs tracefs"
require_file /sys/kernel/tracing/kprobe_profile

# Of its own name: other cases may run beside this one.
probe=ingress_${NFVS_SUFFIX//[^a-z0-9]/_}
probes=/sys/kernel/tracing/kprobe_events
event=/sys/kernel/tracing/events/nfvs_test/$probe

# No packet may come by while the kernel puts its code back: hold_hooks() in tests/vm/guest-init.
forget_probe() {
	local device

	for device in d0 d1; do
		ip -n "${NS_D:-}" link set "$device" down 2>/dev/null || true
	done
	[ ! -e "$event" ] || echo 0 >"$event/enable"
	echo "-:nfvs_test/$probe" >>"$probes"
}

at_exit forget_probe
echo "p:nfvs_test/$probe nfvs_hook_ingress" >>"$probes" || skip "needs kprobes"
echo 1 >"$event/enable"

taken() {
	awk -v probe="$probe" '$1 == probe { print $2 }' /sys/kernel/tracing/kprobe_profile
}

# How often the hooks of devices are called for a datagram and its echo.
called() {
	local before

	before=$(taken)
	ask "$1"
	echo $(($(taken) - before))
}

is_idle() {
	[ "$(called u)" = 0 ]
}

is_fast() {
	[ "$(took fast ask "$1")" = 2 ]
}

seen() {
	in_ns "$NS_D" nft -j list chain ip watch last | sed 's/.*"packets": \([0-9]*\).*/\1/'
}

watch() {
	in_ns "$NS_D" nft "table $1 watch {
		chain last { type filter hook postrouting priority 0; meta l4proto udp counter; }
	}"
}

unwatch() {
	in_ns "$NS_D" nft delete table "$1" watch
}

topo_up 1
set_vs fastpath=1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
balance -u "$VIP4" 80 rr -m
peers_give ok udp u "$VIP4" 80
ask u
ask u
assert_eq "$(took fast ask u)" 2 "packets with nobody else there"
assert_between "$(called u)" 2 20 "calls with nobody else there"

# Somebody listens to all of them, and goes.
watch ip
wait_until 10 is_idle
before=$(seen)
ask u
assert_eq $(($(seen) - before)) 2 "packets that he sees"
ip -n "$NS_D" link add late type dummy
unwatch ip
wait_until 10 is_fast u
# A device that goes has routes looked up anew.
ip -n "$NS_D" link delete late
ask u
assert_eq "$(took fast ask u)" 2 "packets after he has gone"

# Settings are in force when they have been made.
set_vs fastpath=0
assert_eq "$(called u)" 0 "calls with fastpath=0"
ctl -E -u "$VIP4:80" -s rr --fastpath always
assert_eq "$(took fast ask u)" 2 "packets of a service that always takes it"
ctl -E -u "$VIP4:80" -s rr --fastpath default
assert_eq "$(called u)" 0 "calls when none does"
set_vs fastpath=1
assert_eq "$(took fast ask u)" 2 "packets with fastpath=1"
watch ip
wait_until 10 is_idle
set_vs fastpath=2
assert_eq "$(took fast ask u)" 2 "packets with fastpath=2, whoever listens"
set_vs fastpath=1
wait_until 10 is_idle

# A service of the other family brings the hooks back, for as long as nobody listens there.
balance -u "$VIP6" 80 rr -m
peers_give ok udp v "$VIP6" 80
wait_until 10 is_fast v
assert_eq "$(took slow_listener ask u)" 2 "packets of IPv4"
watch ip6
for id in v u; do
	ask $id
done
wait_until 10 is_idle
unwatch ip
wait_until 10 is_fast u
assert_eq "$(took fast ask v)" 0 "packets of IPv6, to which somebody listens"
unwatch ip6
assert_eq "$(took fast ask v)" 2 "packets of IPv6, when he has gone"
