#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Documentation/examples/dns-ops.sh: DNS with direct routing and one-packet scheduling: a client that
# always asks from one port is served by all.
#
# module: nfvs
# kernels: stock

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/examples.sh

require_command dnsmasq kdig

start_dns() {
	spawn in_ns "${HOST[$1]}" dnsmasq --keep-in-foreground --conf-file=/dev/null --pid-file= \
		--user=root --no-resolv --no-hosts --log-facility=/dev/null \
		--txt-record=name.example.org,"$1"
	wait_until 10 listens "${HOST[$1]}" -u 53
}

# ask COUNT OPTION...: the names of those who answer as many questions.
ask() {
	local questions=() i

	for ((i = 0; i < $1; i++)); do
		questions+=(name.example.org TXT)
	done
	in_ns "$NS_C" kdig @203.0.113.10 +short +timeout=$((2 * NFVS_SLOW)) "${@:2}" "${questions[@]}" |
		tr -d '"' | tally
}

network_dr
start_dns rs1
start_dns rs2
remember_hosts director rs1 rs2
for host in rs1 rs2; do
	on $host dns-ops.sh real start
done
on director dns-ops.sh director start
assert_eq "$(ask 6 -b 198.51.100.7@5300)" "4 rs1, 2 rs2" "who answers questions from one port"
assert_eq "$(ask 6 -b 198.51.100.8)" "4 rs1, 2 rs2" "who answers questions from any port"
assert_eq "$(ctl -Lnc | grep -c UDP || true)" 0 "connections of single packets"
assert_eq "$(ask 3 +tcp -b 198.51.100.8)" "2 rs1, 1 rs2" "who answers by TCP"
counted() {
	on director dns-ops.sh director status | awk '$1 == "UDP" { print $2, $3, $4, $5 }'
}
assert_counted "203.0.113.10:53 12 12 0" "connections and packets, in the status" counted

on director dns-ops.sh director stop
for host in rs1 rs2; do
	on $host dns-ops.sh real stop
done
assert_as_before
