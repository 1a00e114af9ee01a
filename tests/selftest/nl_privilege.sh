#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whoever is not root of the machine can neither read nor change anything, under either name of
# the family, also not as root of a user namespace with a network namespace of its own; he has no
# settings there, and naming the family does not load the module.
#
# module: self
# time: 30

. tests/selftest/lib.sh

require_command setpriv unshare
[ "$(cat /proc/sys/user/max_user_namespaces)" -gt 0 ] || skip "needs user namespaces"

setup_ns NS_D
nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all)
probe() {
	"$@" python3 tests/selftest/nl_probe.py NFVS extra
	"$@" python3 tests/selftest/nl_probe.py IPVS extra
}
all_refused=$'18 refused EPERM\n18 refused EPERM'

# Asking for a family makes the kernel look for a module of that name.
assert_eq "$(in_ns "$NS_D" "${nobody[@]}" python3 tests/selftest/nl_probe.py NFVS)" "no family" \
	"nothing is loaded"
assert_eq "$(balancer_loaded)" none "balancer that was loaded by naming it"
"${nobody[@]}" modprobe nfvs 2>/dev/null && fail "the module was loaded by nobody"
"${nobody[@]}" insmod "$NFVS_BUILD/nfvs.ko" 2>/dev/null && fail "the module was loaded by nobody"

load_module nfvs
CTL=$(default_ctl)
export CTL
ctl -A -t 10.0.0.1:80 -s rr
ctl -a -t 10.0.0.1:80 -r 10.0.1.1:80 -m
before=$(ctl -Ln)

assert_eq "$(probe in_ns "$NS_D" "${nobody[@]}")" "$all_refused" "a user, in the namespace"
[ -e /proc/sys/net/ipv4/vs/conn_max ] || fail "no settings where there should be some"
in_ns "$NS_D" "${nobody[@]}" bash -c 'echo 5 2>/dev/null >/proc/sys/net/ipv4/vs/conn_max' &&
	fail "a user has changed a setting"

# Root of a user namespace, in the director's network namespace and in one of his own.
assert_eq "$(probe in_ns "$NS_D" "${nobody[@]}" unshare --user --map-root-user)" "$all_refused" \
	"root of a user namespace, in a namespace of ours"
own=(unshare --user --map-root-user --net --mount --mount-proc --pid --fork)
assert_eq "$(probe "${nobody[@]}" "${own[@]}")" "$all_refused" \
	"root of a user namespace, in a namespace of his own"
assert_eq "$("${nobody[@]}" "${own[@]}" find /proc/sys/net/ -name 'vs' -o -name 'nfvs')" "" \
	"settings in a namespace of his own"

assert_eq "$(ctl -Ln)" "$before" "the table"
