# SPDX-License-Identifier: GPL-2.0-or-later

.PHONY: gen gen-check

gen: ## write what is generated from the netlink specification
	Documentation/netlink/generate

gen-check: ## fail where a generated file differs from the netlink specification
	Documentation/netlink/generate --check
