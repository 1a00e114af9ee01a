#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What ipvsctl limits says is so: every scheduler it names can be configured, of nfvs no other one;
# the highest weight can be given, and the bound of connections is the one in force.
#
# module: both
# time: 60

. tests/selftest/lib.sh

setup_ns NS_D
limits=$(in_ns "$NS_D" build/bin/ipvsctl limits)

# value NAME: of a line.
value() {
	sed -nE "s/^$1 {2,}//p" <<<"$limits"
}

for scheduler in $(value schedulers); do
	echo "-A -t 10.0.0.1:80 -s $scheduler"
	echo "-D -t 10.0.0.1:80"
done >"$NFVS_TMP/schedulers"
ctl_lines <"$NFVS_TMP/schedulers"
assert_match " $(value schedulers) " ' lc .* rr .*wlc .*wrr ' "schedulers"
assert_eq "$(value protocols)" 'sctp tcp udp' "protocols"
assert_eq "$(value methods)" 'masq tunnel route' "methods"
assert_eq "$(value 'tunnel types')" 'ipip gue gre' "tunnel types"
assert_eq "$(value module | cut -d' ' -f1)" "$NFVS_MODULE" "module"
ctl_lines <<-END
	-A -t 10.0.0.1:80 -s rr
	-a -t 10.0.0.1:80 -r 10.0.0.2:80 -w $(value 'max weight') -x $(value 'max threshold') -g
END
if [ "$NFVS_MODULE" = ip_vs ]; then
	assert_eq "$(value 'netlink family')" IPVS "family"
	assert_eq "$(value 'connection limit')" unknown "connection limit"
	assert_match " $(value features) " ' sync-daemons ' "features"
	exit 0
fi
assert_eq "$(value 'netlink family')" NFVS "family"
assert_eq "$(value connections)" 0 "connections"
assert_eq "$(value 'connection limit')" "$(in_ns "$NS_D" sysctl -n net.ipv4.vs.conn_max)" \
	"connection limit"
set_vs conn_max=4711
assert_match "$(in_ns "$NS_D" build/bin/ipvsctl limits --json)" '"connection_limit":4711' \
	"another connection limit"
assert_match " $(value features) " ' conn-end .*fastpath .*transactions .*events ' "features"
assert_fails 'no such scheduler' in_ns "$NS_D" build/bin/ipvsctl -A -t 10.0.0.1:81 -s none-such
