#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Of the cases about the fast path.  Sourced after peers.sh.
#
#	ask ID		two packets of a connection that is known: a datagram and its echo
#	both_fast ID	whether both take the fast path

ask() {
	peers_give rs1 ask "$1"
}

both_fast() {
	[ "$(took fast ask "$1")" = 2 ]
}
