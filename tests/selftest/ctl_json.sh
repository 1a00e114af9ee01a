#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every document that ipvsctl writes with --json fits its schema, without a member that the schema
# does not name, and says what the text says: of services in IPv4, IPv6 and by firewall mark, with
# each way of forwarding, and of connections.
#
# module: both
# time: 60
# kernels: 6.1

. tests/selftest/lib.sh
. tests/selftest/topo.sh

python3 -c 'import jsonschema' 2>/dev/null || skip "needs python3-jsonschema"
ours=$PWD/build/bin/ipvsctl
director_alone
ctl_lines <<'LINES'
-A -u 10.0.0.1:53 -s rr
-a -u 10.0.0.1:53 -r 10.0.1.1:5353 -m -w 2147483647 -x 100 -y 80
-A -u [2001:db8::1]:53 -s mh -b mh-fallback,mh-port
-a -u [2001:db8::1]:53 -r [2001:db8:1::1]:5353 -m
-a -u [2001:db8::1]:53 -r [2001:db8:1::2]:5353 -m -w 0
-A -t 10.0.0.1:0 -s sh -p 300 -M 255.255.255.0 -b sh-port
-a -t 10.0.0.1:0 -r 10.0.1.1 -g
-a -t 10.0.0.1:0 -r 10.0.1.2 -i
-a -t 10.0.0.1:0 -r 10.0.1.3 -i --tun-type gue --tun-port 6080 --tun-remcsum
-a -t 10.0.0.1:0 -r 10.0.1.4 -i --tun-type gre --tun-csum
-A -t [2001:db8::1]:0 -s wlc -p 60 -M 64
-A -f 4294967295 -s lc
-a -f 4294967295 -r 10.0.1.1 -g
-A -f 7 -6 -s wrr
-a -f 7 -6 -r 2001:db8:1::1 -g -w 3
-A -u 10.0.0.1:54 -s rr -o
LINES
[ "$NFVS_MODULE" = ip_vs ] || ctl_lines <<'LINES'
-A -t 10.0.0.1:81 -s fo --on-removal reset --fastpath off
LINES
in_ns "$NS_D" python3 - <<-'END'
	import socket
	for family, source, target in ((socket.AF_INET, "127.0.0.1", "10.0.0.1"),
	                               (socket.AF_INET6, "::1", "2001:db8::1")):
	    for port in range(7001, 7004):
	        with socket.socket(family, socket.SOCK_DGRAM) as sock:
	            sock.bind((source, port))
	            sock.sendto(b"x", (target, 53))
END

documents=$NFVS_TMP/documents
: >"$documents"

# document WORDS...: what it prints, kept for the schema.
document() {
	in_ns "$NS_D" "$ours" "$@" --json | tee -a "$documents"
}

squeezed() {
	sed -E '/^(IP Virtual|IPVS|Prot|pro |  -> Remote)/d; s/^ +//; s/ +$//; s/ +/ /g'
}

# agrees VIEW OPTION...: the table in text and in JSON.
agrees() {
	local view=$1

	shift
	assert_eq "$(document -L "$@" | python3 tests/selftest/json_check.py text "$view")" \
		"$(in_ns "$NS_D" "$ours" -L -n -X "$@" | squeezed)" "-L $*"
}

# What ip_vs counts is two seconds old at most.
counted() {
	in_ns "$NS_D" "$ours" -L -n --stats | grep -E '^UDP +10\.0\.0\.1:53 +3 '
}
wait_until 10 counted
agrees plain
agrees stats --stats
agrees thresholds --thresholds
agrees persistent --persistent-conn
agrees tunnels --tun-info
agrees stats -u 10.0.0.1:53 --stats
agrees plain -f 7 -6
agrees plain --nosort
# Rates change all the time: both are of the same moment in one document alone.
document -L --stats --rate >/dev/null
assert_eq "$(document -L -c | python3 tests/selftest/json_check.py connections | sort)" \
	"$(in_ns "$NS_D" "$ours" -L -n -c | squeezed | sed -E 's/ [0-9]+:[0-9]+ / /' | sort)" "connections"
document conn list --client 127.0.0.1:7001 >"$NFVS_TMP/one"
assert_eq "$(python3 tests/selftest/json_check.py connections <"$NFVS_TMP/one")" \
	"UDP UDP 127.0.0.1:7001 10.0.0.1:53 10.0.1.1:5353" "one connection"
assert_eq "$(document -L --timeout | sed -E 's/.*"tcp":([0-9]+),"tcp_fin":([0-9]+),"udp":([0-9]+)}/\1 \2 \3/')" \
	"$(in_ns "$NS_D" "$ours" -L --timeout | sed 's/.*: //')" "timeouts"
document -L --daemon >/dev/null
document --version >/dev/null
document limits >/dev/null
if [ "$NFVS_MODULE" = nfvs ]; then
	assert_eq "$(document stats | sed 's/.*"counters":{//; s/}}$//; s/"//g' | tr ',' '\n' | tr : ' ')" \
		"$(in_ns "$NS_D" "$ours" stats | squeezed)" "counters"
else
	assert_fails 'Operation not supported' in_ns "$NS_D" "$ours" stats --json
fi
assert_eq "$(in_ns "$NS_D" "$ours" -L -t 10.9.9.9:9 --json 2>/dev/null || echo $?)" 1 "no such service"

# The golden file has what is not here: ip_vs's silence, sync daemons, numbers of 64 bits.
assert_match "$(python3 tests/selftest/json_check.py schema "$documents" tests/golden/json.out)" \
	'^[2-9][0-9] documents$' "schema"
