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
	$(Q)$(CC) -static -O2 -Wall -Wextra $(if $(WERROR),-Werror) -MMD -MP -o $@ $<

-include $(selftest_tools:=.d)

# Programs that are linked with the library, which lies beside them: the examples, and tests of it.
selftest_daemons := $(patsubst %,$(build)/daemons/%,$(basename $(notdir \
	$(wildcard Documentation/examples/daemon/*.c* tests/selftest/daemons/*.c*))))
selftest_daemon_libs = -L$(build)/lib -lipvsctl -Wl,-rpath,'$$ORIGIN/../lib'
vpath %.c Documentation/examples/daemon tests/selftest/daemons
vpath %.cpp Documentation/examples/daemon tests/selftest/daemons

$(build)/daemons/%: %.cpp $(build)/lib/libipvsctl.so
	$(call quiet,CXX,$@) mkdir -p $(@D)
	$(Q)$(CXX) -O2 $(tool_cxxflags) -o $@ $< $(selftest_daemon_libs)

$(build)/daemons/%: %.c $(build)/lib/libipvsctl.so
	$(call quiet,CC,$@) mkdir -p $(@D)
	$(Q)$(CC) -O2 -std=gnu11 -Wall -Wextra -Wconversion $(if $(WERROR),-Werror) -Iinclude -o $@ $< \
		$(selftest_daemon_libs)

selftest-tools: $(selftest_daemons)

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
