#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Documentation/examples/mail-web-fwmark.sh: mail and web on one address, by firewall mark and
# persistence.  A client's SMTP, POP3, IMAP and HTTP connections reach one real server.
#
# module: nfvs
# kernels: stock

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/examples.sh

require_command iptables

# start_mail HOST: nginx, which knows web and the three protocols of mail; each says its name.
start_mail() {
	local conf=$NFVS_TMP/mail-$1.conf

	cat >"$conf" <<-END
		daemon off; master_process off; worker_processes 1;
		pid $conf.pid; error_log $conf.log;
		load_module /usr/lib/nginx/modules/ngx_mail_module.so;
		events { worker_connections 64; }
		http {
			access_log off; default_type text/plain;
			client_body_temp_path $NFVS_TMP; proxy_temp_path $NFVS_TMP;
			fastcgi_temp_path $NFVS_TMP; uwsgi_temp_path $NFVS_TMP;
			scgi_temp_path $NFVS_TMP;
			server { listen 80; return 200 "$1\n"; }
		}
		mail {
			server_name $1; auth_http 127.0.0.1/;
			server { listen 25; protocol smtp; smtp_auth none; }
			server { listen 110; protocol pop3; pop3_auth plain apop; }
			server { listen 143; protocol imap; imap_capabilities IMAP4rev1 X-$1; }
		}
	END
	spawn in_ns "${HOST[$1]}" nginx -c "$conf" -e "$conf.log"
	wait_until 10 listens "${HOST[$1]}" -t 143
}

# talk CLIENT PORT LINE...: what the server answers that names it.
talk() {
	printf '%s\r\n' "${@:3}" |
		in_ns "$NS_C" socat -t $((5 * NFVS_SLOW)) - "TCP4:203.0.113.10:$2,bind=$1"
}

# servers_of_client CLIENT: who answers each protocol.
servers_of_client() {
	{
		talk "$1" 25 QUIT
		talk "$1" 110 QUIT
		talk "$1" 143 'a CAPABILITY' 'a LOGOUT'
		web "$1" http://203.0.113.10
	} | grep -o 'rs[12]' | tally
}

network_nat
start_mail rs1
start_mail rs2
remember_hosts director
on director mail-web-fwmark.sh start
on director mail-web-fwmark.sh start
first=$(servers_of_client 198.51.100.7)
assert_match "$first" "^4 rs[12]$" "who answers the first client"
assert_eq "$first, $(servers_of_client 198.51.100.8)" "4 rs2, 4 rs1" "who answers the second client"
assert_eq "$(web 198.51.100.7 http://203.0.113.10 3 | tally)" "3 rs2" "who answers the first again"
assert_match "$(on director mail-web-fwmark.sh status)" "MARK .*FWM  25 wrr" "status"
# A port that is not in the rule is nobody's.
assert_match "$(web 198.51.100.7 http://203.0.113.10:8080)" "failed$" "a port without a mark"

on director mail-web-fwmark.sh stop
on director mail-web-fwmark.sh stop
assert_as_before
