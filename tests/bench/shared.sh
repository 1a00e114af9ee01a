#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# shared.sh [-4] [-6] [-f FLOWS] [-p PACKETS] [-o SUBJECTS] INJECT.KO [NFVS.KO]
#
# The part of `make bench-locks` and `make bench-cache` that runs inside the VM: first packets and
# packets of established connections, while a plugin in QEMU counts.  Prints one line of key=value
# words per cell, beginning with "cell", and one beginning with "#" when a stage starts.  -4, -6:
# address families; -f: live connections, which packets belong to by chance; -p: packets per cell;
# -o: only these of "ip_vs,nfvs".

families=
packets=2000
live=2000
subjects=ip_vs,nfvs
while getopts 46f:p:o: option; do
	case $option in
	4|6)	families+=" $option" ;;
	f)	live=$OPTARG ;;
	p)	packets=$OPTARG ;;
	o)	subjects=$OPTARG ;;
	*)	exit 1 ;;
	esac
done
shift $((OPTIND - 1))

# shellcheck disable=SC2034
keep_symbols=1

# shellcheck source=tests/bench/director.sh
. tests/bench/director.sh "$@"

# shellcheck disable=SC2034
flows=$live

# service_add t|u OPTION
service_add() {
	local vip=${vip_of[$family]} server=${server_of[$family]}

	if [ "$family" = 6 ]; then
		vip=[$vip] server=[$server]
	fi
	ipvsadm -A "-$1" "$vip:80" -s rr || die "$subject refuses a service"
	ipvsadm -a "-$1" "$vip:80" -r "$server:80" "$2"
}

# first_packets PATH PORT WORD...: of connections that there were none of.  PORT: ports above the
# stage's own, for each protocol others: the table's hash is one of addresses and ports.
first_packets() {
	local path=$1 port=$((stage_port + $2))

	shift 2
	cell "$path" "$to_vip server=${vip_of[$family]} $* cport=$port flows=$packets" \
		"packets=$packets"
}

# established PATH WORD...: once unseen, so that nothing is cold.
established() {
	local path=$1

	shift
	inject "$* shuffle packets=$packets"
	cell "$path" "$* shuffle packets=$packets"
}

forwarding() {
	local server=${server_of[$family]}

	stage forwarding
	symbols_note
	established forward "$to_vip server=$server flags=A seq=1001 ack=5001"
	established forward_back "$from_server server=$server flags=A seq=5001 ack=1001"
}

# balancing PATH OPTION
balancing() {
	local path=$1 vip=${vip_of[$family]} server=${server_of[$family]} found

	stage "$path"
	subject_load
	if ! service_add t "$2"; then
		echo "# $subject does not offer $path"
		subject_unload
		return
	fi
	settled "$to_vip server=$vip flags=S seq=1000"
	inject "$to_vip server=$vip flags=S seq=1000 packets=$flows"
	[ "$path" != nat ] ||
		inject "$from_server server=$server flags=SA seq=5000 ack=1001 packets=$flows"
	inject "$to_vip server=$vip flags=A seq=1001 ack=5001 packets=$flows"
	found=$(established_count)
	[ "$found" = "$flows" ] ||
		fail "$subject $path IPv$family: $found of $flows connections established"
	established "$path" "$to_vip server=$vip flags=A seq=1001 ack=5001"
	[ "$path" != nat ] ||
		established reply "$from_server server=$server flags=A seq=5001 ack=1001"
	first_packets "first_$path" $((live / clients + 1)) flags=S seq=1000
	service_add u "$2"
	settled "$to_vip server=$vip udp"
	first_packets "first_${path}_udp" $(((live + packets) / clients + 2)) udp
	subject_unload
}

subject_all() {
	subject=$1
	balancing nat -m
	balancing dr -g
	balancing tun -i
}

director_up
for family in $families; do
	subject=plain
	forwarding
	if [[ $subjects = *ip_vs* ]]; then
		subject_all ip_vs
	fi
	if [ -n "$nfvs_ko" ] && [[ $subjects = *nfvs* ]]; then
		subject_all nfvs
	fi
done
mv /tmp/symbols.* /results/
[ "$failures" = 0 ] || die "$failures cells are not valid"
echo "guest done"
