#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scale.sh [-c CONNECTIONS] [-o PARTS] [-s SUBJECTS] INJECT.KO [NFVS.KO]
#
# The part of `make bench-scale` that runs inside the VM: what grows with the number of real servers
# and of connections.  Prints one line of key=value words per figure, which begins with the part's
# name, and one beginning with "#" when a stage starts.  -c: connections that the table grows to;
# -o: only these of "pick,change,memory,growth,hold,control,idle"; -s: only these of "ip_vs,nfvs".

growth_last=1000000
parts=pick,change,memory,growth,hold,control
subjects=ip_vs,nfvs
while getopts c:o:s: option; do
	case $option in
	c)	growth_last=$OPTARG ;;
	o)	parts=$OPTARG ;;
	s)	subjects=$OPTARG ;;
	*)	exit 1 ;;
	esac
done
shift $((OPTIND - 1))

# shellcheck source=tests/bench/director.sh
. tests/bench/director.sh "$@"

vip=${vip_of[4]}
ipvsctl=build/bin/ipvsctl
many_servers=1000

# Real servers are behind the one neighbour that is there.
servers_up() {
	ip route add 10.3.0.0/16 via "${server_of[4]}" dev out0
	ip route add 10.4.0.0/16 via "${server_of[4]}" dev out0
}

# server_lines a|e|d FIRST COUNT: lines for -R, which add, edit or delete.  Weights from 1 to 100,
# each about as often, neighbours far apart: what goes by weight finds no order to profit from.
server_lines() {
	awk -v option="$1" -v first="$2" -v count="$3" -v service="$vip:80" 'BEGIN {
		for (r = first; r < first + count; r++) {
			printf "-%s -t %s -r 10.3.%d.%d:80", option, service, r / 250, 1 + r % 250
			print option == "d" ? "" : " -m -w " 1 + r * 37 % 100
		}
	}'
}

# restore: lines on standard input, by the program that takes less time for them.
restore() {
	local program=ipvsadm

	[ "$subject" = ip_vs ] || program=$ipvsctl
	$program -R || die "$subject refuses what is to be restored"
}

servers_count() {
	grep -c '^  ->' /proc/net/ip_vs
}

# The first line says what the columns are.
service_with() {
	local scheduler=$1 count=$2

	{
		echo "-A -t $vip:80 -s $scheduler"
		server_lines a 0 "$count"
	} | restore
	[ "$(servers_count)" -eq $((count + 1)) ] ||
		fail "$subject has $(servers_count) lines for $count real servers"
}

# --- first packets -------------------------------------------------------------------------------

# The first packet to a real server looks its route up: one to each comes before, and not by the
# scheduler, since some would take long to reach the last one.
pick() {
	local scheduler=$1 servers=$2

	service_with rr "$servers"
	inject "$to_vip server=$vip flags=S seq=1000 cport=$((stage_port + 8))" \
		"flows=$servers packets=$servers"
	if ! ipvsadm -E -t "$vip:80" -s "$scheduler" 2>/tmp/refusal; then
		[ "$subject" = ip_vs ] || fail "$subject refuses $scheduler: $(</tmp/refusal)"
		echo "# $subject does not offer $scheduler"
		return
	fi
	# ovf turns away what is more than the weights.
	[ "$scheduler" != ovf ] || ipvsadm -e -t "$vip:80" -r 10.3.0.1:80 -m -w 100000
	inject "$to_vip server=$vip flags=S seq=1000 packets=$flows"
	echo "pick subject=$subject scheduler=$scheduler servers=$servers $result"
	all_left "$scheduler, $servers real servers"
}

pick_all() {
	local scheduler servers

	for scheduler in rr wrr lc wlc sed nq sh mh fo ovf dh twos lblc lblcr; do
		stage "first packets, $scheduler"
		for servers in 1 10 100 $many_servers; do
			subject_load
			pick "$scheduler" "$servers"
			subject_unload
		done
	done
}

# --- changes -------------------------------------------------------------------------------------

# What a program asks before it can begin: the family's number, and its version.
QUESTIONS='^command=(0|15) '

