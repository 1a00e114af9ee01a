// SPDX-License-Identifier: GPL-2.0-or-later
/* How often each instruction runs.  Counted by pieces of code, and not for each packet: many run. */

#include "plugin.h"

/* A piece of code that runs from its first to its last instruction. */
struct block {
	struct block *next;
	uint64_t runs;
	size_t count;
	uint64_t address[];
};

static struct block *blocks;

static void on_run(unsigned int cpu, void *data)
{
	struct block *b = data;

	(void)cpu;
	b->runs += plugin_is_open;
}

void counter_translate(struct qemu_plugin_tb *tb)
{
	size_t count = qemu_plugin_tb_n_insns(tb);
	struct block *b = plugin_alloc(sizeof(*b) + count * sizeof(b->address[0]));

	b->count = count;
	for (size_t i = 0; i < count; i++)
		b->address[i] = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, i));
	b->next = blocks;
	blocks = b;
	qemu_plugin_register_vcpu_tb_exec_cb(tb, on_run, 0, b);
}

void counter_write(FILE *file)
{
	for (struct block *b = blocks; b; b = b->next) {
		for (size_t i = 0; b->runs && i < b->count; i++)
			fprintf(file, "%" PRIx64 " %" PRIu64 "\n", b->address[i], b->runs);
		b->runs = 0;
	}
}
