#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whoever is not root of the machine can neither change anything, nor read who the clients are, by
# any door: commands under either name of the family, settings, files; also not as root of a user
# namespace, in a network namespace of ours or of his own, where he has no settings at all.  Nor can
# he have the module loaded: it has no alias that anything in the kernel would look for.
#
# module: self
# time: 40

. tests/selftest/lib.sh

require_command setpriv unshare
[ "$(cat /proc/sys/user/max_user_namespaces)" -gt 0 ] || skip "needs user namespaces"

setup_ns NS_D
nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all)
# Whoever is not root may see nothing of a checkout of root's.
cp tests/selftest/*.py "$NFVS_TMP"
chmod -R a+rX "$NFVS_TMP"
probe() {
	"$@" python3 "$NFVS_TMP/nl_probe.py"
}

# Protocols, families, devices, file systems: what the kernel loads by itself it loads by an alias.
assert_eq "$(modinfo -F alias "$NFVS_BUILD/nfvs.ko")" "" "aliases of the module"
"${nobody[@]}" modprobe nfvs 2>/dev/null && fail "the module was loaded by nobody"
"${nobody[@]}" insmod "$NFVS_BUILD/nfvs.ko" 2>/dev/null && fail "the module was loaded by nobody"
"${nobody[@]}" unshare --user --map-root-user insmod "$NFVS_BUILD/nfvs.ko" 2>/dev/null &&
	fail "the module was loaded by root of a user namespace"

load_module nfvs
CTL=$(default_ctl)
export CTL
ctl -A -t 10.0.0.1:80 -s rr
ctl -a -t 10.0.0.1:80 -r 10.0.1.1:80 -m
before=$(ctl -Ln)

nothing="NFVS: all refused EPERM
IPVS: all refused EPERM
settings, writing: all refused EACCES
settings, both: all refused EACCES
clients: all refused EACCES"
assert_eq "$(probe in_ns "$NS_D" "${nobody[@]}")" "$nothing" "a user, in the namespace"
# Root of a user namespace, in the director's network namespace and in one of his own.
assert_eq "$(probe in_ns "$NS_D" "${nobody[@]}" unshare --user --map-root-user)" "$nothing" \
	"root of a user namespace, in a namespace of ours"
own=(unshare --user --map-root-user --net --mount --mount-proc --pid --fork)
assert_eq "$(probe "${nobody[@]}" "${own[@]}")" "NFVS: all refused EPERM
IPVS: all refused EPERM
settings, writing: none
settings, both: none
clients: all refused EACCES" "root of a user namespace, in a namespace of his own"
assert_eq "$(ctl -Ln)" "$before" "the table"
# Root of the machine can do all of it, so the doors are there.
assert_no_match "$(probe in_ns "$NS_D")" 'EPERM|EACCES|no family|none' "root of the machine"
