#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Shared by the set-up scripts and the VM harness: where the cache is, which kernels lie in it,
# and how to say something.  Sourced, never run.

set -Eeuo pipefail
# errexit alone would end a script without a word.
trap 'echo "${0##*/}: line $LINENO: \"$BASH_COMMAND\" failed" >&2' ERR

NFVS_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
NFVS_CACHE=$(realpath -m "${NFVS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/nfvs}")
# The Debian release whose kernel, backports and user space the tests run on.
# shellcheck disable=SC2034 # read by the scripts that source this one
NFVS_SUITE=bookworm
# Series of stock kernels that are tested, oldest first; the first one is the default.
# shellcheck disable=SC2034
NFVS_SERIES=(6.1 6.12)
export NFVS_TOP NFVS_CACHE

say() {
	printf '  %-8s %s\n' "$1" "$2" >&2
}

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# The release of the newest unpacked kernel of a series ("6.1" -> "6.1.0-56-amd64"); fails when
# there is none.
kernel_release() {
	local dir releases=()

	for dir in "$NFVS_CACHE/kernels/$1".*; do
		[ -e "$dir/vmlinuz" ] && releases+=("${dir##*/}")
	done
	[ ${#releases[@]} -gt 0 ] || return 1
	printf '%s\n' "${releases[@]}" | sort -V | tail -n 1
}

# Serialises whoever fills one part of the cache: two checks started side by side would otherwise
# unpack the same kernel twice into the same place.
lock_cache() {
	mkdir -p "$NFVS_CACHE"
	exec {NFVS_LOCK_FD}>"$NFVS_CACHE/.lock-$1"
	if ! flock -n "$NFVS_LOCK_FD"; then
		say WAIT "another set-up fills $NFVS_CACHE ($1)"
		flock "$NFVS_LOCK_FD"
	fi
}

# A short digest of the files named, the key of what was made from them.
digest() {
	cat -- "$@" | sha256sum | cut -c1-12
}
