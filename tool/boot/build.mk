# SPDX-License-Identifier: GPL-2.0-or-later
#
# What restores the rules at boot: an init script, a unit of systemd, and what they have in common.

sysconfdir ?= /etc
libexecdir ?= $(prefix)/libexec
# systemd looks for units below these two prefixes, and where the administrator's are.
unitdir ?= $(if $(filter /usr /usr/local,$(prefix)),$(prefix)/lib,$(sysconfdir))/systemd/system

boot_fill := sed -e 's|@sysconfdir@|$(sysconfdir)|g' -e 's|@libexecdir@|$(libexecdir)|g' \
	-e 's|@sbindir@|$(sbindir)|g'

.PHONY: install-boot
install: install-boot
install-boot:
	install -d $(DESTDIR)$(sysconfdir)/init.d $(DESTDIR)$(sysconfdir)/default \
		$(DESTDIR)$(sysconfdir)/ipvsctl $(DESTDIR)$(libexecdir)/ipvsctl $(DESTDIR)$(unitdir)
	$(boot_fill) tool/boot/rules.in >$(DESTDIR)$(libexecdir)/ipvsctl/rules
	$(boot_fill) tool/boot/ipvsctl.init.in >$(DESTDIR)$(sysconfdir)/init.d/ipvsctl
	$(boot_fill) tool/boot/ipvsctl.service.in >$(DESTDIR)$(unitdir)/ipvsctl.service
	chmod 755 $(DESTDIR)$(libexecdir)/ipvsctl/rules $(DESTDIR)$(sysconfdir)/init.d/ipvsctl
	chmod 644 $(DESTDIR)$(unitdir)/ipvsctl.service
	# The administrator's own settings stay.
	test -e $(DESTDIR)$(sysconfdir)/default/ipvsctl || { \
		$(boot_fill) tool/boot/ipvsctl.default.in >$(DESTDIR)$(sysconfdir)/default/ipvsctl && \
		chmod 644 $(DESTDIR)$(sysconfdir)/default/ipvsctl; }
