# SPDX-License-Identifier: GPL-2.0-or-later
#
# `make bench`: guest instructions per packet, see tests/bench/README.md.

bench_releases := $(kmod_cache_releases)

# kbuild writes beside the sources, so each kernel has a tree of links to them, as kmod/ has.
define bench_kernel
.PHONY: bench-inject-$(1)
bench-inject-$(1): $(build)/$(1)/nfvs_inject.ko

$(build)/$(1)/nfvs_inject.ko: FORCE
	$$(call quiet,KMOD,$$@) mkdir -p $(build)/$(1)/inject
	$$(Q)cp -rsfT $$(abspath tests/bench/inject) $(build)/$(1)/inject
	+$$(Q)flock $(build)/$(1)/.lock-inject $$(MAKE) -C $(NFVS_CACHE)/kernels/$(1)/build \
		M=$$(abspath $(build)/$(1)/inject) W=1 KCFLAGS=-Werror modules \
		>$(build)/$(1)/inject.log 2>&1 || { cat $(build)/$(1)/inject.log >&2; exit 1; }
	$$(Q)cmp -s $(build)/$(1)/inject/nfvs_inject.ko $$@ || \
		cp $(build)/$(1)/inject/nfvs_inject.ko $$@
endef

$(foreach release,$(bench_releases),$(eval $(call bench_kernel,$(release))))

.PHONY: bench-inject
bench-inject: $(addprefix bench-inject-,$(lastword $(sort $(filter $(K).%,$(bench_releases)))))

.PHONY: bench bench-control bench-profile bench-throughput
bench: ## count instructions per packet and command: ip_vs, nfvs and others
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K)

bench-control: ## count instructions per line of loading and listing a table
	$(Q)$(MAKE) bench BENCH_FAMILIES=

$(build)/bench/profile.so: tests/bench/profile/plugin.c
	$(call quiet,CC,$@) mkdir -p $(@D)
	$(Q)$(CC) -O2 -Wall -Wextra $(if $(WERROR),-Werror) -fPIC -shared -fvisibility=hidden -o $@ $<

bench-profile: $(build)/bench/profile.so ## which functions the instructions per packet are in
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K) --profile

bench-throughput: ## iperf3 through nfvs, ip_vs and plain forwarding, in guest time
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K) --throughput
