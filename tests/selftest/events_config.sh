#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Changes are told to listeners, each once, in order, with all that it takes to know the table from
# events alone; who is too slow sees how many he missed; who may not hear does not.

. tests/selftest/lib.sh
. tests/selftest/topo.sh

setup_ns NS_D
in_ns "$NS_D" python3 tests/selftest/events.py
