#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# SCTP: the states that connections go through, chunk by chunk, with their timeouts and how they are
# counted; which chunks open one, which open it anew; and checksums behind NAT.
#
# module: both
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/wire.sh

topo_up 1
start_wire
for way in "$VIP4 $VIP4 ${RS4[1]} $CLIENT4" "$VIP6 [$VIP6] [${RS6[1]}] $CLIENT6"; do
	read -r vip service real client <<<"$way"
	ctl_lines <<-END
		-A --sctp-service $service:5000 -s rr
		-a --sctp-service $service:5000 -r $real:5001 -m
		-A --sctp-service $service:6000 -s rr
		-a --sctp-service $service:6000 -r $real:6000 -g
	END
	nat=$vip:5000:5001 direct=$vip:6000:6000

	walk sctp "$nat" c:INIT=INIT1 s:INIT-ACK=C-SENT c:COOKIE-ECHO=C-REPLIED \
		s:COOKIE-ACK=ESTABLISHED c:DATA=ESTABLISHED s:SACK=ESTABLISHED \
		c:INIT=ESTABLISHED c:SHUTDOWN=S-RECEIVED s:SHUTDOWN-ACK=S-ACK-SENT \
		c:SHUTDOWN-COMPLETE=CLOSED c:INIT=INIT1
	walk sctp "$nat" c:INIT=INIT1 c:INIT=INIT s:INIT-ACK=C-SENT c:INIT=C-SENT \
		c:COOKIE-ECHO+ABORT=CLOSED
	walk sctp "$nat" c:INIT=INIT1 s:ABORT=REJECTED c:INIT=INIT s:COOKIE-ECHO=C-ECHOED c:ERROR=CLOSED
	walk sctp "$nat" c:INIT=INIT1 s:INIT=C-WAIT c:INIT-ACK=COOKIE s:COOKIE-ECHO=C-ECHOED \
		c:COOKIE-ACK=ESTABLISHED s:SHUTDOWN=S-SENT s:SHUTDOWN-ACK=S-ACK-SENT c:SHUTDOWN-ACK=CLOSED
	walk sctp "$nat" c:INIT=INIT1 s:INIT=C-WAIT c:ABORT=REJECTED
	walk sctp "$nat" c:INIT=INIT1 s:COOKIE-ACK+ABORT=REJECTED
	walk sctp "$nat" c:INIT=INIT1 s:COOKIE-ACK+DATA=ESTABLISHED s:ERROR=ESTABLISHED c:ABORT=CLOSED
	walk sctp "$nat" c:DATA=none c:INIT-ACK=none c:ABORT=none c:INIT=INIT1 s:COOKIE-ACK=ESTABLISHED

	walk sctp "$direct" c:INIT=INIT1 c:COOKIE-ECHO=ESTABLISHED c:HEARTBEAT=ESTABLISHED \
		c:SHUTDOWN=S-RECEIVED c:SHUTDOWN-COMPLETE=CLOSED c:INIT=INIT1
	walk sctp "$direct" c:INIT=INIT1 c:INIT-ACK=C-ECHOED c:COOKIE-ACK=ESTABLISHED c:SHUTDOWN-ACK=CLOSED
	walk sctp "$direct" c:INIT=INIT1 c:COOKIE-ECHO=ESTABLISHED

	assert_eq "$(dest_column "$NS_D" "$real:5001" 5)" 1 "active behind NAT"
	# Some of them last for seconds only.
	assert_between "$(dest_column "$NS_D" "$real:5001" 6)" 4 7 "inactive behind NAT"
	assert_eq "$(dest_column "$NS_D" "$real:6000" 5)" 1 "active by direct routing"
	assert_between "$(dest_column "$NS_D" "$real:6000" 6)" 1 2 "inactive by direct routing"

	set_vs sloppy_sctp=1
	walk sctp "$nat" c:ABORT=none c:DATA=ESTABLISHED
	walk sctp "$nat" c:SHUTDOWN=S-RECEIVED
	walk sctp "$nat" c:UNKNOWN=ESTABLISHED
	walk sctp "$nat" c:INIT-ACK=C-WAIT s:DATA=C-WAIT
	walk sctp "$nat" c:ERROR=CLOSED
	set_vs sloppy_sctp=0
	set_vs conn_reuse_mode=0
	walk sctp "$nat" c:INIT=INIT1 c:SHUTDOWN-COMPLETE=CLOSED c:INIT=INIT
	set_vs conn_reuse_mode=1

	server=${real//[][]/}
	WIRE_PORT+=1
	wire_gives "$client:$WIRE_PORT > $server:5001 checksum good" pass sctp "$nat" $WIRE_PORT c INIT
	wire_gives "$vip:5000 > $client:$WIRE_PORT checksum good" pass sctp "$nat" $WIRE_PORT s INIT-ACK+DATA
	if [ "$NFVS_MODULE" = nfvs ]; then
		# ip_vs makes a good checksum of a bad one.
		wire_gives "$client:$WIRE_PORT > $server:5001 checksum bad" \
			pass bad-sctp "$nat" $WIRE_PORT c DATA
		wire_gives "$vip:5000 > $client:$WIRE_PORT checksum bad" \
			pass bad-sctp "$nat" $WIRE_PORT s DATA
	fi
	for kind in short options; do
		wire_gives "$vip quotes $vip:5000 checksum good" error $kind "$nat" $WIRE_PORT sctp
	done
done
