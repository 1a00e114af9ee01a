#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whether KVM is of use, and how QEMU is asked for it.  Sourced after setup/common.sh.

# Some hosts refuse the register behind this feature, and QEMU ends with an assertion.
# shellcheck disable=SC2034 # read by those who source this
NFVS_KVM=(-machine "pc,accel=kvm" -cpu "host,-arch-capabilities")

# kvm_works KERNEL-FOLDER: succeeds where KVM can boot that kernel.  That /dev/kvm is there and
# opens proves little: within some virtual machines QEMU fails with it, or the guest never gets
# anywhere.  So it is tried, once per boot of the host.
kvm_works() {
	local verdict=$NFVS_CACHE/kvm-works answer=no host

	[ -w /dev/kvm ] || return 1
	host="$(</proc/sys/kernel/random/boot_id) $(qemu-system-x86_64 --version | head -n 1)"
	if [ ! -e "$verdict" ] || [ "$(head -n 1 "$verdict")" != "$host" ]; then
		# It has no root and panics at the end of its boot, which ends QEMU.
		if timeout --kill-after=1 15 qemu-system-x86_64 "${NFVS_KVM[@]}" -smp 2 -m 512M \
			-nodefaults -no-user-config -no-reboot -display none \
			-kernel "$1/vmlinuz" -append "panic=-1 quiet" </dev/null >/dev/null 2>&1; then
			answer=yes
		fi
		printf '%s\n%s\n' "$host" $answer >"$verdict.$$"
		mv "$verdict.$$" "$verdict"
		[ $answer = yes ] || say KVM "does not boot here: the guests are emulated"
	fi
	[ "$(tail -n 1 "$verdict")" = yes ]
}
