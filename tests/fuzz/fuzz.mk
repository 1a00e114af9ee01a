# SPDX-License-Identifier: GPL-2.0-or-later
#
# Fuzzing: each tests/fuzz/NAME.cpp is a libFuzzer target, linked with core/, the library and the
# tool, all built by clang with coverage and the sanitizers.  Seeds lie in tests/fuzz/seeds/NAME/,
# a dictionary in tests/fuzz/NAME.dict.  F=PATTERN runs only the targets so named, FUZZ_SECONDS
# says for how long each; what it finds is kept in build/fuzz/NAME.found/.

F ?= *
FUZZ_SECONDS ?= 5
FUZZ_CC ?= clang-14
FUZZ_CXX ?= clang++-14

fuzz_dir := $(build)/fuzz
fuzz_obj := $(fuzz_dir)/obj
fuzz_flags := -O1 -g -fno-omit-frame-pointer -MMD -MP \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all

fuzz_src := $(sort $(wildcard tests/fuzz/*.cpp))
fuzz_bin := $(fuzz_src:tests/fuzz/%.cpp=$(fuzz_dir)/%)
fuzz_core_bin := $(filter $(fuzz_dir)/core_%,$(fuzz_bin))
fuzz_user_bin := $(filter-out $(fuzz_core_bin),$(fuzz_bin))
fuzz_core_obj := $(core_src:%.c=$(fuzz_obj)/%.o)
fuzz_user_obj := $(user_src:%.cpp=$(fuzz_obj)/%.o)

$(fuzz_obj)/kmod/core/%.o: kmod/core/%.c
	$(call quiet,FUZZCC,$@) mkdir -p $(@D) && \
		$(FUZZ_CC) $(core_cflags) $(fuzz_flags) -c -o $@ $<

$(fuzz_obj)/%.o: %.cpp
	$(call quiet,FUZZCXX,$@) mkdir -p $(@D) && \
		$(FUZZ_CXX) $(unit_cxxflags) $(fuzz_flags) -c -o $@ $<

$(fuzz_obj)/libcore.a: $(fuzz_core_obj)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(fuzz_obj)/libuser.a: $(fuzz_user_obj)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(fuzz_core_bin): $(fuzz_dir)/%: $(fuzz_obj)/tests/fuzz/%.o $(fuzz_obj)/libcore.a
	$(call quiet,LINK,$@) $(FUZZ_CXX) -fsanitize=fuzzer,address,undefined -o $@ $^

$(fuzz_user_bin): $(fuzz_dir)/%: $(fuzz_obj)/tests/fuzz/%.o $(fuzz_obj)/libuser.a \
		$(fuzz_obj)/libcore.a
	$(call quiet,LINK,$@) $(FUZZ_CXX) -fsanitize=fuzzer,address,undefined -o $@ $^ $(unit_libs)

.PHONY: fuzz fuzz-build
fuzz-build: $(fuzz_bin)

fuzz: $(filter $(addprefix $(fuzz_dir)/,$(subst *,%,$(F))),$(fuzz_bin)) ## fuzz what reads foreign bytes (FUZZ_SECONDS=5 F=NAME)
	$(Q)FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run $^

-include $(patsubst %.o,%.d,$(fuzz_core_obj) $(fuzz_user_obj) $(fuzz_src:%.cpp=$(fuzz_obj)/%.o))
