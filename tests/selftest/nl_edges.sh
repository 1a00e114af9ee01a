#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Names, numbers and flags in netlink messages at the edges of what is accepted, odd headers, many
# messages in one buffer, very large ones: each is accepted or refused as documented, and what is
# refused changes nothing.  No name leads to a search for a module.
#
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh

setup_ns NS_D
searched=$NFVS_TMP/searched
searcher=$(</proc/sys/kernel/modprobe)
printf '#!/bin/sh\necho "$@" >>%s\nexit 1\n' "$searched" >"$NFVS_TMP/modprobe"
chmod +x "$NFVS_TMP/modprobe"
echo "$NFVS_TMP/modprobe" >/proc/sys/kernel/modprobe
in_ns "$NS_D" python3 tests/selftest/nl_edges.py "$(by_kernel 3 1)" && status=0 || status=$?
echo "$searcher" >/proc/sys/kernel/modprobe
[ "$status" = 0 ] || fail "nl_edges.py says why"
[ ! -e "$searched" ] || fail "the kernel was made to look for modules: $(<"$searched")"
