#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Where no pages lie beside each other any more the table of connections grows all the same.  The
# module's self-tests make it do so, while larger pieces of memory are refused to them.
#
# module: self
# kernels: uml smp

. tests/selftest/lib.sh
. tests/selftest/faults.sh

pages=$faults/fail_page_alloc
tries=100000

require_file "$pages/min-order"
# What it depends on is there then.
load_module nfvs selftests=0
unload_module
# 32 KiB, which is what the table is made of, and more.
set_fault fail_page_alloc min-order=3 times=$tries probability=100
# The call alone: to start a program takes such pieces, too.
python3 - "$NFVS_BUILD/nfvs.ko" <<'END' || fail "the self-tests fail"
import ctypes
import sys

FINIT_MODULE = 313
with open(sys.argv[1], "rb") as module, open("/proc/self/make-it-fail", "w") as fail:
    while module.read(1 << 20):
        pass
    load = ctypes.CDLL(None).syscall
    fail.write("1")
    fail.flush()
    sys.exit(1 if load(FINIT_MODULE, module.fileno(), b"selftests=1", 0) else 0)
END
assert_between "$(<"$pages/times")" 0 $((tries - 1)) "pieces that might have been refused still"
assert_eq "$(balancer_loaded)" nfvs "balancer loaded in the end"
