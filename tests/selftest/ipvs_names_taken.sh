#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Beside in-tree ip_vs, nfvs answers to its own name, says so once, and keeps its settings apart;
# ip_vs's table stays as it was.  The other way round ip_vs is refused cleanly.  With
# ipvs_names=0 nfvs leaves the names to whoever comes.
#
# module: self
# time: 40

. tests/selftest/lib.sh

parameters=(ipvs_names=0)
nfvs=$PWD/build/bin/ipvsctl

unload_both() {
	rmmod nfvs
	load_module none
}

# Both tables hold what was put into them, and nothing of the other's.
two_tables() {
	in_ns "$NS_D" "$nfvs" -A -t 10.0.0.2:80 -s wrr
	in_ns "$NS_D" "$nfvs" -a -t 10.0.0.2:80 -r 10.0.1.2:80 -m
	assert_eq "$(in_ns "$NS_D" "$nfvs" -Ln | tail -n +4 | xargs)" \
		"TCP 10.0.0.2:80 wrr -> 10.0.1.2:80 Masq 1 0 0" "nfvs's table"
	assert_eq "$(in_ns "$NS_D" ipvsadm -Ln | tail -n +4)" "$1" "ip_vs's table"
	in_ns "$NS_D" "$nfvs" -C
	assert_eq "$(in_ns "$NS_D" ipvsadm -Ln | tail -n +4)" "$1" "ip_vs's table, nfvs's cleared"
}

load_module ip_vs
setup_ns NS_D
in_ns "$NS_D" ipvsadm -A -t 10.0.0.1:80 -s rr
in_ns "$NS_D" ipvsadm -a -t 10.0.0.1:80 -r 10.0.1.1:80 -m
table=$(in_ns "$NS_D" ipvsadm -Ln | tail -n +4)
settings=$(in_ns "$NS_D" find /proc/sys/net/ipv4/vs | sort)
for dependency in $(modinfo -F depends "$NFVS_BUILD/nfvs.ko" | tr , ' '); do
	modprobe "$dependency"
done
lines=$(dmesg | grep -c 'nfvs: ip_vs has the netlink family' || true)
insmod "$NFVS_BUILD/nfvs.ko"
assert_eq "$(dmesg | grep -c 'nfvs: ip_vs has the netlink family')" $((lines + 1)) "lines about the names"
setup_ns LATER
for ns in "$NS_D" "$LATER"; do
	in_ns "$ns" test -e /proc/sys/net/nfvs/conn_max || fail "no settings of its own"
	in_ns "$ns" test -e /proc/net/nfvs || fail "no files of its own"
	assert_eq "$(in_ns "$ns" find /proc/sys/net/ipv4/vs | sort)" "$settings" "ip_vs's settings"
done
two_tables "$table"
rmmod nfvs
[ ! -e /proc/sys/net/nfvs ] || fail "settings are left"
assert_eq "$(in_ns "$NS_D" ipvsadm -Ln | tail -n +4)" "$table" "ip_vs's table, nfvs gone"
delete_ns "$LATER"
delete_ns "$NS_D"

# The other way round.
load_module nfvs
setup_ns NS_D
in_ns "$NS_D" "$nfvs" -A -t 10.0.0.2:80 -s wrr
assert_fails 'Device or resource busy' modprobe ip_vs
assert_match "$(dmesg | tail -n 3)" 'nfvs: ip_vs cannot load, nfvs has its names' "the reason"
[ ! -d /sys/module/ip_vs ] || fail "ip_vs is loaded in spite of the error"
assert_match "$(in_ns "$NS_D" ipvsadm -Ln)" 'TCP  10.0.0.2:80 wrr' "nfvs's table by ipvsadm"
[ -e /proc/net/ip_vs ] || fail "the files in /proc/net went with ip_vs"
[ -e /proc/sys/net/ipv4/vs/conn_max ] || fail "the settings went with ip_vs"
delete_ns "$NS_D"

# Without the names, before ip_vs comes and after.
load_module nfvs "${parameters[@]}"
setup_ns NS_D
assert_eq "$(in_ns "$NS_D" "$nfvs" -Ln | wc -l)" 3 "lines of nfvs's empty table"
[ ! -d /sys/module/ip_vs ] || fail "ip_vs was loaded by asking nfvs"
[ ! -e /proc/sys/net/ipv4/vs ] || fail "ip_vs's folder of settings is taken"
in_ns "$NS_D" test -e /proc/sys/net/nfvs/conn_max || fail "no settings of its own"
modprobe ip_vs
[ -d /sys/module/ip_vs ] || fail "ip_vs does not find its names free"
in_ns "$NS_D" ipvsadm -A -t 10.0.0.3:80 -s rr
two_tables "TCP  10.0.0.3:80 rr"
delete_ns "$NS_D"
unload_both
