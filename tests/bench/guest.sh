#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# guest.sh [-4] [-6] [-c CONNECTIONS] [-p PACKETS] [-s SERVICES] [-o SUBJECTS] [-k] [-m]
#	INJECT.KO [NFVS.KO]
#
# The part of `make bench` that runs inside the VM.  Prints one line of key=value words per
# measured cell, beginning with "cell", and one beginning with "#" when a stage starts.  -4, -6:
# address families, none measures no packets; -c: size of the crowded table, 0 leaves it out; -p:
# packets per cell; -s: services to configure (control.sh), 0 configures none; -o: only these of
# "ip_vs,nfvs"; -k: leave in /results, for the profiler, which symbols the kernel has; -m: only the
# main paths of nfvs, and plain forwarding.
#
# Every stage starts from freshly loaded modules and its own client ports, so that no stage finds
# what another one left in a connection table.

families=
crowd=0
packets=10000
services=0
subjects=ip_vs,nfvs
measure=family_all
while getopts 46c:p:s:o:km option; do
	case $option in
	4|6)	families+=" $option" ;;
	c)	crowd=$OPTARG ;;
	p)	packets=$OPTARG ;;
	s)	services=$OPTARG ;;
	o)	subjects=$OPTARG ;;
	k)	keep_symbols=1 ;;
	m)	measure=family_main ;;
	*)	exit 1 ;;
	esac
done
shift $((OPTIND - 1))

# shellcheck source=tests/bench/director.sh
. tests/bench/director.sh "$@"

# An ordinary firewall of a director.  What it costs depends on its rules: a packet that ip_vs
# hides from conntrack is new each time and passes them all.
firewall_up() {
	nft -f - <<-'END' || die "nft refuses the firewall"
		table inet filter {
			chain input {
				type filter hook input priority filter; policy drop;
				ct state established,related accept
				ct state invalid drop
				tcp dport { 80, 443 } ct state new accept
			}
			chain forward {
				type filter hook forward priority filter; policy drop;
				ct state established,related accept
				ct state invalid drop
				tcp dport { 80, 443 } ct state new accept
				ip saddr 10.2.0.0/24 ct state new accept
				ip6 saddr 2001:db8:2::/64 ct state new accept
			}
			chain output {
				type filter hook output priority filter; policy accept;
				ct state established,related accept
				ct state invalid drop
			}
		}
	END
}

flowtable_up() {
	nft -f - <<-'END' || die "nft refuses the flow table"
		table inet bench {
			flowtable ft {
				hook ingress priority filter
				devices = { in0, out0 }
			}
			chain forward {
				type filter hook forward priority filter; policy accept;
				meta l4proto tcp flow add @ft
			}
		}
	END
}

# Some things outlive their owner: nf_tables frees rules, and with them the conntrack hooks, behind
# the back of the command; ip_vs leaves the IPv6 reassembly hook behind; conntrack keeps its
# entries.  All are gone when the modules are.
conntrack_unload() {
	local module

	for module in nft_flow_offload nft_ct nf_flow_table_inet nf_flow_table nf_conntrack \
		nf_defrag_ipv6 nf_defrag_ipv4; do
		if [ -d /sys/module/$module ]; then
			rmmod $module 2>/dev/null || return 1
		fi
	done
}

netfilter_down() {
	nft flush ruleset
	until_true 60 conntrack_unload || die "the conntrack hooks do not go away"
}

# --- measuring -----------------------------------------------------------------------------------

# service_add OPTION: one virtual service with one real server, -m, -g or -i.
service_add() {
	local vip=${vip_of[$family]} server=${server_of[$family]}

	if [ "$family" = 6 ]; then
		vip=[$vip] server=[$server]
	fi
	ipvsadm -A -t "$vip:80" -s rr || die "$subject refuses a service"
	ipvsadm -a -t "$vip:80" -r "$server:80" "$1"
}

handshake_rest() {
	inject "$from_server server=$1 flags=SA seq=5000 ack=1001 packets=$flows"
	inject "$to_vip server=$2 flags=A seq=1001 ack=5001 packets=$flows"
}

forwarding() {
	local server=${server_of[$family]}

	stage "$1"
	symbols_note
	inject "$to_vip server=$server flags=S seq=1000 packets=$flows"
	handshake_rest "$server" "$server"
	cell "$1" "$to_vip server=$server flags=A seq=1001 ack=5001 packets=$packets"
}

