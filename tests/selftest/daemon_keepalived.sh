#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Debian's keepalived, unmodified: real servers come and go by its health checks (TCP, HTTP, a
# script), one is quiesced instead (inhibit_on_failure), a reload changes weights, adds and removes,
# and its end leaves an empty table and the timeouts as they were.
#
# module: both
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh

require_command keepalived
conf=$NFVS_TMP/keepalived.conf

# What checks a real server: a connection, a request, a program.  One that is dead says so at once;
# one that is slow is not.
patience=$((2 * NFVS_SLOW))
tcp_check="TCP_CHECK {
connect_timeout $patience
}"
http_check="HTTP_GET {
url {
path /
status_code 200
}
connect_timeout $patience
}"
script_check="MISC_CHECK {
misc_path \"/bin/test -e $NFVS_TMP/healthy\"
misc_timeout $patience
}"

# virtual_server VIP PORT PROTOCOL WEIGHT CHECK [LINE]: on all real servers; the line is for each.
virtual_server() {
	local vip=$1 port=$2 protocol=$3 weight=$4 check=$5 line=${6:-} server

	cat <<-END
		virtual_server $vip $port {
		lvs_sched wrr
		lvs_method NAT
		protocol $protocol
		delay_loop 1
		retry 1
		delay_before_retry 1
	END
	for server in $(servers_of "$vip"); do
		cat <<-END
			real_server $server $port {
			weight $weight
			$line
			$check
			}
		END
	done
	echo "}"
}

globals="global_defs {
lvs_flush_on_stop VS
lvs_timeouts tcp 700 tcpfin 90 udp 200
script_user root
enable_script_security
process_names
}"

# The table on one line: "VIP:PORT> server=weight ...".
table() {
	ctl -Ln | awk '
		/^(TCP|UDP)/ { printf "%s%s>", n++ ? " " : "", $2 }
		$1 == "->" && n { printf " %s=%s", $2, $4 }
		END { print "" }'
}

# becomes TABLE: waits for it, and shows the present one if it does not come.
becomes() {
	(wait_until 20 prints "$*" table) || {
		tail -n 30 "$NFVS_TMP/log"
		assert_eq "$(table)" "$*" "table"
	}
}

topo_up 2
start_http "${NS_S[1]}" rs1
start_http "${NS_S[2]}" rs2
http2=$!
touch "$NFVS_TMP/healthy"
before=$(ctl -L --timeout)
{
	echo "$globals"
	virtual_server $VIP4 80 TCP 3 "$tcp_check"
	virtual_server $VIP6 80 TCP 1 "$http_check" inhibit_on_failure
	virtual_server $VIP4 53 UDP 2 "$script_check"
} >"$conf"
spawn in_ns "$NS_D" keepalived --dont-fork --log-console --no-syslog --check --use-file "$conf" \
	--pid "$NFVS_TMP/pid" --checkers_pid "$NFVS_TMP/checkers" >"$NFVS_TMP/log" 2>&1
keepalived=$!

tcp="$VIP4:80>" http="[$VIP6]:80>" udp="$VIP4:53>"
becomes "$tcp ${RS4[1]}:80=3 ${RS4[2]}:80=3" \
	"$udp ${RS4[1]}:53=2 ${RS4[2]}:53=2" \
	"$http [${RS6[1]}]:80=1 [${RS6[2]}]:80=1"
assert_eq "$(ctl -L --timeout)" "Timeout (tcp tcpfin udp): 700 90 200" "timeouts"
assert_eq "$(http_get "$NS_C" http://$VIP4 4 | tally)" "2 rs1, 2 rs2" "answers"

# A real server dies: it leaves one service, and stays in the other with weight 0.
stop $http2
becomes "$tcp ${RS4[1]}:80=3" \
	"$udp ${RS4[1]}:53=2 ${RS4[2]}:53=2" \
	"$http [${RS6[1]}]:80=1 [${RS6[2]}]:80=0"
assert_eq "$(http_get "$NS_C" "http://[$VIP6]" 3 | tally)" "3 rs1" "answers without rs2"
# The script says no: the service has nobody left.
rm "$NFVS_TMP/healthy"
becomes "$tcp ${RS4[1]}:80=3" \
	"$udp" \
	"$http [${RS6[1]}]:80=1 [${RS6[2]}]:80=0"

# Both come back.
start_http "${NS_S[2]}" rs2
touch "$NFVS_TMP/healthy"
becomes "$tcp ${RS4[1]}:80=3 ${RS4[2]}:80=3" \
	"$udp ${RS4[1]}:53=2 ${RS4[2]}:53=2" \
	"$http [${RS6[1]}]:80=1 [${RS6[2]}]:80=1"

# Another configuration: a weight, a service less, a service more; connections go on.
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 8080
{
	echo "$globals"
	virtual_server $VIP4 80 TCP 7 "$tcp_check"
	virtual_server $VIP6 80 TCP 1 "$http_check" inhibit_on_failure
	virtual_server $VIP4 8080 TCP 1 "$tcp_check"
} >"$conf"
kill -HUP $keepalived
becomes "$tcp ${RS4[1]}:80=7 ${RS4[2]}:80=7" \
	"$VIP4:8080> ${RS4[1]}:8080=1 ${RS4[2]}:8080=1" \
	"$http [${RS6[1]}]:80=1 [${RS6[2]}]:80=1"

stop $keepalived
assert_eq "$(table)" "" "table after keepalived's end"
assert_eq "$(ctl -L --timeout)" "$before" "timeouts after keepalived's end"
