# SPDX-License-Identifier: GPL-2.0-or-later
#
# ipvsctl.  Others may use tool_sources (main.cpp is not among them), tool_cxxflags and tool_libs
# to build the program's files into a test.

tool_sources := $(filter-out tool/main.cpp,$(wildcard tool/*.cpp tool/*/*.cpp))
tool_warnings := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast \
	$(if $(filter 1,$(WERROR)),-Werror)
tool_cxxflags = -std=c++20 $(tool_warnings) -Iinclude
tool_libs := -lpopt -lncursesw -ltinfo

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

# The program writes its own completion script, from the table that it reads its options by.
.PHONY: completion
completion: $(build)/share/bash-completion/completions/ipvsctl ## the completion script for bash

$(build)/share/bash-completion/completions/ipvsctl: $(tool_dir)/ipvsctl
	$(Q)mkdir -p $(@D)
	$(Q)LD_LIBRARY_PATH=$(build)/lib $< completion >$@

# COMPAT=1 also installs the names of ipvsadm, which a distribution's package of that has, too.
COMPAT ?= 0
sbindir ?= $(prefix)/sbin
completionsdir ?= $(prefix)/share/bash-completion/completions
schemadir ?= $(prefix)/share/ipvsctl
# Elsewhere the loader does not look.
tool_rpath = $(if $(filter /usr /usr/local,$(prefix)),,-Wl$(comma)-rpath$(comma)$(libdir))
comma := ,

.PHONY: install-tool
install: install-tool
install-tool: tool completion
	install -d $(DESTDIR)$(sbindir) $(DESTDIR)$(mandir)/man5 $(DESTDIR)$(mandir)/man8 \
		$(DESTDIR)$(completionsdir) $(DESTDIR)$(schemadir)
	$(CXX) $(LDFLAGS) $(san_flags) $(tool_rpath) -o $(DESTDIR)$(sbindir)/ipvsctl $(tool_objects) \
		-L$(build)/lib -lipvsctl $(tool_libs)
	chmod 755 $(DESTDIR)$(sbindir)/ipvsctl
	install -m 644 Documentation/man/ipvsctl.conf.5 $(DESTDIR)$(mandir)/man5
	install -m 644 Documentation/man/ipvsctl.8 $(DESTDIR)$(mandir)/man8
	install -m 644 Documentation/json/ipvsctl.schema.json $(DESTDIR)$(schemadir)
	install -m 644 $(build)/share/bash-completion/completions/ipvsctl $(DESTDIR)$(completionsdir)
ifeq ($(COMPAT),1)
	for name in ipvsadm ipvsadm-save ipvsadm-restore; do \
		ln -sf ipvsctl $(DESTDIR)$(sbindir)/$$name; \
	done
endif

-include $(tool_objects:.o=.d)
