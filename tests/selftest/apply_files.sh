#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# apply, diff and save: files in both formats, from any table; applied again they change nothing.
# A file that is wrong changes nothing, and the mistake is told with its line.
#
# time: 60

. tests/selftest/lib.sh

setup_ns NS_D
file=$NFVS_TMP/table.conf

cat >"$file" <<'END'
# Comments, and both address families.
service tcp 10.0.0.1:80 {
    scheduler wrr
    persistent 600
    netmask 255.255.255.0
    server 10.0.1.1:8080 nat weight 2
    server 10.0.1.2:8080 nat weight 1 u-threshold 100 l-threshold 50
}

service udp 10.0.0.1:53 { scheduler rr; ops; fastpath off; on-removal reset }

service tcp [2001:db8::1]:80 {
    server [2001:db8:1::1]:80 direct weight 7
    server 10.0.1.3:80 tunnel tun-type gue tun-port 5555 tun-csum
}

service fwmark 7 ipv6 { scheduler sh; sched-flags sh-port }
END

# settled: applied again, whichever way it is written, the table changes nothing.
settled() {
	assert_eq "$(ctl diff "$1")" "" "the difference after apply"
	assert_eq "$(ctl apply --verbose "$1")" "nothing to do" "apply, again"
	ctl save "$NFVS_TMP/saved"
	ctl -Sn >"$NFVS_TMP/rules"
	assert_eq "$(ctl diff "$NFVS_TMP/saved")" "" "the difference to the saved file"
	assert_eq "$(ctl diff - <"$NFVS_TMP/rules")" "" "the difference to the saved rules"
}

status=0
ctl diff "$file" >"$NFVS_TMP/plan" || status=$?
assert_eq "$status" 1 "the status of diff"
assert_eq "$(ctl -Sn)" "" "the table after diff"
assert_eq "$(ctl apply "$file")" "$(<"$NFVS_TMP/plan")" "what apply does, and what diff says"
settled "$file"
assert_match "$(ctl -Ln)" '10\.0\.1\.2:8080 +Masq +1 ' "the table"
all=$(ctl -Sn)

# From any table, by the lines of another one.
ctl -C
ctl -A -t 10.0.0.1:80 -s lc --on-removal drop
ctl -a -t 10.0.0.1:80 -r 10.0.1.1:8080 -i --tun-type gre
ctl -a -t 10.0.0.1:80 -r 10.0.1.9:8080 -m
ctl -A -t 10.0.0.9:80 -s lc
printf '%s\n' "$all" | ctl apply --quiet -
assert_eq "$(ctl -Sn)" "$all" "the table from lines"
settled "$file"

plan=$(sed -e 's/weight 2$/weight 3/' -e '/10\.0\.1\.2/d' -e 's/scheduler rr; ops/scheduler rr/' \
	"$file" | ctl apply -)
assert_eq "$plan" "- tcp 10.0.0.1:80 server 10.0.1.2:8080
~ tcp 10.0.0.1:80 server 10.0.1.1:8080: weight 2 -> 3
~ udp 10.0.0.1:53: ops on -> off" "the plan"
ctl apply --quiet "$file"
assert_eq "$(ctl -Sn)" "$all" "the table again"

# wrong SENTENCE: the file of standard input changes nothing.
wrong() {
	cat >"$NFVS_TMP/wrong.conf"
	assert_fails "^$NFVS_TMP/wrong.conf:$1\$" ctl apply "$NFVS_TMP/wrong.conf"
	assert_eq "$(ctl -Sn)" "$all" "the table after a mistake"
}

wrong "2: unknown word .weihgt'; did you mean weight\?" <<'END'
service tcp 10.0.0.5:80 {
    server 10.0.1.1:80 nat weihgt 2
}
END
wrong '3: the service TCP 10\.0\.0\.5:80 is in line 1 already' <<'END'
service tcp 10.0.0.5:80 { }

-A -t 10.0.0.5:80
END
wrong '4: Scheduler or persistence engine not found: no such scheduler \(service\.sched-name\)' <<'END'
service tcp 10.0.0.5:80 { }

service tcp 10.0.0.6:80 {
    scheduler leastest
}
END
wrong '2: .*address.* \(dest\.addr\)' <<'END'
-A -t 10.0.0.5:80
-a -t 10.0.0.5:80 -r 224.0.0.1:80 -m
END
assert_fails "none: No such file" ctl apply "$NFVS_TMP/none"

ctl apply --quiet - <<<''
assert_eq "$(ctl -Sn)" "" "the table of an empty file"
