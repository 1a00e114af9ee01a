# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds kmod/ out of tree, once for each kernel, into build/<release>/nfvs.ko.
#
# kbuild writes its objects beside the sources.  So that kmod/ stays clean and two kernels do not
# share objects, each kernel has a tree of symbolic links to the sources in build/<release>/kmod.
# Links need no copying when a file changes, and a link left dangling tells of a deleted file.

# What can be built for: "release kernel-build-folder" pairs.  The cache comes first: those are
# the kernels that the tests boot.
kmod_cache_kdirs := $(wildcard $(NFVS_CACHE)/kernels/*/build)
kmod_cache_releases := $(patsubst $(NFVS_CACHE)/kernels/%/build,%,$(kmod_cache_kdirs))
kmod_host_releases := $(filter-out $(kmod_cache_releases),\
	$(patsubst /lib/modules/%/build,%,$(wildcard /lib/modules/*/build)))

KMOD_SRC ?= kmod
# The kernel that the module is to run on.
KVER ?= $(shell uname -r)
kmod_cflags := $(if $(WERROR),-Werror)
newest = $(shell printf '%s\n' $(1) | sort -V | tail -n 1)

# Where warnings are errors, what is compiled for the newest kernel is seen by sparse, too, whose
# annotations are the most complete there; it takes longer than the compiler.
kmod_newest := $(call newest,$(kmod_cache_releases))
kmod_sparse = $(if $(filter $(1),$(kmod_newest)),C=1 CF=-Wsparse-error)
kmod_checks = $(if $(filter 1,$(WERROR)),W=1 $(call kmod_sparse,$(1)))

# kbuild has the compiler write down every header that it reads, which saves ccache, where that is
# used, from preprocessing each file to find them.
kbuild_ccache := CCACHE_DEPEND=1

# Names the options of required.config that a kernel lacks, in one sentence.
kmod_check_config = awk -v release='$(1)' '\
	FNR == NR { if (/^CONFIG_/) { sub(/=.*/, ""); need[$$1] = 1 } next } \
	/^CONFIG_[A-Z0-9_]+=[ym]/ { sub(/=.*/, ""); delete need[$$0] } \
	END { for (option in need) { missing = missing " " option; n++ } \
		if (n) { print "nfvs: the kernel " release " lacks" missing ", which nfvs needs." \
			> "/dev/stderr"; exit 1 } }' \
	$(KMOD_SRC)/required.config $(2)/include/config/auto.conf

# kmod_kernel NAME KDIR [MAKE-ARGUMENTS]: the rules that build for one kernel into build/NAME/.
# The module is always remade by kbuild, which knows best what is out of date, but the result is
# touched only when it differs.  The lock keeps two makes in one checkout out of each other's way.
define kmod_kernel
.PHONY: kmod-$(1)
kmod-$(1): $(build)/$(1)/nfvs.ko

$(build)/$(1)/nfvs.ko: FORCE
	$$(Q)$$(call kmod_check_config,$(1),$(2))
	$$(call quiet,KMOD,$$@) mkdir -p $(build)/$(1)/kmod
	$$(Q)find $(build)/$(1)/kmod -xtype l -delete
	$$(Q)cp -rsfT $$(abspath $(KMOD_SRC)) $(build)/$(1)/kmod
	+$$(Q)$(kbuild_ccache) flock $(build)/$(1)/.lock $$(MAKE) -C $(2) M=$$(abspath $(build)/$(1)/kmod) KBUILD_VERBOSE=$(V) $(3) \
		NFVS_VERSION=$(VERSION) KCFLAGS='$(kmod_cflags) $$(KCFLAGS)' modules \
		>$(build)/$(1)/kbuild.log 2>&1 || { cat $(build)/$(1)/kbuild.log >&2; exit 1; }
	$$(Q)grep -A 20 -e 'warning:' $(build)/$(1)/kbuild.log | \
		grep -v -e 'compiler differs from the one' >&2 || true
	$$(Q)cmp -s $(build)/$(1)/kmod/nfvs.ko $$@ || cp $(build)/$(1)/kmod/nfvs.ko $$@
endef

ifneq ($(wildcard $(KMOD_SRC)/Kbuild),)

$(foreach release,$(kmod_cache_releases),\
	$(eval $(call kmod_kernel,$(release),$(NFVS_CACHE)/kernels/$(release)/build,\
		$(call kmod_checks,$(release)))))
$(foreach release,$(kmod_host_releases),\
	$(eval $(call kmod_kernel,$(release),/lib/modules/$(release)/build)))

kmod: $(foreach release,$(kmod_cache_releases) $(kmod_host_releases),kmod-$(release))

# Most want it for the running kernel; the cache may have other ones.
ifeq ($(filter $(KVER),$(kmod_cache_releases) $(kmod_host_releases)),)
kmod_no_headers = echo 'nfvs: there are no headers of the kernel $(KVER), so the module is not' \
	'built for it: apt install linux-headers-$(KVER)' >&2

.PHONY: kmod-no-headers kmod-$(KVER)
kmod: kmod-no-headers
kmod-no-headers:
	@$(kmod_no_headers)
kmod-$(KVER):
	@$(kmod_no_headers); exit 1
endif

endif

# The module for the kernels that the tests boot: all of them, or the one named by K in the newest
# release that the cache has of it.
.PHONY: kmod-cached kmod-vm
kmod-cached: $(addprefix kmod-,$(kmod_cache_releases))
kmod-vm: kmod-$(or $(call newest,$(filter $(K).%,$(kmod_cache_releases))),$(K))

modulesdir ?= /lib/modules
srcdir ?= $(if $(filter /usr/local,$(prefix)),/usr,$(prefix))/src

.PHONY: install-kmod install-dkms
install-kmod: kmod-$(KVER) install-kmod-files ## the module for KVER (the running kernel) into /lib/modules
	install -D -m 644 $(build)/$(KVER)/nfvs.ko $(DESTDIR)$(modulesdir)/$(KVER)/updates/nfvs.ko
	$(if $(DESTDIR),,depmod $(KVER))

# What goes with the module, however it gets there.  The lines that somebody switched on stay so.
.PHONY: install-kmod-files
install-kmod-files:
	install -d $(DESTDIR)$(sysconfdir)/modprobe.d $(DESTDIR)$(mandir)/man7
	install -m 644 Documentation/man/nfvs.7 $(DESTDIR)$(mandir)/man7
	test -e $(DESTDIR)$(sysconfdir)/modprobe.d/nfvs.conf || \
		install -m 644 kmod/modprobe.conf $(DESTDIR)$(sysconfdir)/modprobe.d/nfvs.conf

# What DKMS builds from: kmod/ and its header, without what is here for tests.
kmod_dkms = $(DESTDIR)$(srcdir)/nfvs-$(VERSION)
kmod_required = $(shell sed -n '/^CONFIG_/p' $(KMOD_SRC)/required.config)

install-dkms: install-kmod-files ## the module's sources where DKMS looks for them: dkms install nfvs/VERSION
	install -d $(kmod_dkms)
	find kmod include/uapi -name selftest -prune -o \
		\( -name '*.[ch]' -o -name Kbuild \) -exec cp --parents -t $(kmod_dkms) {} +
	sed -e 's|@version@|$(VERSION)|' -e 's|@required@|$(kmod_required)|' kmod/dkms.conf.in \
		>$(kmod_dkms)/dkms.conf
