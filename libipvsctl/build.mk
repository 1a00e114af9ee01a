# SPDX-License-Identifier: GPL-2.0-or-later
#
# libipvsctl.  Others may use lib_sources, lib_includes, lib_cxxflags and lib_libs, to build the
# library's files with flags of their own (sanitizers, coverage) or to link against it.

CXX ?= g++
AR ?= ar
libdir ?= $(prefix)/lib
includedir ?= $(prefix)/include
mandir ?= $(prefix)/share/man

lib_abi := 0
lib_sources := $(wildcard libipvsctl/*.cpp libipvsctl/*/*.cpp)
lib_includes := -Iinclude -Iinclude/uapi
lib_warnings := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast \
	$(if $(filter 1,$(WERROR)),-Werror)
# Recursive: pkg-config is asked only where something is compiled.
lib_cxxflags = -std=c++20 $(lib_warnings) -fvisibility=hidden -fvisibility-inlines-hidden \
	-DNFVS_VERSION='"$(VERSION)"' $(lib_includes) $(shell pkg-config --cflags libnl-genl-3.0)
lib_libs = $(shell pkg-config --libs libnl-genl-3.0)
san_flags := $(if $(filter 1,$(SAN)),-fsanitize=address -fsanitize=undefined \
	-fno-omit-frame-pointer -fno-sanitize-recover=all)

lib_dir := $(build)/lib
lib_objects := $(lib_sources:%.cpp=$(lib_dir)/obj/%.o)
lib_real := $(lib_dir)/libipvsctl.so.$(VERSION)
lib_soname := libipvsctl.so.$(lib_abi)

.PHONY: lib
lib: $(lib_dir)/libipvsctl.so $(lib_dir)/$(lib_soname) $(lib_dir)/libipvsctl.a \
	$(lib_dir)/pkgconfig/ipvsctl.pc ## libipvsctl, shared and static

# Other flags make other objects.
$(lib_dir)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CXX) $(CXXFLAGS) $(lib_warnings) $(san_flags) $(VERSION) $(lib_sources)' >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(lib_dir)/obj/%.o: %.cpp $(lib_dir)/flags
	@mkdir -p $(@D)
	$(call quiet,CXX,$<)$(CXX) -O2 -g $(CXXFLAGS) $(lib_cxxflags) $(san_flags) -fPIC -MMD -MP \
		-c $< -o $@

$(lib_real): $(lib_objects) libipvsctl/libipvsctl.map
	$(call quiet,LINK,$@)$(CXX) $(LDFLAGS) $(san_flags) -shared -Wl,-soname,$(lib_soname) \
		-Wl,--version-script=libipvsctl/libipvsctl.map \
		$(if $(san_flags),,-Wl,--no-undefined) -o $@ $(lib_objects) $(lib_libs)

$(lib_dir)/$(lib_soname): $(lib_real)
	$(Q)ln -sf $(notdir $<) $@

$(lib_dir)/libipvsctl.so: $(lib_dir)/$(lib_soname)
	$(Q)ln -sf $(notdir $<) $@

$(lib_dir)/libipvsctl.a: $(lib_objects)
	$(Q)rm -f $@
	$(call quiet,AR,$@)$(AR) rcs $@ $(lib_objects)

# It is installed by a make that may have been told other folders.
$(lib_dir)/pkgconfig/ipvsctl.pc: libipvsctl/ipvsctl.pc.in FORCE
	$(Q)mkdir -p $(@D)
	$(Q)sed -e 's|@prefix@|$(prefix)|' -e 's|@libdir@|$(libdir)|' \
		-e 's|@includedir@|$(includedir)|' -e 's|@version@|$(VERSION)|' $< >$@

.PHONY: install-lib
install: install-lib
install-lib: lib
	install -d $(DESTDIR)$(libdir)/pkgconfig $(DESTDIR)$(includedir)/ipvsctl \
		$(DESTDIR)$(mandir)/man3
	install -m 644 $(lib_real) $(lib_dir)/libipvsctl.a $(DESTDIR)$(libdir)
	ln -sf $(notdir $(lib_real)) $(DESTDIR)$(libdir)/$(lib_soname)
	ln -sf $(lib_soname) $(DESTDIR)$(libdir)/libipvsctl.so
	install -m 644 include/ipvsctl/*.hpp include/ipvsctl/*.h $(DESTDIR)$(includedir)/ipvsctl
	install -m 644 Documentation/man/libipvsctl.3 $(DESTDIR)$(mandir)/man3
	install -m 644 $(lib_dir)/pkgconfig/ipvsctl.pc $(DESTDIR)$(libdir)/pkgconfig
	$(if $(DESTDIR),,ldconfig)

.PHONY: gen gen-check
gen: ## write what is generated from the netlink specification
	$(Q)Documentation/netlink/generate

gen-check: ## fail where a generated file differs from the netlink specification
	$(Q)Documentation/netlink/generate --check

-include $(lib_objects:.o=.d)
