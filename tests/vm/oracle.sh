#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a kernel must look like after a case, and after all of them.  Each check prints what is
# wrong, a line each, and nothing when all is well.  Sourced by guest-run after modules.sh.

SPLAT='BUG:|WARNING:|INFO: task|rcu.*stall|KASAN|KCSAN|KMSAN|UBSAN|refcount_t:|possible .* locking'
SPLAT+='|suspicious RCU|ODEBUG|unregister_netdevice: waiting|scheduling while atomic'
SPLAT+='|sleeping function|Oops|general protection|page allocation failure|[Ii]nvalid wait context'
# The kernel's own words at boot, which only look like trouble.
HARMLESS='kasan: KernelAddressSanitizer|UBSAN: .*enabled|WARNING: Spectre|Kernel memory leak detector'

# A slab cache that cannot have its folder in sysfs leaves its name behind, in 6.1; only who lets
# allocations fail sees that.
without_slab_names() {
	awk '/^unreferenced object/ { show(); found = "" }
		{ found = found $0 "\n" }
		END { show() }
		function show() { if (found !~ / sysfs_slab_add\+/) printf "%s", found }'
}

# splats_since MARKER: splats after the line of the log that holds the marker; "." means all.
#
# nf_tables of 6.1 walks its lists under a mutex that it tells PROVE_RCU_LIST nothing about; the
# place stands two lines below the warning.
splats_since() {
	dmesg | awk -v marker="$1" -v splat="$SPLAT" -v harmless="$HARMLESS" '
		$0 ~ marker { found = 1 }
		!found { next }
		/WARNING: suspicious RCU usage/ { warning = $0; next }
		warning && /\.c:[0-9]+ / {
			if (!/ net\/netfilter\/(nf_tables|nft)_[a-z_]*\.c:/)
				print warning
			warning = ""
		}
		$0 ~ splat && $0 !~ harmless
		END { if (warning) print warning }'
}

# Programs that cases have left behind, a line each: each case has a session of its own, while the
# harness stays in that of its init, which the kernel's threads are in, too.  Looked up here, since
# starting ps takes a guest longer than all of this.
user_processes() {
	local file line own fields arguments

	read -r line </proc/$$/stat
	read -r _ _ _ own _ <<<"${line##*) }"
	for file in /proc/[0-9]*; do
		# It may have ended meanwhile.
		{ read -r line <"$file/stat"; } 2>/dev/null || continue
		read -r -a fields <<<"${line##*) }"
		[ "${fields[3]}" != "$own" ] || continue
		mapfile -d '' arguments 2>/dev/null <"$file/cmdline" || continue
		echo "${file#/proc/} ${arguments[*]}"
	done
}

# holds_within SECONDS COMMAND...: succeeds as soon as the command prints nothing.
holds_within() {
	local deadline=$((SECONDS + $1 * ${NFVS_SLOW:-1}))

	shift
	until [ -z "$("$@")" ]; do
		[ $SECONDS -lt $deadline ] || return 1
		pause 0.1
	done
}

leaked_namespaces() {
	local path

	for path in /run/netns/*; do
		[ ! -e "$path" ] || echo "${path##*/}"
	done
}

# A namespace whose name is gone lives on while a process or a reference of the kernel holds it;
# only those that a process holds can be seen from here.
held_namespaces() {
	lsns -t net -n -o NS | tail -n +2
}

# Taint bits other than O (out of tree), E (unsigned) and N (test).
check_taint() {
	local taint

	taint=$(cat /proc/sys/kernel/tainted)
	taint=$((taint & ~(4096 | 8192 | 262144)))
	[ $taint -eq 0 ] || echo "kernel is tainted: $taint"
}

# Lockdep reports once and then is off: what ran after that ran unwatched.
check_lockdep() {
	[ -e /proc/lockdep_stats ] || return 0
	grep -q 'debug_locks: *1' /proc/lockdep_stats || echo "lockdep has switched itself off"
}

# What a sanitizer watches, calls it; a module that was compiled without would pass every test.
check_sanitizers() {
	local calls

	[ -e /proc/lockdep_stats ] || return 0
	for calls in __asan_ __ubsan_handle_; do
		grep -q "$calls" "$NFVS_BUILD/nfvs.ko" || echo "the module has no calls of $calls*"
	done
}

# Where kmemleak is compiled in, it is still off unless asked for.
kmemleak_is_on() {
	grep -q kmemleak=on /proc/cmdline
}

# Scans are made by check_kmemleak only: one at a random moment takes what is just being moved
# from list to list for a leak.
kmemleak_clear() {
	local leaks=/sys/kernel/debug/kmemleak word

	kmemleak_is_on || return 0
	for word in scan=off scan clear; do
		echo $word >$leaks
	done
}

# kmemleak reports an object only when it is 5 seconds old, and what was freed through RCU
# meanwhile only disappears at a later scan: so it scans until all that is left is old enough, and
# once more.
check_kmemleak() {
	local leaks=/sys/kernel/debug/kmemleak old_enough=$((SECONDS + 6))

	kmemleak_is_on || return 0
	until [ $SECONDS -ge $old_enough ]; do
		echo scan >$leaks
		pause 0.5
	done
	echo scan >$leaks
	without_slab_names <$leaks | head -n 60
}

check_slabs() {
	[ -e /proc/slabinfo ] || return 0
	grep -o '^nfvs_[^ ]*' /proc/slabinfo | sed 's/$/: slab cache left behind/'
}

# The oracle after the last case; the balancer is unloaded by it.
clean_kernel() {
	holds_within 5 leaked_namespaces || leaked_namespaces | sed 's/$/: namespace left behind/'
	holds_within 5 held_namespaces || echo "a network namespace is still held by a process"
	unload_module 2>&1 || echo "the module cannot be unloaded within 10 s"
	check_slabs
	check_kmemleak
	check_taint
	check_lockdep
	check_sanitizers
	splats_since .
}
