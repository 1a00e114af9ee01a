#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Two namespaces with the same VIP and real servers of the same address: each client reaches its
# own, and services, connections, counters and timeouts of one are unknown to the other.
#
# module: both
# time: 40

. tests/selftest/lib.sh
. tests/selftest/topo.sh

# Two topologies at once: the first one's names are put aside.
topo_up 1
start_udp_echo "${NS_S[1]}" first
FIRST_C=$NS_C FIRST_D=$NS_D
NS_S=()
NFVS_SUFFIX=x$NFVS_SUFFIX
topo_up 1
start_udp_echo "${NS_S[1]}" second
SECOND_C=$NS_C SECOND_D=$NS_D

service() {
	local vip

	for vip in "$VIP4" "[$VIP6]"; do
		ctl_in "$1" -A -u "$vip:53" -s "$2"
	done
	ctl_in "$1" -a -u "$VIP4:53" -r "${RS4[1]}:53" -m
	ctl_in "$1" -a -u "[$VIP6]:53" -r "[${RS6[1]}]:53" -m
}
# Connections that a service has counted.
connections() {
	ctl_in "$1" -Ln --stats -u "$VIP4:53" | awk '$1 == "UDP" { print $3 }'
}

connections_of_both() {
	echo "$(connections "$FIRST_D") $(connections "$SECOND_D")"
}

service "$FIRST_D" rr
assert_eq "$(ctl_in "$SECOND_D" -Ln | wc -l)" 3 "lines of the second table before it has anything"
service "$SECOND_D" wlc
ctl_in "$FIRST_D" --set 100 50 20
assert_eq "$(ctl_in "$SECOND_D" -L --timeout)" "Timeout (tcp tcpfin udp): 900 120 300" \
	"timeouts of the second one"

for vip in "$VIP4" "$VIP6"; do
	# The same client address and port in both: one tuple, two connections.
	assert_eq "$(udp_ask "$FIRST_C" "$vip" 53 3 5000 | tally)" "3 first" "first client, $vip"
	assert_eq "$(udp_ask "$SECOND_C" "$vip" 53 2 5000 | tally)" "2 second" "second client, $vip"
	assert_eq "$(udp_ask "$FIRST_C" "$vip" 53 1 5000 | tally)" "1 first" "first client again, $vip"
done
assert_eq "$(udp_ask "$SECOND_C" "$VIP4" 53 4 | tally)" "4 second" "second client, other ports"
assert_counted "1 5" "connections of each" connections_of_both

ctl_in "$FIRST_D" -Z
assert_counted "0 5" "connections of each after the first one was zeroed" connections_of_both
ctl_in "$FIRST_D" -C
assert_match "$(ctl_in "$SECOND_D" -Ln)" "UDP  $VIP4:53 wlc" "the second table"
assert_eq "$(udp_ask "$SECOND_C" "$VIP4" 53 1 5000 | tally)" "1 second" \
	"second client after the first table was cleared"
delete_ns "$FIRST_D"
assert_eq "$(udp_ask "$SECOND_C" "$VIP6" 53 2 | tally)" "2 second" \
	"second client after the first director is gone"