# fastpath N: the setting, where the subject has it; ip_vs knows no fast path.
fastpath() {
	local setting=/proc/sys/net/ipv4/vs/fastpath

	[ ! -e $setting ] || echo "$1" >$setting
}

# The connections of the stage go past the firewall.
always() {
	local vip=${vip_of[$family]} server=${server_of[$family]}

	fastpath 2
	cell nat_always "$to_vip server=$vip flags=A seq=1001 ack=5001 packets=$packets"
	cell reply_always "$from_server server=$server flags=A seq=5001 ack=1001 packets=$packets"
	fastpath 1
}

# balancing PATH OPTION: first packets, then established ones, through one forwarding method.
balancing() {
	local path=$1 vip=${vip_of[$family]} server=${server_of[$family]} established

	stage "$path"
	subject_load
	# Beside a firewall, conntrack would remember these flows.
	[ "$path $beside" != "nat nothing" ] || forwarding unused
	if service_add "$2"; then
		settled "$to_vip server=$vip flags=S seq=1000"
		cell "first_$path" "$to_vip server=$vip flags=S seq=1000 packets=$flows"
		if [ "$path" = nat ]; then
			handshake_rest "$server" "$vip"
		else
			inject "$to_vip server=$vip flags=A seq=1001 ack=5001 packets=$flows"
		fi
		established=$(established_count)
		[ "$established" = "$flows" ] ||
			fail "$subject $path IPv$family: $established of $flows connections established"
		cell "$path" "$to_vip server=$vip flags=A seq=1001 ack=5001 packets=$packets"
		if [ "$path" = nat ]; then
			cell reply "$from_server server=$server flags=A seq=5001 ack=1001 packets=$packets"
			[ "$beside" = nothing ] || always
			forwarding foreign
		fi
	else
		echo "# $subject does not offer $path"
	fi
	subject_unload
}

# The same flows, after newer half-open connections have crowded the table.
crowded() {
	local vip=${vip_of[$family]} server=${server_of[$family]} newer=$((crowd - flows))

	stage "nat among $crowd connections"
	subject_load
	service_add -m
	inject "$to_vip server=$vip flags=S seq=1000 packets=$flows"
	handshake_rest "$server" "$vip"
	cell first_nat_crowded "$to_vip server=$vip flags=S seq=1000 cport=$((stage_port + 16))" \
		"clients=20000 flows=$newer packets=$newer"
	cell nat_crowded "$to_vip server=$vip flags=A seq=1001 ack=5001 packets=$packets"
	subject_unload
}

# First packets by way of netfilter's hooks, which is ip_vs's only one.
hooks_alone() {
	stage "first packets, fast path off"
	subject_load
	service_add -m
	fastpath 0
	settled "$to_vip server=${vip_of[$family]} flags=S seq=1000"
	cell first_nat_hooks "$to_vip server=${vip_of[$family]} flags=S seq=1000 packets=$flows"
	subject_unload
}

balancing_all() {
	balancing nat -m
	balancing dr -g
	balancing tun -i
}

subject_all() {
	subject=$1
	beside=nothing
	balancing_all
	hooks_alone
	if [ "$crowd" -gt 0 ] && [ "$family" = 4 ]; then
		crowded
	fi
	netfilter_down
	beside=firewall
	firewall_up
	balancing_all
	netfilter_down
	# Forwarding with the subject gone again: nothing of it may have stayed behind.
	beside=nothing
	forwarding control
}

family_all() {
	family=$1
	subject=plain
	beside=nothing
	forwarding forward
	flowtable_up
	forwarding flowtable
	netfilter_down
	beside=firewall
	firewall_up
	forwarding forward
	netfilter_down
	if [[ $subjects = *ip_vs* ]]; then
		subject_all ip_vs
	fi
	if [ -n "$nfvs_ko" ] && [[ $subjects = *nfvs* ]]; then
		subject_all nfvs
	fi
}

family_main() {
	family=$1
	subject=plain
	beside=nothing
	forwarding forward
	subject=nfvs
	balancing_all
	hooks_alone
}

director_up
for each in $families; do
	$measure "$each"
done
if [ "$services" -gt 0 ]; then
	# shellcheck source=tests/bench/control.sh
	. tests/bench/control.sh
	control "$services"
fi
[ -z "$keep_symbols" ] || mv /tmp/symbols.* /results/
[ "$failures" = 0 ] || die "$failures cells are not valid"
echo "guest done"
