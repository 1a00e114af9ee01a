# SPDX-License-Identifier: GPL-2.0-or-later
#
# Running the selftests, and a shell, in the virtual machine.  Set-up comes first and takes a
# moment when nothing is missing; the second make sees the kernels that it has unpacked.

# T=NAME, T='NAME NAME' or a shell pattern: only these cases.
T ?=

.PHONY: vm vm-shell vm-list selftest-tools
vm: ## run the selftests in a virtual machine (K=6.12 T=NAME)
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm lib tool selftest-tools
	$(Q)tests/vm/run --kernel $(K) $(T)

vm-shell: ## a shell in the virtual machine, topology up, module loaded (K=6.12)
	$(Q)tests/setup/setup
	$(Q)$(MAKE) kmod-vm lib tool selftest-tools
	$(Q)tests/vm/run --kernel $(K) --shell

vm-list: ## the selftests that would run (K=6.12 T=NAME)
	$(Q)tests/vm/run --kernel $(K) --list $(T)
