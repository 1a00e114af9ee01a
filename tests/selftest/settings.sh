#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A setting of services that ipvsadm does not know, --NAME VALUE, of a service of UDP at VIP4.
# Sourced after topo.sh.
#
#	setting_is_kept NAME VALUE	by an edit that does not name it; it is listed and saved, but
#					not as ipvsadm, and the saved table is restored
#	setting_is_forgotten NAME	by an edit that says default: it is listed no more

setting_is_kept() {
	local service=$VIP4:80 rules=$NFVS_TMP/rules

	ctl -E -u "$service" -s wlc "--$1" "$2"
	ctl -E -u "$service" -s rr
	assert_match "$(ctl -Ln -u "$service")" "UDP +$service rr $1 $2" "the listing"
	ctl -S -n >"$rules"
	assert_match "$(<"$rules")" "-A -u $service -s rr --$1 $2" "what is saved"
	assert_no_match "$(in_ns "$NS_D" bash -c 'exec -a ipvsadm build/bin/ipvsctl -S -n')" "$1" \
		"what is saved as ipvsadm"
	ctl -C
	ctl_lines <"$rules"
	assert_eq "$(ctl -S -n)" "$(<"$rules")" "the restored table"
}

setting_is_forgotten() {
	ctl -E -u "$VIP4:80" -s rr "--$1" default
	assert_no_match "$(ctl -Ln -u "$VIP4:80")" "$1" "the listing with the default"
}
