#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every setting of ip_vs is there, with its default and its limits, in each namespace by itself.
# What is expected here holds for ip_vs of 6.1.
#
# module: both
# ip_vs: 6.1

. tests/selftest/lib.sh

[ "$NFVS_MODULE" = nfvs ] || require_kernel_module ip_vs_lblc ip_vs_lblcr
setup_ns NS_D NS_OTHER

# NAME DEFAULT then values that are taken, a colon, and values that are refused; "any" is any
# number, and what is written with an underscore is two numbers.
settings=$(cat <<-END
	amemthresh 1024 any : x
	am_droprate 10 any : x
	cache_bypass 0 any : x
	conn_reuse_mode 1 any : x
	conntrack 0 any : x
	drop_entry 0 0 1 3 : -1 4 x
	drop_packet 0 0 1 3 : -1 4 x
	expire_nodest_conn 0 any : x
	expire_quiescent_template 0 any : x
	ignore_tunneled 0 any : x
	lblc_expiration 86400 0 1 3600 : x
	lblcr_expiration 86400 0 1 3600 : x
	nat_icmp_send 0 any : x
	pmtu_disc 1 any : x
	run_estimation 1 any : x
	schedule_icmp 0 any : x
	secure_tcp 0 0 1 3 : -1 4 x
	sloppy_sctp 0 any : x
	sloppy_tcp 0 any : x
	snat_reroute 1 any : x
	sync_persist_mode 0 any : x
	sync_ports 1 1 2 64 : 0 3 -1 x
	sync_refresh_period 0 0 7 3600 : x
	sync_retries 0 0 3 : -1 4 x
	sync_sock_size 0 any : x
	sync_threshold 3_50 0_0 5_10 7_0 : 50_3 5_5 -1_5 x
	sync_version 1 0 1 : -1 2 x
	backup_only 0 any : x
	sync_qlen_max - 1 100000 : x
END
)

# What a setting holds is in $stored; reading it starts no program.
read_setting() {
	read -r stored <"$1"
	stored=${stored//$'\t'/_}
}

check_settings() {
	local name default words value stored kept refused

	cd /proc/sys/net/ipv4/vs
	find . -type f ! -perm 644 -printf '%f has mode %m\n'
	while read -r name default words; do
		read_setting "$name"
		[ "$default" = - ] || [ "$stored" = "$default" ] || echo "$name starts as $stored"
		kept=$stored refused=
		for value in ${words/any/-1 0 1 2 77 2147483647}; do
			if [ "$value" = : ]; then
				refused=1
				continue
			fi
			if echo "${value/_/ }" 2>/dev/null >"$name"; then
				[ -z "$refused" ] || echo "$name takes $value"
				kept=$value
			else
				[ -n "$refused" ] || echo "$name refuses $value"
			fi
			read_setting "$name"
			[ "$stored" = "$kept" ] || echo "$name is $stored after $value, not $kept"
		done
		# Lest a threshold of another one is passed.
		[ "$default" = - ] || echo "${default/_/ }" >"$name"
	done <<<"$settings"
}

assert_eq "$(in_ns "$NS_D" bash -c "settings='$settings'; $(declare -f read_setting check_settings)
	check_settings")" "" "settings"
assert_eq "$(in_ns "$NS_OTHER" cat /proc/sys/net/ipv4/vs/sync_threshold | tr '\t' ' ')" "3 50" \
	"a setting of another namespace"
if [ "$NFVS_MODULE" = nfvs ]; then
	assert_match "$(dmesg | grep 'nfvs: sync_version')" 'sync_version has no effect in this version' \
		"what the log says of a setting that is kept only"
fi
