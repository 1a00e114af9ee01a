#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The module is unloaded while ipvsctl top shows its table: it says so, goes on trying without
# loading the module itself, and shows the table again when somebody has.
#
# module: self
# time: 40

. tests/selftest/lib.sh

load_module nfvs
CTL=$(default_ctl)
setup_ns NS_D
ctl -A -t 10.0.0.1:80 -s rr
LOAD="bash -c '. tests/vm/modules.sh; load_module nfvs'" \
	in_ns "$NS_D" python3 tests/selftest/top.py unload "$PWD/build/bin/ipvsctl" || fail unload
unload_module
