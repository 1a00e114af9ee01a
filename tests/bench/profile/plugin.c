// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * QEMU plugins that count what happens at each instruction of the guest between two marks: how often
 * it runs (instructions.c), how often with a LOCK (locks.c), how often it waits for memory (cache.c).
 *
 * The marks are no-operations of the injector (../inject/main.c): one opens the window of a packet,
 * one closes it, one ends the run: it has written what was counted, a line for each instruction, and
 * what was counted in each window that was open.
 *
 *	-plugin plugin.so,out=FOLDER	writes FOLDER/counts.1, packets.1, counts.2 and so on
 */

#include <stdlib.h>
#include <string.h>

#include "plugin.h"

#define EXPORT __attribute__((visibility("default")))

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv);

enum mark {
	MARK_OPEN = 1,
	MARK_CLOSE,
	MARK_WRITE,
};

#define PACKETS_MAX (4U << 20)

bool plugin_is_open;
bool plugin_is_running;

static const uint8_t mark_nop[] = { 0x0f, 0x1f, 0x80, 'N', 'F', 'V' };
static const char *folder = ".";
static unsigned int written;
static struct tally *tallies;
static uint32_t *packets;
static size_t packet_count;
static uint32_t in_packet;

void *plugin_alloc(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory)
		exit(1);
	return memory;
}

struct tally *plugin_tally_new(uint64_t address)
{
	struct tally *tally = plugin_alloc(sizeof(*tally));

	tally->address = address;
	tally->next = tallies;
	tallies = tally;
	return tally;
}

void plugin_count(struct tally *tally)
{
	tally->times++;
	in_packet++;
}

static FILE *open_file(const char *what)
{
	char name[4096];
	FILE *file;

	snprintf(name, sizeof(name), "%s/%s.%u", folder, what, written);
	file = fopen(name, "w");
	if (!file) {
		perror(name);
		exit(1);
	}
	return file;
}

static void write_tallies(FILE *file)
{
	for (struct tally *t = tallies; t; t = t->next) {
		if (t->times)
			fprintf(file, "%" PRIx64 " %" PRIu64 "\n", t->address, t->times);
		t->times = 0;
	}
}

static void write_packets(void)
{
	FILE *file = open_file("packets");

	for (size_t i = 0; i < packet_count; i++)
		fprintf(file, "%" PRIu32 "\n", packets[i]);
	packet_count = 0;
	fclose(file);
}

static void write_run(void)
{
	FILE *file;

	written++;
	file = open_file("counts");
	write_tallies(file);
	counter_write(file);
	fclose(file);
	write_packets();
}

static void on_mark(unsigned int cpu, void *data)
{
	(void)cpu;
	switch ((enum mark)(intptr_t)data) {
	case MARK_OPEN:
		plugin_is_open = true;
		plugin_is_running = true;
		in_packet = 0;
		break;
	case MARK_CLOSE:
		plugin_is_open = false;
		if (packet_count < PACKETS_MAX)
			packets[packet_count++] = in_packet;
		break;
	case MARK_WRITE:
		plugin_is_running = false;
		write_run();
		break;
	}
}

static void on_translation(uint64_t id, struct qemu_plugin_tb *tb)
{
	size_t count = qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (size_t i = 0; i < count; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		const uint8_t *bytes = qemu_plugin_insn_data(insn);

		if (qemu_plugin_insn_size(insn) == sizeof(mark_nop) + 1 &&
		    !memcmp(bytes, mark_nop, sizeof(mark_nop)))
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_mark, 0,
							       (void *)(intptr_t)bytes[6]);
	}
	counter_translate(tb);
}

int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++)
		if (!strncmp(argv[i], "out=", 4))
			folder = strdup(argv[i] + 4);
	packets = plugin_alloc(PACKETS_MAX * sizeof(*packets));
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	return 0;
}
