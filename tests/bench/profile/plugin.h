/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the plugins have in common (plugin.c), and what each of them counts in its own way.
 *
 * Debian ships no header for QEMU's plugins: what is used of the interface (version 1) is declared
 * here.
 */
#ifndef NFVS_BENCH_PLUGIN_H
#define NFVS_BENCH_PLUGIN_H

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info;

typedef uint32_t qemu_meminfo;
typedef void qemu_tb_fn(uint64_t id, struct qemu_plugin_tb *tb);
typedef void qemu_exec_fn(unsigned int cpu, void *data);
typedef void qemu_mem_fn(unsigned int cpu, qemu_meminfo info, uint64_t address, void *data);

/* What a memory callback is to be told of. */
#define QEMU_MEM_ALL 3

void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, qemu_tb_fn *fn);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, qemu_exec_fn *fn, int flags,
					  void *data);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, qemu_exec_fn *fn,
					    int flags, void *data);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, qemu_mem_fn *fn, int flags,
				      int accesses, void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
unsigned int qemu_plugin_mem_size_shift(qemu_meminfo info);

/* What happens at an instruction. */
struct tally {
	struct tally *next;
	uint64_t address;
	uint64_t times;
};

/* Between the marks of a packet; and from the first of those to the end of the run. */
extern bool plugin_is_open;
extern bool plugin_is_running;

struct tally *plugin_tally_new(uint64_t address);
void plugin_count(struct tally *tally);
void *plugin_alloc(size_t size);

/* Of each plugin: code was translated; write a line for each instruction, and begin anew. */
void counter_translate(struct qemu_plugin_tb *tb);
void counter_write(FILE *file);

#endif
