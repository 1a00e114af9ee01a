# SPDX-License-Identifier: GPL-2.0-or-later
#
# `make bench`: guest instructions per packet, see tests/bench/README.md.

bench_release := $(call newest,$(filter $(K).%,$(kmod_cache_releases)))

$(foreach release,$(kmod_cache_releases),\
	$(eval $(call test_module,$(release),nfvs_inject,tests/bench/inject)))

.PHONY: bench-inject
bench-inject: $(patsubst %,$(build)/%/nfvs_inject.ko,$(bench_release))

.PHONY: bench bench-cache bench-check bench-control bench-expect bench-locks bench-profile
.PHONY: bench-latency bench-scale bench-smp bench-throughput
bench: ## count instructions per packet and command: ip_vs, nfvs and others
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K)

# The committed figures are those of one kernel.
bench-check bench-expect: bench-%:
	$(Q)tests/setup/setup
	$(Q)$(MAKE) K=6.1 kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel 6.1 --$*

bench-check: bench-expect-test ## the main paths cost no more than tests/bench/expected.json says
bench-expect: ## measure the main paths, and write tests/bench/expected.json

.PHONY: bench-expect-test
bench-expect-test:
	$(Q)tests/bench/expect-test

bench-control: ## count instructions per line of loading and listing a table
	$(Q)$(MAKE) bench BENCH_FAMILIES=

$(build)/bench/profile/%.so: tests/bench/profile/%.c tests/bench/profile/plugin.c \
		tests/bench/profile/plugin.h
	$(call quiet,CC,$@) mkdir -p $(@D)
	$(Q)$(CC) -O2 -Wall -Wextra $(if $(WERROR),-Werror) -fPIC -shared -fvisibility=hidden \
		-o $@ $(filter %.c,$^)

bench-profile: $(build)/bench/profile/instructions.so ## which functions the instructions are in
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K) --profile

bench-locks: $(build)/bench/profile/locks.so ## count locked instructions per packet
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K) --locks

bench-cache: $(build)/bench/profile/cache.so ## count cache misses per packet, in a model
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K) --cache

$(build)/bench/kernel-share.so: tests/bench/kernel-share.c
	$(call quiet,CC,$@) mkdir -p $(@D)
	$(Q)$(CC) -O2 -Wall -Wextra $(if $(WERROR),-Werror) -fPIC -shared -o $@ $< -ldl

bench-scale: $(build)/bench/kernel-share.so ## many real servers and connections
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K) --scale

bench-latency: ## packets while 100 000 services are changed and listed
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K) --latency

bench-smp: ## packets by two processors at once and by one, by the host's clock
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K) --smp

bench-throughput: ## iperf3 through nfvs, ip_vs and plain forwarding, in guest time
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm bench-inject lib tool selftest-tools
	$(Q)tests/bench/run --kernel $(K) --throughput

# A bar that nfvs misses is no reason not to write it down; the ruler has to be right.
.PHONY: bench-page bench-draw
bench-page: ## measure all of Documentation/performance again, and write it
	$(Q)rm -f $(patsubst %,$(build)/bench/%-$(bench_release).json,scale latency smp)
	$(Q)$(MAKE) bench BENCH_FAMILIES='4 6'
	-$(Q)$(MAKE) bench-scale
	-$(Q)$(MAKE) bench-latency
	-$(Q)$(MAKE) bench-smp
	$(Q)$(MAKE) bench-draw

bench-draw: ## write Documentation/performance from what was measured last
	$(Q)tests/bench/page $(build)/bench/$(bench_release).json \
		$(patsubst %,$(build)/bench/%-$(bench_release).json,scale latency smp)
