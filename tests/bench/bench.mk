# SPDX-License-Identifier: GPL-2.0-or-later
#
# `make bench`: guest instructions per packet, see tests/bench/README.md.

$(foreach release,$(kmod_cache_releases),\
	$(eval $(call test_module,$(release),nfvs_inject,tests/bench/inject)))

.PHONY: bench-inject
bench-inject: $(patsubst %,$(build)/%/nfvs_inject.ko,\
	$(lastword $(sort $(filter $(K).%,$(kmod_cache_releases)))))

.PHONY: bench bench-control bench-profile bench-scale bench-throughput
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

$(build)/bench/kernel-share.so: tests/bench/kernel-share.c
	$(call quiet,CC,$@) mkdir -p $(@D)
	$(Q)$(CC) -O2 -Wall -Wextra $(if $(WERROR),-Werror) -fPIC -shared -o $@ $< -ldl

bench-scale: $(build)/bench/kernel-share.so ## many real servers and connections
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K) --scale

bench-throughput: ## iperf3 through nfvs, ip_vs and plain forwarding, in guest time
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K) --throughput
