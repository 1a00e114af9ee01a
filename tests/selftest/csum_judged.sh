#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Damaged packets, and errors about such: that a device has summed them up already
# (CHECKSUM_COMPLETE) changes nothing of what becomes of them.
#
# module: self
# kernels: stock
# time: 60

. tests/selftest/lib.sh
. tests/selftest/packets.sh

sums_off() {
	[ ! -d /sys/module/nfvs_sums ] || rmmod nfvs_sums
}

require_command nft ipvsadm
at_exit sums_off
: >"$NFVS_TMP/none"
for topic in headers errors matrix; do
	told=$NFVS_TMP/$topic
	play_packets nfvs $topic '*bad*' '*csum*' >"$told"
	assert_between "$(grep -c ' counted conns=' "$told")" 10 1000 "cases of $topic"
	insmod "$NFVS_BUILD/nfvs_sums.ko"
	play_packets nfvs $topic '*bad*' '*csum*' >"$told-summed"
	assert_between "$(cat /sys/module/nfvs_sums/parameters/given)" 20 100000 "packets summed up"
	assert_eq "$(cat /sys/module/nfvs_sums/parameters/wrong)" 0 "packets with a sum of others"
	sums_off
	difference=$(python3 tests/selftest/packets_diff.py "$told" "$told-summed" "$NFVS_TMP/none" \
		"$(uname -r)" "$NFVS_TMP/none") ||
		fail "$topic: summed up, packets are treated otherwise"$'\n'"$difference"
done
