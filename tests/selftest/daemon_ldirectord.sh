#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Debian's ldirectord, unmodified (it runs ipvsadm): real servers come and go by its checks, one is
# quiesced (quiescent=yes), a changed configuration is taken over, and its end removes its services.
#
# module: both
# time: 90
# kernels: stock

. tests/selftest/lib.sh
. tests/selftest/topo.sh

require_command ldirectord
conf=$NFVS_TMP/ldirectord.cf

# Its checker processes look for it here.
mkdir -p /etc/ha.d /run/ldirectord /var/log

# configure WEIGHT
configure() {
	cat >"$conf" <<-END
		checktimeout = $((3 * NFVS_SLOW))
		checkinterval = 1
		checkcount = 1
		autoreload = no
		fork = no
		logfile = "$NFVS_TMP/log"
		virtual = $VIP4:80
		        real = ${RS4[1]}:80 masq $1
		        real = ${RS4[2]}:80 masq $1
		        quiescent = no
		        service = http
		        scheduler = wrr
		        protocol = tcp
		        checktype = negotiate
		        request = "/"
		        receive = "rs"
		virtual = $VIP4:8080
		        real = ${RS4[1]}:80 masq 1
		        real = ${RS4[2]}:80 masq 1
		        quiescent = yes
		        service = http
		        scheduler = wlc
		        protocol = tcp
		        checktype = connect
		virtual6 = [$VIP6]:80
		        real6 = [${RS6[1]}]:80 masq 2
		        real6 = [${RS6[2]}]:80 masq 2
		        quiescent = no
		        service = http
		        scheduler = rr
		        protocol = tcp
		        checktype = connect
	END
}

# The table on one line: "VIP:PORT> server=weight ...".
table() {
	ctl -Ln | awk '
		/^(TCP|UDP)/ { printf "%s%s>", n++ ? " " : "", $2 }
		$1 == "->" && n { printf " %s=%s", $2, $4 }
		END { print "" }'
}

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
configure 3
spawn in_ns "$NS_D" ldirectord -d "$conf" start >"$NFVS_TMP/log" 2>&1
ldirectord=$!
becomes "$VIP4:80> ${RS4[1]}:80=3 ${RS4[2]}:80=3" \
	"$VIP4:8080> ${RS4[1]}:80=1 ${RS4[2]}:80=1" \
	"[$VIP6]:80> [${RS6[1]}]:80=2 [${RS6[2]}]:80=2"

stop $http2
becomes "$VIP4:80> ${RS4[1]}:80=3" \
	"$VIP4:8080> ${RS4[1]}:80=1 ${RS4[2]}:80=0" \
	"[$VIP6]:80> [${RS6[1]}]:80=2"
start_http "${NS_S[2]}" rs2
becomes "$VIP4:80> ${RS4[1]}:80=3 ${RS4[2]}:80=3" \
	"$VIP4:8080> ${RS4[1]}:80=1 ${RS4[2]}:80=1" \
	"[$VIP6]:80> [${RS6[1]}]:80=2 [${RS6[2]}]:80=2"

configure 5
kill -HUP $ldirectord
becomes "$VIP4:80> ${RS4[1]}:80=5 ${RS4[2]}:80=5" \
	"$VIP4:8080> ${RS4[1]}:80=1 ${RS4[2]}:80=1" \
	"[$VIP6]:80> [${RS6[1]}]:80=2 [${RS6[2]}]:80=2"

kill $ldirectord
becomes ""
