#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A transaction of 100 000 items whose last one is wrong changes nothing and names that one, by
# ipvsctl -R and by apply; without it all of them are there.  Whoever lists the table while files
# are applied in turn finds the one or the other, never a part of one.  Kernels other than 6.1 have
# 10 000, since an emulated processor takes long to read so many lines.
#
# time: 240

. tests/selftest/lib.sh

setup_ns NS_D
ctl -A -t 10.0.0.1:80 -s rr
ctl -a -t 10.0.0.1:80 -r 10.0.1.1:80 -m -w 5
ctl -A -f 7 -s lc

# many SERVICES SERVERS: lines for -R.
many() {
	awk -v services="$1" -v servers="$2" 'BEGIN {
		for (s = 0; s < services; s++) {
			vip = sprintf("10.%d.%d.%d:80", 100 + s / 65536, s / 256 % 256, s % 256)
			print "-A -t " vip " -s wlc"
			for (r = 1; r <= servers; r++)
				print "-a -t " vip " -r 10.2.0." r ":80 -m"
		}
	}'
}

rules=$NFVS_TMP/rules
before=$(ctl -Sn)

# refused SENTENCE COMMAND...: the table is what it was.
refused() {
	local sentence=$1

	shift
	assert_fails "$sentence" "$@" <"$rules"
	assert_eq "$(ctl -Sn)" "$before" "the table after a refusal"
}

services=999
[ "${NFVS_KERNEL:-}" != 6.1 ] || services=9999
items=$((services * 10 + 10))
many $services 9 >"$rules"
{
	echo '-A -t 10.0.0.2:80 -s rr'
	for ((server = 1; server <= 8; server++)); do
		echo "-a -t 10.0.0.2:80 -r 10.2.0.$server:80 -m"
	done
} >>"$rules"
cp "$rules" "$NFVS_TMP/right"
echo '-A -f 9 -s leastest' >>"$rules"
assert_eq "$(wc -l <"$rules")" $items "items"
refused "^line $items: .*: no such scheduler \(service\.sched-name\)\$" ctl -R
refused ":$items: .*: no such scheduler \(service\.sched-name\)\$" ctl apply "$rules"
sed -i '$s/.*/-a -t 10.0.0.2:80 -r 10.2.0.1:80 -m/' "$rules"
refused "^line $items: Destination already exists\$" ctl -R
sed -i '$s/.*/-a -t 10.0.0.3:80 -r 10.2.0.1:80 -m/' "$rules"
refused "^line $items: Service not defined\$" ctl -R

ctl -R <"$NFVS_TMP/right"
assert_eq "$(ctl -Sn | wc -l)" $((items - 1 + 3)) "what is there since"
ctl -C

# Large enough for a listing in several parts.
many 200 4 >"$NFVS_TMP/one"
many 300 2 | sed 's/ wlc$/ rr/' >"$NFVS_TMP/other"
apply_in_turn() {
	until [ -e "$NFVS_TMP/stop" ]; do
		ctl apply --quiet "$NFVS_TMP/one"
		ctl apply --quiet "$NFVS_TMP/other"
		echo >>"$NFVS_TMP/turns"
	done
}
digest() {
	sha256sum | cut -d ' ' -f 1
}
ctl apply --quiet "$NFVS_TMP/other"
other=$(ctl -Sn | digest)
ctl apply --quiet "$NFVS_TMP/one"
one=$(ctl -Sn | digest)
[ "$one" != "$other" ] || fail "the two files are the same"

: >"$NFVS_TMP/turns"
spawn apply_in_turn
turns=$!
wait_until 30 test -s "$NFVS_TMP/turns"
whole=0
for ((listing = 0; listing < 40; listing++)); do
	found=$(ctl -Sn 2>"$NFVS_TMP/said" | digest)
	if [ -s "$NFVS_TMP/said" ]; then
		assert_match "$(<"$NFVS_TMP/said")" '^the table changed all the time' "the warning"
		continue
	fi
	[ "$found" = "$one" ] || [ "$found" = "$other" ] || fail "a listing is neither file"
	whole=$((whole + 1))
done
touch "$NFVS_TMP/stop"
wait "$turns"
echo "$whole of 40 listings were whole, $(wc -l <"$NFVS_TMP/turns") turns"
assert_between "$whole" 1 40 "whole listings"
