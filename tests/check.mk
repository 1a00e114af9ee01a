# SPDX-License-Identifier: GPL-2.0-or-later
#
# The house checks.  tests/tools/house-checks says what each of the two consists of.

.PHONY: style static format
style: ## check layout, sizes, licences, wording, commit messages
	$(Q)tests/tools/house-checks style

static: ## W=1 and -Werror for every unpacked kernel, sparse, clang-tidy
	$(Q)tests/tools/house-checks static

format: ## let clang-format lay out the sources
	$(Q)clang-format-14 -i $(filter-out kmod/nl/gen.% libipvsctl/gen/%,\
		$(wildcard kmod/*.[ch] kmod/*/*.[ch] libipvsctl/*.[ch]pp libipvsctl/*/*.[ch]pp \
		include/ipvsctl/*.hpp tool/*.[ch]pp tool/*/*.[ch]pp tests/unit/*.[ch]pp \
		tests/fuzz/*.[ch]pp))
