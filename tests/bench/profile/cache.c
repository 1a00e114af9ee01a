// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How often each instruction's data is in neither of two caches: one of 32 KiB, in sets of eight, and
 * behind it one of 1 MiB, in sets of sixteen; lines of 64 bytes, the least recently used one goes.
 *
 * Lines are known by their virtual addresses.  They see all that the guest does with its memory from
 * the first packet of a run to its last, what it does between packets as well: a packet that comes in
 * has just been written.  Nothing is fetched ahead, and code is not in these caches.
 */

#include <string.h>

#include "plugin.h"

#define LINE_SHIFT 6
#define SMALL_SETS 64
#define SMALL_WAYS 8
#define LARGE_SETS 1024
#define LARGE_WAYS 16

/* Lines of each set, the most recently used one first; no address of the guest's is in line 0. */
static uint64_t small[SMALL_SETS * SMALL_WAYS];
static uint64_t large[LARGE_SETS * LARGE_WAYS];

/* Whether a line is in a set; it is the most recently used one afterwards. */
static bool set_use(uint64_t *way, unsigned int ways, uint64_t line)
{
	bool hit;
	unsigned int i = 0;

	while (i < ways - 1 && way[i] != line)
		i++;
	hit = way[i] == line;
	memmove(way + 1, way, i * sizeof(*way));
	way[0] = line;
	return hit;
}

static bool is_cached(uint64_t line)
{
	return set_use(small + line % SMALL_SETS * SMALL_WAYS, SMALL_WAYS, line) ||
	       set_use(large + line % LARGE_SETS * LARGE_WAYS, LARGE_WAYS, line);
}

static void on_access(unsigned int cpu, qemu_meminfo info, uint64_t address, void *data)
{
	uint64_t last = (address + (1U << qemu_plugin_mem_size_shift(info)) - 1) >> LINE_SHIFT;

	(void)cpu;
	if (!plugin_is_running)
		return;
	for (uint64_t line = address >> LINE_SHIFT; line <= last; line++)
		if (!is_cached(line) && plugin_is_open)
			plugin_count(data);
}

void counter_translate(struct qemu_plugin_tb *tb)
{
	size_t count = qemu_plugin_tb_n_insns(tb);

	for (size_t i = 0; i < count; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

		qemu_plugin_register_vcpu_mem_cb(insn, on_access, 0, QEMU_MEM_ALL,
						 plugin_tally_new(qemu_plugin_insn_vaddr(insn)));
	}
}

void counter_write(FILE *file)
{
	(void)file;
}
