#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs the scripts of Documentation/examples as they are, on hosts that are named and numbered as
# they say.  Sourced after topo.sh:
#
#	network			makes the hosts; lines of standard input say
#				"HOST DEVICE LAN ADDRESS... [via GATEWAY...]"
#	network_nat		internet, director, and two real servers behind it
#	network_dr		all of them on one link
#	on HOST COMMAND...	runs a command on a host, a script of the examples by its name
#	start_web HOST...	nginx, which answers the host's name, on port 80 and 8080
#	web CLIENT URL [COUNT]	the answers that the client with this address gets
#	owner ADDRESS		whose link-layer address the router has for it, "nobody" if none
#	assert_not_owned CLIENT ADDRESS		nobody on the link says that the address is his
#	remember_hosts HOST...	notes all that a script may change there
#	assert_as_before	fails where it is not as it was then
#
# The clients are addresses of the host "internet", which is the router of all others.  Each host
# has a /run of its own.

EXAMPLES=$PWD/Documentation/examples
CLIENTS4=(198.51.100.7 198.51.100.8 198.51.100.9)
CLIENTS6=(2001:db8:9::7 2001:db8:9::8)
declare -A HOST BEFORE

# add_host NAME: makes it known; its namespace is made later.
add_host() {
	[ -z "${HOST[$1]:-}" ] || return 0
	HOST[$1]=$1-$NFVS_SUFFIX
	NFVS_NAMESPACES+=("${HOST[$1]}")
	mkdir "$NFVS_TMP/run-$1"
}

# add_routes WORD...: commands for ip, out of "ADDRESS... via GATEWAY...".
add_routes() {
	while [ $# -gt 0 ] && [ "$1" != via ]; do
		shift
	done
	[ $# -eq 0 ] || printf 'route add default via %s\n' "${@:2}"
}

# Until then devices, and routes over them, are shown as without carrier.
carriers_were_seen() {
	local host

	for host in "${HOST[@]}"; do
		[ -z "$(ip -n "$host" -br link show type veth | awk '$2 != "UP"')" ] || return 1
	done
}

network() {
	local host device lan rest lines=() created=() bridge=()
	declare -A commands

	mapfile -t lines
	name_ns NS_SW
	for host in "${lines[@]}"; do
		read -r host device lan rest <<<"$host"
		add_host "$host"
		created+=("$(veth "${HOST[$host]}" "$device" "$NS_SW" "$host-$device")")
		[[ " ${bridge[*]} " == *"link set $lan up"* ]] ||
			bridge+=("link add $lan type bridge forward_delay 0 stp_state 0 mcast_snooping 0"
				"link set $lan up")
		bridge+=("link set $host-$device master $lan up")
		# shellcheck disable=SC2086 # words are meant
		commands[$host]+=$(up lo; up "$device" ${rest%via*}; add_routes $rest)$'\n'
	done
	{
		printf 'netns add %s\n' "$NS_SW" "${HOST[@]}"
		printf '%s\n' "${created[@]}"
	} | ip -batch -
	printf '%s\n' "${bridge[@]}" | ip -n "$NS_SW" -batch -
	commands[internet]+=$(up lo "${CLIENTS4[@]/%//32}" "${CLIENTS6[@]/%//128}")
	for host in "${!commands[@]}"; do
		ip -n "${HOST[$host]}" -batch - <<<"${commands[$host]}"
	done
	wait_until 10 carriers_were_seen
	# shellcheck disable=SC2034 # of lib.sh
	NS_C=${HOST[internet]} NS_D=${HOST[director]}
	in_ns "$NS_C" sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
}

network_nat() {
	network <<-END
		internet eth0 front 203.0.113.1/24 2001:db8:1::1/64
		director eth0 front 203.0.113.2/24 2001:db8:1::2/64 via 203.0.113.1 2001:db8:1::1
		director eth1 back 10.0.0.1/24 fd00::1/64
		rs1 eth0 back 10.0.0.11/24 fd00::11/64 via 10.0.0.1 fd00::1
		rs2 eth0 back 10.0.0.12/24 fd00::12/64 via 10.0.0.1 fd00::1
	END
}

network_dr() {
	network <<-END
		internet eth0 front 203.0.113.1/24 2001:db8:1::1/64
		director eth0 front 203.0.113.2/24 2001:db8:1::2/64 via 203.0.113.1 2001:db8:1::1
		rs1 eth0 front 203.0.113.11/24 2001:db8:1::11/64 via 203.0.113.1 2001:db8:1::1
		rs2 eth0 front 203.0.113.12/24 2001:db8:1::12/64 via 203.0.113.1 2001:db8:1::1
	END
}

on() {
	local host=$1

	shift
	# shellcheck disable=SC2016 # for the other shell
	PATH=$EXAMPLES:$PWD/build/bin:$PATH in_ns "${HOST[$host]}" unshare --mount \
		sh -c 'mount --bind "$0" /run && exec "$@"' "$NFVS_TMP/run-$host" "$@"
}

start_web() {
	local host

	for host in "$@"; do
		start_http "${HOST[$host]}" "$host" 80 8080
	done
}

web() {
	in_ns "${HOST[internet]}" curl -sS --interface "$1" --max-time $((5 * NFVS_SLOW)) \
		"$2/?[1-${3:-1}]" 2>&1 || echo failed
}

owner() {
	local neighbour host

	neighbour=$(ip -n "$NS_C" -o neigh show to "$1" dev eth0)
	[[ $neighbour =~ lladdr\ ([0-9a-f:]+) ]] || { echo nobody; return; }
	for host in "${!HOST[@]}"; do
		[[ $(ip -n "${HOST[$host]}" -o link show dev eth0) != *"ether ${BASH_REMATCH[1]} "* ]] ||
			echo "$host"
	done
}

# router_asks TIMES: for a link-layer address, before it gives up.
router_asks() {
	in_ns "$NS_C" sysctl -q -w "net.ipv4.neigh.eth0.mcast_solicit=$1" \
		"net.ipv6.neigh.eth0.mcast_solicit=$1"
}

assert_not_owned() {
	local url=http://$2

	[[ $2 != *:* ]] || url="http://[$2]"
	router_asks 1
	assert_match "$(web "$1" "$url")" "failed$" "a request to $2, which nobody may answer for"
	assert_eq "$(owner "$2")" nobody "who owns $2, for the router"
	# The client may have asked again as the router gave up.  Then the router goes on asking, and
	# what comes after its last question would fail with that.
	ip -n "$NS_C" neigh flush to "$2" dev eth0
	router_asks 3
}

# all_of HOST: what a script may change.
all_of() {
	# shellcheck disable=SC2016 # for the other shell
	on "$1" sh -c '
		ip -o address | sed "s/ valid_lft.*//"
		ip -o link | sed "s/ qdisc [^ ]*//"
		ip route show table all
		ip -6 route show table all
		iptables-save -t mangle | grep ^-A
		[ "$1" != director ] || ipvsctl -S -n
		cd /proc/sys/net && grep -rs . ipv4/ip_forward ipv4/conf ipv6/conf
		ls /run' all_of "$1"
}

remember_hosts() {
	local host

	for host in "$@"; do
		BEFORE[$host]=$(all_of "$host")
	done
}

assert_as_before() {
	local host

	for host in "${!BEFORE[@]}"; do
		assert_eq "$(diff <(echo "${BEFORE[$host]}") <(all_of "$host"))" "" \
			"what is left behind on $host"
	done
}
