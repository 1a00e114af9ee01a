# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fuzzing: each tests/fuzz/NAME.cpp is a libFuzzer target, linked with what tests/unit/unit.mk builds
# with coverage and the sanitizers.  Seeds lie in tests/fuzz/seeds/NAME/, a dictionary in
# tests/fuzz/NAME.dict.  F=PATTERN runs only the targets so named, FUZZ_SECONDS says for how long
# each; what it finds is kept in build/fuzz/NAME.found/.

F ?= *
FUZZ_SECONDS ?= 5

fuzz_dir := $(build)/fuzz
fuzz_link := -fsanitize=fuzzer $(unit_san)

fuzz_src := $(sort $(wildcard tests/fuzz/*.cpp))
fuzz_bin := $(fuzz_src:tests/fuzz/%.cpp=$(fuzz_dir)/%)
fuzz_core_bin := $(filter $(fuzz_dir)/core_%,$(fuzz_bin))
fuzz_user_bin := $(filter-out $(fuzz_core_bin),$(fuzz_bin))

$(fuzz_core_bin): $(fuzz_dir)/%: $(unit_obj)/tests/fuzz/%.o $(unit_obj)/libcore.a
	$(call quiet,LINK,$@) mkdir -p $(@D) && $(CHECK_CXX) $(fuzz_link) -o $@ $^

$(fuzz_user_bin): $(fuzz_dir)/%: $(unit_obj)/tests/fuzz/%.o $(unit_obj)/libuser.a \
		$(unit_obj)/libcore.a
	$(call quiet,LINK,$@) mkdir -p $(@D) && $(CHECK_CXX) $(fuzz_link) -o $@ $^ $(unit_libs)

.PHONY: fuzz fuzz-build
fuzz-build: $(fuzz_bin)

fuzz: $(filter $(addprefix $(fuzz_dir)/,$(subst *,%,$(F))),$(fuzz_bin)) ## fuzz what reads foreign bytes (FUZZ_SECONDS=5 F=NAME)
	$(Q)FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run $^

-include $(fuzz_src:%.cpp=$(unit_obj)/%.d)
