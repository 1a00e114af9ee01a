# SPDX-License-Identifier: GPL-2.0-or-later
#
# Unit tests: each tests/unit/NAME_test.cpp is a program of its own, linked with core/, the library
# and the tool (without its main), all built again with the sanitizers.  U=PATTERN runs only the
# programs so named.

U ?= *
CHECK_CC ?= clang-14
CHECK_CXX ?= clang++-14
# What a sanitizer needs to name a line.  CHECK_DEBUG=-g is for a debugger, and takes longer.
CHECK_DEBUG ?= -gline-tables-only

unit_dir := $(build)/unit
unit_obj := $(unit_dir)/obj

# What is tested is built once, for these programs and for the fuzz targets: hence the coverage.
# clang, because gcc needs far longer for Catch.
unit_san := -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fsanitize-ignorelist=tests/unit/sanitizer.ignore
unit_werror := $(if $(filter 1,$(WERROR)),-Werror)
unit_common = $(CHECK_DEBUG) -fno-omit-frame-pointer -MMD -MP $(unit_werror)
unit_code := -O1 -fsanitize=fuzzer-no-link $(unit_san)
core_warnings := -Wall -Wextra -Wconversion
core_cflags := -std=gnu11 $(core_warnings) -Itests/shim -Ikmod
# Recursive: pkg-config is asked only where something is compiled.
unit_cxxflags = -std=c++20 -Wall -Wextra \
	-Itests/shim -Ikmod -Iinclude -Iinclude/uapi -I. -Ilibipvsctl -Itool -DNFVS_VERSION='"$(VERSION)"' \
	$(shell pkg-config --cflags libnl-genl-3.0)
unit_libs = $(shell pkg-config --libs libnl-genl-3.0) -lpopt -lncursesw -ltinfo

core_src := $(sort $(wildcard kmod/core/*.c))
user_src := $(filter-out tool/main.cpp,$(sort $(wildcard libipvsctl/*.cpp libipvsctl/*/*.cpp \
	tool/*.cpp tool/*/*.cpp)))
unit_src := $(sort $(wildcard tests/unit/*_test.cpp))
unit_helper_src := $(filter-out $(unit_src) tests/unit/catch_main.cpp,\
	$(sort $(wildcard tests/unit/*.cpp)))

unit_core_obj := $(core_src:%.c=$(unit_obj)/%.o)
unit_user_obj := $(patsubst %/,$(unit_obj)/%.o,$(sort $(dir $(user_src))))
unit_helper_obj := $(unit_helper_src:%.cpp=$(unit_obj)/%.o)
unit_bin := $(unit_src:tests/unit/%.cpp=$(unit_dir)/%)
unit_core_bin := $(filter $(unit_dir)/core_%,$(unit_bin))
unit_user_bin := $(filter-out $(unit_core_bin),$(unit_bin))

$(unit_obj)/kmod/core/%.o: kmod/core/%.c
	$(call quiet,CC,$@) mkdir -p $(@D) && \
		$(CHECK_CC) $(core_cflags) $(unit_common) $(unit_code) -c -o $@ $<

# Optimised, Catch and its macros take several times as long to compile; and Catch is not under test.
$(unit_obj)/tests/unit/%.o: unit_code = -O0 $(unit_san)
$(unit_obj)/tests/unit/catch_main.o: unit_code = -O0

$(unit_obj)/%.o: %.cpp
	$(call quiet,CXX,$@) mkdir -p $(@D) && \
		$(CHECK_CXX) $(unit_cxxflags) $(unit_common) $(unit_code) -c -o $@ $<

# A folder of the library or the tool is compiled as one text: that takes a third of the time, as
# most of it goes into the headers that they share.
$(unit_user_obj:.o=.cpp): $(unit_obj)/%.cpp: FORCE
	$(Q)mkdir -p $(@D) && printf '#include "%s"\n' \
		$(foreach file,$(user_src),$(if $(filter $*/,$(dir $(file))),$(file))) >$@.new
	$(Q)if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(unit_user_obj): %.o: %.cpp
	$(call quiet,CXX,$@) $(CHECK_CXX) $(unit_cxxflags) $(unit_common) $(unit_code) -c -o $@ $<

$(unit_obj)/libcore.a: $(unit_core_obj)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(unit_obj)/libuser.a: $(unit_user_obj) $(unit_helper_obj)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(unit_core_bin): $(unit_dir)/%: $(unit_obj)/tests/unit/%.o $(unit_obj)/tests/unit/catch_main.o \
		$(unit_obj)/libcore.a
	$(call quiet,LINK,$@) $(CHECK_CXX) $(unit_san) -o $@ $^

$(unit_user_bin): $(unit_dir)/%: $(unit_obj)/tests/unit/%.o $(unit_obj)/tests/unit/catch_main.o \
		$(unit_obj)/libuser.a $(unit_obj)/libcore.a
	$(call quiet,LINK,$@) $(CHECK_CXX) $(unit_san) -o $@ $^ $(unit_libs)

.PHONY: unit unit-build
unit-build: $(unit_bin)

unit: $(filter $(addprefix $(unit_dir)/,$(subst *,%,$(U))),$(unit_bin)) ## unit tests, with the sanitizers
	$(Q)tests/unit/run $^

-include $(patsubst %.o,%.d,$(unit_core_obj) $(unit_user_obj) $(unit_helper_obj) \
	$(unit_src:%.cpp=$(unit_obj)/%.o) $(unit_obj)/tests/unit/catch_main.o)
