// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A QEMU plugin that counts how often each instruction of the guest runs between two marks.
 *
 * The marks are no-operations of the injector (../inject/main.c): one opens the window, one closes
 * it, one writes what was counted, a line for each instruction, and begins anew.  Debian ships no
 * header for plugins: what is used of the interface (version 1) is declared here.
 *
 *	-plugin plugin.so,out=FOLDER	writes FOLDER/counts.1, counts.2 and so on
 */

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info;

typedef void qemu_tb_fn(uint64_t id, struct qemu_plugin_tb *tb);
typedef void qemu_exec_fn(unsigned int cpu, void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, qemu_tb_fn *fn);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, qemu_exec_fn *fn, int flags,
					  void *data);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, qemu_exec_fn *fn,
					    int flags, void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv);

enum mark {
	MARK_OPEN = 1,
	MARK_CLOSE,
	MARK_WRITE,
};

/* A piece of code that runs from its first to its last instruction. */
struct block {
	struct block *next;
	uint64_t runs;
	size_t count;
	uint64_t address[];
};

static const uint8_t mark_nop[] = { 0x0f, 0x1f, 0x80, 'N', 'F', 'V' };
static struct block *blocks;
static const char *folder = ".";
static unsigned int written;
static bool is_open;

static void write_counts(void)
{
	char name[4096];
	FILE *file;

	snprintf(name, sizeof(name), "%s/counts.%u", folder, ++written);
	file = fopen(name, "w");
	if (!file) {
		perror(name);
		exit(1);
	}
	for (struct block *b = blocks; b; b = b->next) {
		for (size_t i = 0; b->runs && i < b->count; i++)
			fprintf(file, "%" PRIx64 " %" PRIu64 "\n", b->address[i], b->runs);
		b->runs = 0;
	}
	fclose(file);
}

static void on_mark(unsigned int cpu, void *data)
{
	(void)cpu;
	switch ((enum mark)(intptr_t)data) {
	case MARK_OPEN:
		is_open = true;
		break;
	case MARK_CLOSE:
		is_open = false;
		break;
	case MARK_WRITE:
		write_counts();
		break;
	}
}

static void on_run(unsigned int cpu, void *data)
{
	struct block *b = data;

	(void)cpu;
	b->runs += is_open;
}

static void on_translation(uint64_t id, struct qemu_plugin_tb *tb)
{
	size_t count = qemu_plugin_tb_n_insns(tb);
	struct block *b = calloc(1, sizeof(*b) + count * sizeof(b->address[0]));

	(void)id;
	if (!b)
		exit(1);
	b->count = count;
	for (size_t i = 0; i < count; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		const uint8_t *bytes = qemu_plugin_insn_data(insn);

		b->address[i] = qemu_plugin_insn_vaddr(insn);
		if (qemu_plugin_insn_size(insn) == sizeof(mark_nop) + 1 &&
		    !memcmp(bytes, mark_nop, sizeof(mark_nop)))
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_mark, 0,
							       (void *)(intptr_t)bytes[6]);
	}
	b->next = blocks;
	blocks = b;
	qemu_plugin_register_vcpu_tb_exec_cb(tb, on_run, 0, b);
}

int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++)
		if (!strncmp(argv[i], "out=", 4))
			folder = strdup(argv[i] + 4);
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	return 0;
}
