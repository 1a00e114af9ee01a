# SPDX-License-Identifier: GPL-2.0-or-later
#
# What programs that were linked with libipvsctl depend on is described by a committed file, so that
# it changes only on purpose.

abi_headers := $(sort $(wildcard include/ipvsctl/*.hpp include/ipvsctl/*.h))

.PHONY: abi abi-check
abi: lib ## describe the library's binary interface anew
	$(Q)tests/abi/describe $(lib_real) $(abi_headers) >tests/abi/libipvsctl.abi

abi-check: lib ## fail where the library's binary interface is not as described
	$(Q)tests/abi/describe $(lib_real) $(abi_headers) >$(build)/lib/libipvsctl.abi
	$(Q)tests/abi/compare tests/abi/libipvsctl.abi $(build)/lib/libipvsctl.abi

.PHONY: install-check
install-check: lib ## compile and run programs against an installed library
	$(Q)tests/install/check
