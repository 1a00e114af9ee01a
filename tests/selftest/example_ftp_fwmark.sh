#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Documentation/examples/ftp-fwmark.sh: FTP with direct routing, by firewall mark and persistence.
# Whatever a client transfers, passive or active, comes from the real server that greeted him.
#
# module: nfvs
# kernels: stock

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/examples.sh

require_command vsftpd iptables

# start_ftp HOST: serves a file "name", which holds the host's name.
start_ftp() {
	local dir=$NFVS_TMP/ftp-$1

	mkdir -p "$dir/empty"
	echo "file of $1" >"$dir/name"
	# vsftpd takes only a configuration that is root's.
	cat "$EXAMPLES/ftp-fwmark.vsftpd.conf" - >"$dir.conf" <<-END
		ftpd_banner=$1
		anon_root=$dir
		secure_chroot_dir=$dir/empty
		background=NO
		isolate_network=NO
	END
	spawn in_ns "${HOST[$1]}" vsftpd "$dir.conf"
	wait_until 10 listens "${HOST[$1]}" -t 21
}

# fetch CLIENT: who greets and who sends the file, twice each with EPSV and EPRT over one control
# connection, and with PASV over another; and how often the server went along with EPRT and, naming
# the virtual address, with PASV.
fetch() {
	local url=ftp://203.0.113.10/name common=(-sS -v --interface "$1" --max-time $((5 * NFVS_SLOW)))

	{
		in_ns "$NS_C" curl "${common[@]}" $url $url --next "${common[@]}" --ftp-port "$1" $url $url
		in_ns "$NS_C" curl "${common[@]}" --disable-epsv --no-ftp-skip-pasv-ip $url $url
	} >"$NFVS_TMP/said" 2>&1 || fail "curl: $(<"$NFVS_TMP/said")"
	sed -n 's/\r$//; s/^< 220 /greeted by /p; /^file of/p; s/^< 200 EPRT .*/active/p
		s/^< 227 .*(203,0,113,10,.*/passive/p' "$NFVS_TMP/said" | tally_lines
}

tally_lines() {
	sort | uniq -c | sed 's/^ *//' | paste -s -d ,
}

# bound_to: which real server each client's connections go to.
bound_to() {
	ctl -Lnc | awk '$1 == "TCP" { sub(/:.*/, "", $4); sub(/:.*/, "", $6); print $4, $6 }' | sort -u
}

network_dr
start_ftp rs1
start_ftp rs2
remember_hosts director rs1 rs2
for host in rs1 rs2; do
	on $host ftp-fwmark.sh real start
done
on director ftp-fwmark.sh director start
on director ftp-fwmark.sh director start
servers=(rs2 rs1 rs2)
for i in "${!CLIENTS4[@]}"; do
	assert_eq "$(fetch "${CLIENTS4[i]}")" \
		"2 active,6 file of ${servers[i]},2 greeted by ${servers[i]},2 passive" "client $((i + 1))"
done
assert_eq "$(bound_to)" "198.51.100.7 203.0.113.12
198.51.100.8 203.0.113.11
198.51.100.9 203.0.113.12" "real servers of the clients"
assert_match "$(on director ftp-fwmark.sh director status)" \
	"MARK .*FWM  21 wrr persistent 300.*198.51.100.9:[0-9]+ +203.0.113.10:20 +203.0.113.12:20" \
	"the director's status"

on director ftp-fwmark.sh director stop
for host in rs1 rs2; do
	on $host ftp-fwmark.sh real stop
done
assert_as_before
