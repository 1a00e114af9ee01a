# SPDX-License-Identifier: GPL-2.0-or-later
#
# Programs that selftests run in the guest, where there is no compiler.  They are linked
# statically: a guest need not have the libraries of this machine.

selftest_tools := $(patsubst tests/selftest/tools/%.c,$(build)/selftest/%,\
	$(wildcard tests/selftest/tools/*.c))

.PHONY: selftest-tools
selftest-tools: $(selftest_tools)

$(build)/selftest/%: tests/selftest/tools/%.c
	$(call quiet,CC,$@) mkdir -p $(@D)
	$(Q)$(CC) -static -O2 -Wall -Wextra $(if $(WERROR),-Werror) -o $@ $<

# The kernel's own test of IPVS, which lies in the cache, is shown to guests here.
kernel_selftest := $(wildcard $(NFVS_CACHE)/kernel-selftest-*[0-9])

.PHONY: kernel-selftest
kernel-selftest:
	$(Q)mkdir -p $(build)
	$(Q)$(if $(kernel_selftest),cp -ruT $(kernel_selftest) $(build)/kernel-selftest,true)

selftest-tools: kernel-selftest

# For cases of the stock kernels.
$(foreach release,$(kmod_cache_releases),\
	$(eval $(call test_module,$(release),nfvs_sums,tests/selftest/sums)))

selftest-tools: $(patsubst %,$(build)/%/nfvs_sums.ko,$(kmod_cache_releases))
