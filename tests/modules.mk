# SPDX-License-Identifier: GPL-2.0-or-later
#
# Kernel modules of the tests, built for each kernel of the cache.

# kbuild writes beside the sources, so each kernel has a tree of links to them, as kmod/ has.
# test_module RELEASE NAME SOURCES: the rule for build/RELEASE/NAME.ko
define test_module
$(build)/$(1)/$(2).ko: FORCE
	$$(call quiet,KMOD,$$@) mkdir -p $(build)/$(1)/$(2)
	$$(Q)cp -rsfT $$(abspath $(3)) $(build)/$(1)/$(2)
	+$$(Q)$(kbuild_ccache) flock $(build)/$(1)/.lock-$(2) $$(MAKE) -C $(NFVS_CACHE)/kernels/$(1)/build \
		M=$$(abspath $(build)/$(1)/$(2)) W=1 KCFLAGS=-Werror modules \
		>$(build)/$(1)/$(2).log 2>&1 || { cat $(build)/$(1)/$(2).log >&2; exit 1; }
	$$(Q)cmp -s $(build)/$(1)/$(2)/$(2).ko $$@ || cp $(build)/$(1)/$(2)/$(2).ko $$@
endef
