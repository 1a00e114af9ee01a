#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ipvsctl monitor: what is changed and what happens shows at once, as text and as JSON that Python
# reads; SIGINT ends it with 0.

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

heard=$NFVS_TMP/heard
objects=$NFVS_TMP/objects

# await COUNT FILE: so many lines are there.
await() {
	[ "$(wc -l <"$2")" -ge "$1" ]
}

topo_up 1
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80
service="-t $VIP4:80" server="-r ${RS4[1]}:80"
spawn in_ns "$NS_D" build/bin/ipvsctl monitor config overload conn >>"$heard"
text=$!
spawn in_ns "$NS_D" build/bin/ipvsctl monitor config overload conn --json --timestamp >>"$objects"
json=$!
# Both listen once they hear of this.
listening() {
	ctl -A -f 1 -s rr
	ctl -D -f 1
	[ -s "$heard" ] && [ -s "$objects" ]
}
# Of what was done until then they have heard the last.
idle() {
	grep -qxF -e '- -D -f 2' "$heard" && [ "$(grep -c '"fwmark":2[,}]' "$objects")" = 2 ]
}
wait_until 10 listening
ctl -A -f 2 -s rr
ctl -D -f 2
wait_until 10 idle
: >"$heard"
: >"$objects"

# Words are separate on purpose.
# shellcheck disable=SC2086
{
	ctl -A $service -s rr
	ctl -E $service -s wrr -p 60
	ctl -a $service $server -m -x 1
	ctl -e $service $server -m -w 3 -x 1
}
wait_until 10 await 4 "$heard"
assert_eq "$(<"$heard")" "+ -A $service -s rr
~ -E $service -s wrr -p 60
+ -a $service $server -m -w 1 -x 1
~ -e $service $server -m -w 3 -x 1" "changes"
: >"$heard"
# shellcheck disable=SC2086
ctl -E $service -s wrr
wait_until 10 await 1 "$heard"
: >"$heard"
peers_give rs1 open one "$VIP4" 80 5001
wait_until 10 await 2 "$heard"
assert_eq "$(sed 's/ --state .*//' "$heard" | sort)" \
	"+ conn $service $server --client ${CLIENT4}:5001
+ overload $service $server" "traffic"
: >"$heard"
# shellcheck disable=SC2086
ctl conn flush $server
wait_until 10 await 2 "$heard"
assert_eq "$(sort "$heard")" \
	"- conn $service $server --client ${CLIENT4}:5001 --state ESTABLISHED
- overload $service $server" "its end"
: >"$heard"
# shellcheck disable=SC2086
{
	ctl -d $service $server
	ctl -D $service
}
wait_until 10 await 2 "$heard"
assert_eq "$(<"$heard")" "- -d $service $server
- -D $service" "removals"

wait_until 10 await 11 "$objects"
# To miss any takes a hundred thousand: what that looks like is a file.
assert_match "$(python3 tests/selftest/json_check.py events "$objects" tests/golden/missed.out)" \
	'^13 documents$' "the schema"
python3 - "$objects" "$VIP4" <<'END' || fail "the objects"
import json, sys
events = [json.loads(line) for line in open(sys.argv[1])]
conns = [e for e in events if e["event"] == "connection"]
assert [e["ended"] for e in conns] == [False, True], conns
assert conns[0]["client"]["port"] == 5001
events = [e for e in events if e["event"] != "connection"]
assert [e["event"] for e in events] == ["service", "service", "real-server", "real-server",
    "service", "overload", "overload", "real-server", "service"], events
assert [e.get("change") for e in events[:5]] == ["added", "changed", "added", "changed", "changed"]
assert events[0]["service"]["address"] == sys.argv[2]
assert events[1]["service"]["persistence"]["timeout"] == 60
assert events[3]["real_server"]["weight"] == 3
assert [e["overloaded"] for e in events[5:7]] == [True, False]
config = [e for e in events if e["event"] in ("service", "real-server")]
numbers = [e["number"] for e in config]
assert numbers == list(range(numbers[0], numbers[0] + 7)), numbers
assert [e["generation"] for e in config] == sorted({e["generation"] for e in config})
assert all(e["port_id"] for e in config)
assert [e["time"] for e in events] == sorted(e["time"] for e in events)
END

# Who reads its output does not any more, and the pipe is full.
mkfifo "$NFVS_TMP/unread"
exec {unread}<>"$NFVS_TMP/unread"
spawn in_ns "$NS_D" build/bin/ipvsctl monitor config --json >"$NFVS_TMP/unread"
stuck=$!
heard_of() {
	ctl -A -f 1 -s rr
	ctl -D -f 1
	read -r -t 0 -u "$unread"
}
wait_until 10 heard_of
seq 10 600 | sed 's/.*/-A -f & -s rr/' | ctl -R
kill -TERM $stuck
status=0
wait $stuck || status=$?
assert_eq $status 143 "status of who was stuck"

# By the signal itself, unless it waits.
for program in $text $json; do
	kill -TERM "$program"
	status=0
	wait "$program" || status=$?
	assert_match "$status" '^(0|143)$' "status of who was listening"
done
