#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A private apt: own sources, lists and cache inside the cache folder, so that the machine's own
# apt is neither changed nor relied upon.  The mirror is the one that the machine uses already.
# Sourced after common.sh; offers private_apt_update, apt_private and apt_cache_private.  Whoever
# else uses it is waited for: apt itself would give up.

NFVS_APT=$NFVS_CACHE/apt
NFVS_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# All "URI suite" pairs of the machine's sources.  apt itself is asked, because it reads both
# formats (.list and .sources), and it answers without its lists and without a network.
machine_sources() {
	apt-get update --print-uris 2>/dev/null |
		sed -nE "s|^'([^']*)/dists/([^']+)/(In)?Release'.*|\1 \2|p" | sort -u
}

# Prints "archive-URI security-URI".
debian_mirror() {
	local sources archive security

	sources=$(machine_sources)
	archive=$(awk -v suite="$NFVS_SUITE" '$2 == suite { print $1; exit }' <<<"$sources")
	[ -n "$archive" ] ||
		archive=$(awk '$1 ~ /\/debian\/?$/ { print $1; exit }' <<<"$sources")
	[ -n "$archive" ] || return 1
	security=$(awk '$2 ~ /-security$/ && $1 ~ /debian/ { print $1; exit }' <<<"$sources")
	[ -n "$security" ] || security=${archive%/}-security
	echo "${archive%/} ${security%/}"
}

# replace FILE: by standard input, at once, since somebody may be reading it.
replace() {
	cat >"$1.$$"
	mv "$1.$$" "$1"
}

write_private_apt() {
	local mirror archive security signed="[signed-by=$NFVS_KEYRING]"

	[ -e "$NFVS_KEYRING" ] ||
		die "$NFVS_KEYRING is needed to trust what is downloaded (package debian-archive-keyring)"
	mirror=$(debian_mirror) ||
		die "no Debian mirror in the sources of apt; name one there (suite $NFVS_SUITE)"
	read -r archive security <<<"$mirror"
	mkdir -p "$NFVS_APT"/{state/lists/partial,cache/archives/partial}
	: >"$NFVS_APT/status"
	replace "$NFVS_APT/sources.list" <<-END
		deb $signed $archive $NFVS_SUITE main
		deb $signed $archive $NFVS_SUITE-updates main
		deb $signed $archive $NFVS_SUITE-backports main
		deb $signed $security $NFVS_SUITE-security main
	END
	replace "$NFVS_APT/apt.conf" <<-END
		Dir::Etc::sourcelist "$NFVS_APT/sources.list";
		Dir::Etc::sourceparts "/dev/null";
		Dir::Etc::preferences "/dev/null";
		Dir::Etc::preferencesparts "/dev/null";
		Dir::State "$NFVS_APT/state";
		Dir::State::status "$NFVS_APT/status";
		Dir::Cache "$NFVS_APT/cache";
		APT::Sandbox::User "$(id -un)";
		Acquire::Languages "none";
	END
}

apt_private() {
	flock "$NFVS_CACHE/.lock-apt" apt-get -c "$NFVS_APT/apt.conf" -q -q "$@"
}

apt_cache_private() {
	apt-cache -c "$NFVS_APT/apt.conf" "$@"
}

# Fetches the lists, once per process: whoever calls this is about to download something, and
# lists of another day may name packages that the mirror has dropped since.
private_apt_update() {
	[ -z "${NFVS_APT_FRESH:-}" ] || return 0
	write_private_apt
	say APT "package lists of $NFVS_SUITE, its updates, security and backports"
	apt_private update -o APT::Update::Error-Mode=any ||
		die "the network is needed: the Debian mirror of this machine cannot be reached"
	NFVS_APT_FRESH=1
}