# kernel_share COMMAND...: sets share to what the kernel does for the command's requests.
kernel_share() {
	LD_PRELOAD=$PWD/build/bench/kernel-share.so KERNEL_SHARE=/tmp/share "$@" >/dev/null ||
		die "$* failed"
	share=$(grep -vE "$QUESTIONS" /tmp/share |
		awk -F '[= ]' '{ sending += $4; receiving += $6 }
			END { printf "sending=%.0f receiving=%.0f\n", sending, receiving }')
}

# changing WHAT WORD...: one command.
changing() {
	local what=$1 share

	shift
	kernel_share "$program" "$@"
	echo "change subject=$subject program=${program##*/} scheduler=$scheduler what=$what" \
		"servers=$servers removed=$removed $share"
}

# A tick may fall into a command, so each is measured some times; always with a real server that was
# never there before.
changes() {
	local program scheduler=$1 servers=$2 removed=$3 new

	ipvsadm -E -t "$vip:80" -s "$scheduler" || die "$subject does not change to $scheduler"
	for program in /usr/sbin/ipvsadm ${ctl:+"$ctl"}; do
		for _ in 1 2 3; do
			fresh=$((fresh + 1))
			new="-t $vip:80 -r 10.4.$((fresh / 250)).$((1 + fresh % 250)):80"
			# shellcheck disable=SC2086 # words
			{
				changing add -a $new -m -w 50
				changing edit -e $new -m -w 51
				changing delete -d $new
			}
		done
	done
}

# changes_and_list SERVERS REMOVED: by two schedulers, one of which goes by connections; a list is
# the same for all.
changes_and_list() {
	local program scheduler servers=$1 removed=$2

	for scheduler in wrr wlc; do
		changes "$scheduler" "$servers" "$removed"
	done
	for program in /usr/sbin/ipvsadm ${ctl:+"$ctl"}; do
		changing list -Ln -t "$vip:80"
	done
}

connections_count() {
	echo $(($(wc -l </proc/net/ip_vs_conn) - 1))
}

# Removed "recently": each still has a connection, so that nobody may have forgotten it.
remove_many() {
	local left=$1 removed=$2 all=$(($1 + $2))

	inject "$to_vip server=$vip flags=S seq=1000 clients=2000 flows=$all packets=$all"
	server_lines d "$left" "$removed" | restore
	[ "$(connections_count)" -ge "$all" ] ||
		fail "$subject forgot connections of real servers that were removed"
}

change_all() {
	local ctl='' fresh=0 servers

	[ "$subject" != nfvs ] || ctl=$ipvsctl
	for servers in 10 1000 8000; do
		stage "changes to $servers real servers"
		subject_load
		service_with rr $servers
		changes_and_list $servers 0
		subject_unload
	done
	stage "changes to 8000 real servers, after 10000 were removed"
	subject_load
	service_with rr 18000
	remove_many 8000 10000
	changes_and_list 8000 10000
	subject_unload
}

# --- memory --------------------------------------------------------------------------------------

slab_bytes() {
	awk 'NR > 2 { pages += $6 * $15 } END { printf "%.0f\n", pages * 4096 }' /proc/slabinfo
}

# memory_read: sets all, to slabs, what is too large for them, and the buckets, which have pages of
# their own with nfvs.  Starts no process, which would take memory itself.
memory_read() {
	local lines line

	mapfile -t lines </proc/meminfo
	all=0
	for line in "${lines[@]}"; do
		case $line in
		Slab:*|VmallocUsed:*) all=$((all + ${line//[!0-9]/} * 1024)) ;;
		esac
	done
	read -r _ _ _ _ _ line </proc/net/ip_vs
	all=$((all + ${line//[!0-9]/} * 8))
}

# The table is made larger behind the packets' back, and the old one freed some grace periods
# later: both are over when memory stays as it is for 300 readings, but for what others may need.
memory_settled() {
	local before reading all

	memory_read
	before=$all
	for ((reading = 0; reading < 300; reading++)); do
		memory_read
		[ $((all - before)) -lt 65536 ] && [ $((before - all)) -lt 65536 ] || return 1
	done
}

# service_one: one real server.
service_one() {
	local address=${vip_of[$family]} server=${server_of[$family]}

	if [ "$family" = 6 ]; then
		address=[$address] server=[$server]
	fi
	ipvsadm -A -t "$address:80" -s rr || die "$subject refuses a service"
	ipvsadm -a -t "$address:80" -r "$server:80" -m || die "$subject refuses a real server"
	[ ! -e /proc/sys/net/ipv4/vs/conn_max ] ||
		echo $((growth_last + 1000000)) >/proc/sys/net/ipv4/vs/conn_max
}

# grow FROM TO: half-open connections.
grow() {
	inject "$to_vip server=${vip_of[$family]} flags=S seq=1000 clients=20000 first=$1" \
		"flows=$(($2 - $1)) packets=$(($2 - $1))"
	all_left "IPv$family, connections $1 to $2"
}

memory_all() {
	local count=200000 warm=1000 all slab_before all_before

	for family in 4 6; do
		stage "memory of $count connections"
		subject_load
		service_one
		grow 0 $warm
		until_true 60 memory_settled || fail "memory does not settle"
		memory_read
		slab_before=$(slab_bytes) all_before=$all
		grow $warm $((warm + count))
		until_true 60 memory_settled || fail "memory does not settle"
		memory_read
		echo "memory subject=$subject family=$family connections=$count" \
			"slab=$(($(slab_bytes) - slab_before)) all=$((all - all_before))"
		subject_unload
	done
	family=4
}

# --- growth --------------------------------------------------------------------------------------

# urgent_wait COMMAND...: how long what is most urgent waits at most while the command runs.
urgent_wait() {
	local ready urgent

	coproc build/selftest/urgent
	urgent=$COPROC_PID
	read -r ready <&"${COPROC[0]}"
	[ "$ready" = ready ] || die "build/selftest/urgent does not begin"
	"$@"
	kill "$urgent"
	read -r longest <&"${COPROC[0]}"
	wait "$urgent"
}

# Few packets at a time: the injector sorts its figures, and keeps the processor that long.
packets_in_portions() {
	local server=$1 count=$2 portion=100 first

	for ((first = 0; first < count; first += portion)); do
		echo "$to_vip client=${client_of[4]} clients=20000 server=$server flags=S seq=1000" \
			"first=$first flows=$portion packets=$portion" >$control/run ||
			die "the injector refuses portions"
	done
}

# The table is as small as a new one when all connections have ended, a minute after their packet.
# Looks once a second, and starts no process for that: one that ends gives memory back, too.
table_is_small() {
	local size

	read -r -t 1 -u "$never" _
	read -r _ _ _ _ _ size </proc/net/ip_vs
	[ "$size" = '(size=1024)' ]
}

# The table is a matter of nfvs; plain forwarding says what the injector itself keeps.
hold_all() {
	local longest forwarded grown never

	[ "$subject" = nfvs ] || return 0
	stage "how long a table that grows and shrinks keeps the processor"
	urgent_wait packets_in_portions "${server_of[4]}" 20000
	forwarded=$longest
	subject_load
	service_one
	urgent_wait packets_in_portions "$vip" "$growth_last"
	grown=$longest
	exec {never}<> <(:)
	urgent_wait until_true 600 table_is_small
	table_is_small || fail "connections do not end, or the table does not shrink"
	echo "hold subject=$subject connections=$growth_last growing=$grown shrinking=$longest forwarding=$forwarded"
	subject_unload
}

growth_all() {
	local begin=0 end=1000

	stage "first packets, up to $growth_last connections"
	subject_load
	service_one
	while [ "$begin" -lt "$growth_last" ]; do
		grow "$begin" "$end"
		echo "growth subject=$subject begin=$begin end=$end $result"
		begin=$end
		end=$((end * 10 < growth_last ? end * 10 : growth_last))
	done
	subject_unload
}

# --- the configuration ---------------------------------------------------------------------------

# shellcheck source=tests/bench/scale-control.sh
. tests/bench/scale-control.sh

# --- all -----------------------------------------------------------------------------------------

director_up
servers_up
[ -n "$nfvs_ko" ] || subjects=ip_vs
for subject in ${subjects//,/ }; do
	for part in ${parts//,/ }; do
		"${part}_all"
	done
done
[ "$failures" = 0 ] || die "$failures stages are not valid"
echo "guest done"
