# SPDX-License-Identifier: GPL-2.0-or-later
#
# The debug kernels (K=uml, K=smp): the selftests on kernels that notice what a stock one keeps
# silent about.  tests/vm/kernel/ has their configurations, tests/vm/build-debug-kernel makes them.

# Where the kernel lies.  Asked only by recipes, after it was built.
debug_kernel = $(shell tests/vm/build-debug-kernel $(1) cached)

define debug_module
$(build)/$(1)/nfvs.ko: | debug-kernel-$(1)
$(call kmod_kernel,$(1),$$(call debug_kernel,$(1))/build,NFVS_DEBUG=y)
endef

.PHONY: debug-kernel-uml debug-kernel-smp
debug-kernel-uml debug-kernel-smp: debug-kernel-%:
	$(Q)tests/vm/build-debug-kernel $* >/dev/null

ifneq ($(wildcard $(KMOD_SRC)/Kbuild),)
$(foreach kind,uml smp,$(eval $(call debug_module,$(kind))))
endif

# Building a debug kernel takes long.  DEBUG=cached, which CI says, runs on it only where it lies in
# the cache; otherwise it is built first.
DEBUG ?= build

define check_debug
	$(Q)if [ '$(DEBUG)' = cached ] && ! tests/vm/build-debug-kernel $(1) cached >/dev/null; then \
		echo '1..0 # SKIP no debug kernel $(1) in the cache; "make check-$(1)" builds it'; \
	else \
		echo '# debug kernel $(1): the selftests run on it'; \
		$(MAKE) vm K=$(1); \
	fi
endef

.PHONY: check-uml check-smp check-debug
check-uml: ## the selftests on the User Mode Linux debug kernel
	$(call check_debug,uml)

check-smp: ## the same on the SMP debug kernel, for races
	$(call check_debug,smp)

check-debug: ## the selftests on both debug kernels
	$(Q)$(MAKE) check-uml
	$(Q)$(MAKE) check-smp
