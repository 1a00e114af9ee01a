#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The kernel tree's own end-to-end script for IPVS (tools/testing/selftests), as it is in 6.1 and
# unmodified: direct routing, NAT and a tunnel carry what a client sends.  It asks modprobe for
# ip_vs, which is told to load nfvs, as it might be on a user's machine.  Its times are those of a
# real machine: where it gives a server a fifth of a second, the server is waited for, and clients
# have longer.
#
# module: self
# kernels: stock
# time: 40

. tests/selftest/lib.sh

script=$(find build/kernel-selftest -name ipvs.sh -print -quit 2>/dev/null || true)
[ -n "$script" ] || skip "needs the kernel's own script, which \"make setup\" puts into the cache"
require_command ipvsadm nc socat

needed=$(modinfo -F depends "$NFVS_BUILD/nfvs.ko" | tr , ' ')
in_place=$NFVS_TMP/in-place.conf
echo "install ip_vs modprobe -a $needed && insmod $NFVS_BUILD/nfvs.ko" >"$in_place"
mkdir "$NFVS_TMP/bin"
cat >"$NFVS_TMP/bin/sleep" <<END
#!/bin/sh
[ "\$1" = 0.2 ] || exec $(command -v sleep) "\$@"
until [ -n "\$(ip netns exec ns2 ss -H -ltn 'sport = :8080')" ]; do
	$(command -v sleep) 0.05
done
END
cat >"$NFVS_TMP/bin/timeout" <<END
#!/bin/sh
seconds=\$((\$1 * $NFVS_SLOW))
shift
exec $(command -v timeout) \$seconds "\$@"
END
chmod +x "$NFVS_TMP/bin/"*
output=$(cd "$(dirname "$script")" &&
	PATH=$NFVS_TMP/bin:$PATH MODPROBE_OPTIONS="-C $in_place" ./ipvs.sh 2>&1) || failed=$?
echo "$output"
[ -z "${failed:-}" ] || fail "the script ended with status $failed"
assert_match "$output" 'ipvs\.sh: .*PASS' "what the script says"
assert_eq "$(balancer_loaded)" nfvs "the balancer that it ran on"
[ ! -d /sys/module/ip_vs ] || fail "in-tree ip_vs was loaded"
unload_module
