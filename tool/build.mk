# SPDX-License-Identifier: GPL-2.0-or-later
#
# ipvsctl.  Others may use tool_sources (main.cpp is not among them), tool_cxxflags and tool_libs
# to build the program's files into a test.

tool_sources := $(filter-out tool/main.cpp,$(wildcard tool/*.cpp tool/*/*.cpp))
tool_warnings := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast \
	$(if $(filter 1,$(WERROR)),-Werror)
tool_cxxflags = -std=c++20 $(tool_warnings) -Iinclude
tool_libs := -lpopt

tool_dir := $(build)/bin
tool_objects := $(patsubst %.cpp,$(tool_dir)/obj/%.o,$(tool_sources) tool/main.cpp)

.PHONY: tool
tool: $(tool_dir)/ipvsctl ## the ipvsctl program

$(tool_dir)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CXX) $(CXXFLAGS) $(tool_warnings) $(san_flags) $(tool_sources)' >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(tool_dir)/obj/%.o: %.cpp $(tool_dir)/flags
	@mkdir -p $(@D)
	$(call quiet,CXX,$<)$(CXX) -O2 -g $(CXXFLAGS) $(tool_cxxflags) $(san_flags) -MMD -MP -c $< -o $@

# It runs from the build folder, wherever that is mounted.
$(tool_dir)/ipvsctl: $(tool_objects) $(build)/lib/libipvsctl.so
	$(call quiet,LINK,$@)$(CXX) $(LDFLAGS) $(san_flags) -Wl,-rpath,'$$ORIGIN/../lib' -o $@ \
		$(tool_objects) -L$(build)/lib -lipvsctl $(tool_libs)

-include $(tool_objects:.o=.d)
