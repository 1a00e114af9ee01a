#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The example in C++: requests go to the real servers that a folder names, as it changes; what others
# change is put right; nothing happens to a service that is not there.

. tests/selftest/lib.sh
. tests/selftest/topo.sh

folder=$NFVS_TMP/servers
log=$NFVS_TMP/log

# serve ENDPOINT WEIGHT: a whole file, at once.
serve() {
	echo "$2" >"$NFVS_TMP/file"
	mv "$NFVS_TMP/file" "$folder/$1"
}

# requests_are COUNT TALLY: so many requests are answered so.
requests_are() {
	[ "$(http_get "$NS_C" "http://$VIP4" "$1" | tally)" = "$2" ]
}

topo_up 3
for i in 1 2 3; do
	start_http "${NS_S[i]}" "rs$i"
done
mkdir "$folder"
serve "${RS4[1]}:80" 1
echo "notes" >"$folder/README"
spawn in_ns "$NS_D" build/daemons/follow-directory "$VIP4:80" "$folder" >"$log"
daemon=$!

# The service comes later, and has nobody at first.
ctl -A -t "$VIP4:80" -s wrr
wait_until 10 requests_are 2 "2 rs1"
serve "${RS4[2]}:80" 3
wait_until 10 requests_are 4 "1 rs1, 3 rs2"
serve "${RS4[1]}:80" 0
serve "${RS4[3]}:80" 3
wait_until 10 requests_are 4 "2 rs2, 2 rs3"
rm "$folder/${RS4[2]}:80"
wait_until 10 requests_are 3 "3 rs3"

# Somebody else meddles.
ctl -d -t "$VIP4:80" -r "${RS4[3]}:80"
wait_until 10 requests_are 2 "2 rs3"
ctl -a -t "$VIP4:80" -r "${RS4[2]}:80" -m
wait_until 10 requests_are 3 "3 rs3"
ctl -C
kill -0 "$daemon" || fail "the daemon has ended"
ctl -A -t "$VIP4:80" -s rr
wait_until 10 requests_are 2 "2 rs3"
assert_match "$(sort -u "$log" | tr "\n" " ")" "^([0-9]+ changes )+\$" "what the daemon says"
