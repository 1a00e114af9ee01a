# SPDX-License-Identifier: GPL-2.0-or-later
#
# One non-recursive make for all of nfvs; every part brings its own fragment.  `make help` lists
# what can be asked for.

# The version is that of the packages' changelog, without what a distribution adds to it.
VERSION := $(shell awk -F '[()]' '{ sub(/[^0-9.].*/, "", $$2); print $$2; exit }' debian/changelog)

.DEFAULT_GOAL := all
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.SUFFIXES:
FORCE:

# V=1 shows each command, WERROR=1 turns warnings into errors (a distribution's newer compiler
# must not break its build, so that is not the default).
V ?= 0
Q := $(if $(filter 1,$(V)),,@)
quiet = $(if $(filter 1,$(V)),,@printf '  %-8s %s\n' $(1) '$(2)' &&)

# The kernel that the VM boots: 6.1, 6.12, or one of the debug kernels, uml and smp.
K ?= 6.1

# Kernel images, headers, the guest's root and the debug kernels: everything that is made once.
NFVS_CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/nfvs
override NFVS_CACHE := $(abspath $(NFVS_CACHE))
export NFVS_CACHE

build := build

PREFIX ?= /usr/local
prefix ?= $(PREFIX)

.PHONY: all kmod lib tool install
all: kmod lib tool ## the module for every kernel found, the library and the tool
install: ## the tool, the library and what restores rules at boot

-include kmod/kmod.mk
-include libipvsctl/build.mk
-include tool/build.mk
-include tool/boot/build.mk
-include tests/unit/unit.mk
-include tests/fuzz/fuzz.mk
-include tests/abi/abi.mk
-include tests/check.mk
-include tests/modules.mk
-include tests/selftest/tools.mk
-include tests/vm/vm.mk
-include tests/vm/debug.mk
-include tests/bench/bench.mk

.PHONY: setup
setup: ## install what is missing, unpack the kernels, make the guest's root
	$(Q)tests/setup/setup

.PHONY: deb
deb: ## Debian packages, in build/deb
	$(Q)tests/setup/setup packages
	$(Q)debian/make-packages $(build)/deb

.PHONY: check-packages
check-packages: ## build, install, boot with, upgrade, remove and purge the packages
	$(Q)tests/setup/setup
	$(Q)tests/packages/run

.PHONY: demo
demo: ## watch real requests being balanced, in a virtual machine
	$(Q)tests/setup/setup packages kernels root
	$(Q)$(MAKE) $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc)) kmod-vm lib tool \
		$(build)/selftest/within
	$(Q)tests/demo/run --kernel $(K)

.PHONY: check
check: ## all that CI runs; the last line counts the tests
	$(Q)tests/tools/run-checks

.PHONY: clean
clean: ## remove build/; the cache ($NFVS_CACHE) stays
	$(Q)rm -rf $(build)

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  %-14s %s\n", $$1, $$2 }' \
		$(MAKEFILE_LIST) | sort
	@echo
	@echo '  K=6.1|6.12|uml|smp   kernel of the VM        T=NAME     only the cases so named'
	@echo '  PREFIX=/usr/local    where to install        DESTDIR=DIR  put before each path'
	@echo '  KVER=RELEASE         kernel of install-kmod  COMPAT=1     names of ipvsadm, too'
	@echo '  WERROR=1             warnings are errors     V=1        show the commands'
	@echo '  NFVS_CACHE=DIR       where kernels and the guest root are kept'
