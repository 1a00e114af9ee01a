/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tests that need a kernel around them.  Built with NFVS_DEBUG only; they run when the module
 * is loaded, and a failure fails the load.
 */
#ifndef NFVS_SELFTEST_SELFTEST_H
#define NFVS_SELFTEST_SELFTEST_H

int nfvs_selftests(void);

bool nfvs_selftest_table(void);
bool nfvs_selftest_table_concurrent(void);
bool nfvs_selftest_wheel(void);

#endif
