// SPDX-License-Identifier: GPL-2.0-only
/* Runs the self-tests and says how they went. */

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/printk.h>

#include "selftest/selftest.h"

struct nfvs_selftest {
	const char *name;
	bool (*run)(void);
};

static const struct nfvs_selftest nfvs_tests[] __initconst = {
	{ "connection table", nfvs_selftest_table },
	{ "connection table under concurrent use", nfvs_selftest_table_concurrent },
	{ "connection wheel", nfvs_selftest_wheel },
};

/**
 * nfvs_selftests() - run all self-tests
 *
 * Context: process context, may sleep.
 * Return: 0, or -EINVAL if one failed.
 */
int __init nfvs_selftests(void)
{
	int err = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nfvs_tests); i++) {
		ktime_t start = ktime_get();
		bool pass = nfvs_tests[i].run();

		pr_info("nfvs: self-test %s: %s (%lld ms)\n", nfvs_tests[i].name,
			pass ? "pass" : "FAIL", ktime_ms_delta(ktime_get(), start));
		if (!pass)
			err = -EINVAL;
	}
	return err;
}
