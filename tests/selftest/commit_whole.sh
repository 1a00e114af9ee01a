#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A transaction whose last item is wrong changes nothing, however large it is; and who lists the
# table while transactions change it sees each of them whole or not at all.
#
# time: 60

. tests/selftest/lib.sh
. tests/selftest/topo.sh

setup_ns NS_D
in_ns "$NS_D" python3 tests/selftest/commit_whole.py "$(by_kernel 100000 20000)" 5000
