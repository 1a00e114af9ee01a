#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The fast path as each service has it (services.sh), IPv4; and that the setting is kept, listed,
# saved and restored.
#
# module: nfvs
# time: 120

. tests/selftest/lib.sh
. tests/selftest/services.sh
. tests/selftest/settings.sh

services_take_their_path $VIP4
setting_is_kept fastpath off
peers_give ok udp again $VIP4 80
ask again
assert_eq "$(took fast ask again)" 0 "packets of the restored service"
setting_is_forgotten fastpath
assert_eq "$(took fast ask again)" 2 "packets of a service with the default"
assert_fails 'invalid fastpath setting .never. specified' \
	ctl -E -u "$VIP4:80" -s rr --fastpath never
