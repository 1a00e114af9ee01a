// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How often each instruction runs that has a cache line to itself for as long as it takes: those
 * with a LOCK prefix, and XCHG with memory, which needs none.  The guest's kernel is to be told
 * noreplace-smp, or it has none of them on one CPU.
 */

#include "plugin.h"

#define PREFIX_LOCK 0xf0
#define XCHG_BYTE 0x86
#define XCHG_WORD 0x87

static bool is_legacy_prefix(uint8_t byte)
{
	switch (byte) {
	case 0x26:
	case 0x2e:
	case 0x36:
	case 0x3e:
	case 0x64:
	case 0x65:
	case 0x66:
	case 0x67:
	case 0xf2:
	case 0xf3:
		return true;
	default:
		return false;
	}
}

static bool is_rex_prefix(uint8_t byte)
{
	return (byte & 0xf0) == 0x40;
}

static bool has_memory_operand(uint8_t modrm)
{
	return modrm >> 6 != 3;
}

static bool is_locked(const uint8_t *bytes, size_t size)
{
	size_t i = 0;

	while (i < size && is_legacy_prefix(bytes[i]))
		i++;
	if (i < size && bytes[i] == PREFIX_LOCK)
		return true;
	if (i < size && is_rex_prefix(bytes[i]))
		i++;
	return i + 1 < size && (bytes[i] == XCHG_BYTE || bytes[i] == XCHG_WORD) &&
	       has_memory_operand(bytes[i + 1]);
}

static void on_locked(unsigned int cpu, void *data)
{
	(void)cpu;
	if (plugin_is_open)
		plugin_count(data);
}

void counter_translate(struct qemu_plugin_tb *tb)
{
	size_t count = qemu_plugin_tb_n_insns(tb);

	for (size_t i = 0; i < count; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

		if (is_locked(qemu_plugin_insn_data(insn), qemu_plugin_insn_size(insn)))
			qemu_plugin_register_vcpu_insn_exec_cb(
				insn, on_locked, 0, plugin_tally_new(qemu_plugin_insn_vaddr(insn)));
	}
}

void counter_write(FILE *file)
{
	(void)file;
}
