#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A tunnel is set up, listed and changed; connections that exist go by what it is now.  Real
# servers of the other family are listed as what they are, in /proc too.
#
# module: both

. tests/selftest/lib.sh
. tests/selftest/topo.sh
. tests/selftest/peers.sh
. tests/selftest/tunnels.sh

listed() {
	ctl -Ln --tun-info | awk '$1 == "->" && $2 != "RemoteAddress:Port" { print $2, $3, $4, $5, $6, $7 }'
}

# What ends depends on the moment.
conns() {
	in_ns "$NS_D" cat /proc/net/ip_vs_conn | awk '$1 == "UDP" { print $6, $7 }'
}

topo_up 2
topo_direct $VIP4 $VIP6
tunnel_ends
start_peers "$NS_C" "${NS_S[@]}"
peers_give ok listen 80

ctl -A -u $VIP4:80 -s rr
ctl -a -u $VIP4:80 -r "[${RS6[1]}]:80" -i --tun-type gue --tun-port $TUNNEL_GUE --tun-csum
peers_give ok udp u $VIP4 80
peers_give rs1 ask u
assert_eq "$(conns)" "fd00:0002:0000:0000:0000:0000:0000:0011 0050" "the connection in /proc"
assert_match "$(listed)" " gue:6080:\+c " "the real server"

# The connection is neither lost nor left to the old tunnel.
ctl -e -u $VIP4:80 -r "[${RS6[1]}]:80" -i --tun-type gre --tun-csum
peers_give rs1 ask u
assert_match "$(listed)" " gre:0?:?\+?c? ?" "the real server after an edit"
ctl -e -u $VIP4:80 -r "[${RS6[1]}]:80" -i
peers_give rs1 ask u
assert_match "$(listed)" " ipip " "the real server after another one"

# Refusals change nothing.
before=$(listed)
assert_fails . ctl -e -u $VIP4:80 -r "[${RS6[1]}]:80" -g
assert_fails . ctl -a -u $VIP4:80 -r "[${RS6[2]}]:80" -m
assert_fails . ctl -a -u $VIP4:80 -r "[${RS6[2]}]:80" -i --tun-type gue
assert_eq "$(listed)" "$before" "the real servers after refusals"

# The real server is this host: what is for it needs no tunnel.
ctl -A -u $VIP4:81 -s rr
ctl -a -u $VIP4:81 -r $DIRECTOR4:81 -i --tun-type gre
start_udp_echo "$NS_D" director 81
assert_eq "$(udp_ask "$NS_C" $VIP4 81)" director "a tunnel to the director"

# The same by direct routing to an address that is this host's alone.
ctl -A -u $VIP4:82 -s rr
ctl -a -u $VIP4:82 -r 127.0.0.1:82 -g
start_udp_echo "$NS_D" director 82
assert_eq "$(udp_ask "$NS_C" $VIP4 82)" director "direct routing to the director"
