#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What ip_vs offers and this version of nfvs does not: each is refused, with a sentence that names
# it by ipvsctl and with a plain error by Debian's ipvsadm, and the table stays as it was.  And what
# cannot be written or read, since the descriptor is closed: the kernel's socket does not take its place.
#
# time: 60

. tests/selftest/lib.sh

setup_ns NS_D
ctl -A -t 10.0.0.1:80 -s rr
ctl -a -t 10.0.0.1:80 -r 10.0.1.1:80 -m -w 5 -x 20
ctl -A -u 10.0.0.1:53 -s wlc
ctl -A -t "[2001:db8::1]:80" -s wrr
ctl -A -f 7 -s lc
ctl --set 100 20 30
limits() {
	ctl -Ln --thresholds
	ctl -L --timeout
}
before=$(ctl -Ln) limits_before=$(limits)

# refused SENTENCE WORD...: SENTENCE is a regular expression.
refused() {
	local sentence=$1

	shift
	assert_fails "$sentence" ctl "$@"
	if in_ns "$NS_D" ipvsadm "$@" 2>/dev/null; then
		fail "ipvsadm $* was accepted"
	fi
	assert_eq "$(ctl -Ln)" "$before" "the table after $*"
}

refused 'no such persistence engine' -A -u 10.0.0.2:5060 -s rr -p 60 --pe sip
refused 'no such scheduler' -A -t 10.0.0.2:80 -s leastest
refused 'no such scheduler' -E -t 10.0.0.1:80 -s leastest
assert_eq "$(limits)" "$limits_before" "thresholds and timeouts after all of that"

# closed STATUS SENTENCE: of the last command.
closed() {
	assert_eq "$status: $said" "$1: $2" "with a closed descriptor"
}
status=0
said=$(ctl -Sn 2>&1 >&-) || status=$?
closed 1 "cannot write the output"
said=$(ctl -R 2>&1 <&-) || status=$?
closed 255 "cannot read the input: Bad file descriptor"
