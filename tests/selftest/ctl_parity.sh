#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ipvsctl called as ipvsadm, and Debian's ipvsadm, each in a namespace of its own: the same
# command lines, right and wrong, must print the same, end with the same status and leave the
# same table behind.
#
# module: ip_vs
# time: 90

. tests/selftest/lib.sh

require_command ipvsadm
setup_ns NS_DEBIAN NS_OURS

# transcript NAMESPACE PROGRAM: runs the lines "$ WORDS" of its input, and prints for each what
# the program says and its status.  One shell for all of them: a guest may be slow.
transcript() {
	# shellcheck disable=SC2016 # the inner shell expands it
	in_ns "$1" bash -c '
		while read -r mark line; do
			[ "$mark" = "$" ] || continue
			read -ra words <<<"$line"
			echo "$ $line"
			status=0
			(exec -a ipvsadm "$0" "${words[@]}") </dev/null 2>&1 || status=$?
			echo "status $status"
		done' "$2"
}

# Runs the lines of its input with both programs.
same_lines() {
	local lines

	lines=$(cat)
	transcript "$NS_DEBIAN" "$(command -v ipvsadm)" <<<"$lines" >"$NFVS_TMP/debian"
	transcript "$NS_OURS" "$PWD/build/bin/ipvsctl" <<<"$lines" >"$NFVS_TMP/ours"
	[ -s "$NFVS_TMP/debian" ] || fail "nothing ran"
	diff -u "$NFVS_TMP/debian" "$NFVS_TMP/ours" || fail "the two programs differ"
}

same_table() {
	same_lines <<-'LINES'
		$ -L -n
		$ -L -n --stats
		$ -L -n --rate
		$ -L -n --thresholds
		$ -L -n --persistent-conn
		$ -L -n --tun-info
		$ -L -n --stats --exact
	LINES
}

same_lines <tests/golden/usage.in
same_table

same_lines <<'LINES'
$ -C
$ -A -t 10.0.0.1:80 -s rr
$ -A -t 10.0.0.1:80 -s rr
$ -A -t 10.0.0.2:80 -s nosuch
$ -E -t 10.0.0.1:80 -s wrr -p 60 -M 255.255.255.0
$ -E -t 10.0.0.9:80 -s wrr
$ -A -u [2001:db8::1]:53 -s wlc -o
$ -A -t [2001:db8::1]:0 -p 300 -M 64
$ -A --sctp-service 10.0.0.1:80 -s sh -b sh-port
$ -A -f 7
$ -A -f 7 -6 -s mh -b mh-port,mh-fallback
$ -a -t 10.0.0.1:80 -r 10.0.1.1:8080 -m -w 5 -x 100 -y 50
$ -a -t 10.0.0.1:80 -r 10.0.1.1:8080 -m
$ -a -t 10.0.0.1:80 -r 10.0.1.2
$ -a -t 10.0.0.1:80 -r 10.0.1.3 -i --tun-type gue --tun-port 6080 --tun-remcsum
$ -a -t 10.0.0.1:80 -r 10.0.1.4 -i --tun-type gre --tun-csum
$ -a -t 10.0.0.1:80 -r 224.0.0.1 -m
$ -a -t 10.0.0.1:80 -r 10.0.1.5 -m -x 5 -y 6
$ -a -t 10.0.0.9:80 -r 10.0.1.5 -m
$ -a -u [2001:db8::1]:53 -r [2001:db8:1::1] -m
$ -a -u [2001:db8::1]:53 -r 10.0.1.1 -i
$ -a -f 7 -r 10.0.1.1:443 -m
$ -a -f 7 -6 -r [2001:db8:1::1]:443 -m -w 0
$ -e -t 10.0.0.1:80 -r 10.0.1.1:8080 -m -w 0
$ -e -t 10.0.0.1:80 -r 10.0.1.99 -m
$ -d -t 10.0.0.1:80 -r 10.0.1.2
$ -d -t 10.0.0.1:80 -r 10.0.1.2
$ -d -t 10.0.0.9:80 -r 10.0.1.2
$ -L -n -t 10.0.0.1:80
$ -L -n -t 10.0.0.9:80
$ -L -n -f 7 -6
$ -L
$ --set 100 20 30
$ -L --timeout
$ --set 0 0 31
$ -L --timeout
$ -Z -t 10.0.0.9:80
$ -Z -t 10.0.0.1:80
$ -Z
$ -S -n
$ -S
LINES
same_table
same_lines <<'LINES'
$ -D -t 10.0.0.1:80
$ -D -t 10.0.0.1:80
$ -D -f 7 -6
$ -L -n
$ -C
$
LINES
same_table

# Sync daemons, which nfvs does not have in this version.
same_lines <<'LINES'
$ --start-daemon master --mcast-interface lo --syncid 5
$ --start-daemon master --mcast-interface lo
$ -L --daemon
$ --start-daemon backup --mcast-interface nosuch
$ --stop-daemon master
$ -L --daemon
LINES

# By its own name the program says the same where the kernel adds nothing.
assert_fails '^No such service$' in_ns "$NS_OURS" "$PWD/build/bin/ipvsctl" -D -t 10.0.0.1:80
