// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory for traffic counters.
 *
 * To find room on every CPU takes longer than all else that a new real server takes, so counters
 * are allocated for many real servers at a time, and the last block that has room is kept even if
 * it is empty.  Namespaces share them, as they share a slab.
 */

#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "obj/stats.h"

/**
 * struct nfvs_stats_block - counters of BITS_PER_LONG real servers
 * @node: in nfvs_stats_blocks while there is a place left
 * @stats: the counters
 * @used: a bit is set where a real server has taken the place.  Under nfvs_stats_lock.
 */
struct nfvs_stats_block {
	struct list_head node;
	struct nfvs_cpu_stats __percpu *stats;
	unsigned long used;
};

#define NFVS_STATS_BLOCK_FULL (~0UL)

static LIST_HEAD(nfvs_stats_blocks);

/* Guards the list and what the blocks say is used; taken by RCU callbacks, too. */
static DEFINE_SPINLOCK(nfvs_stats_lock);

static struct nfvs_stats_block *nfvs_stats_block_create(void)
{
	struct nfvs_stats_block *block = kzalloc(sizeof(*block), GFP_KERNEL);

	if (!block)
		return NULL;
	block->stats = __alloc_percpu(array_size(BITS_PER_LONG, sizeof(*block->stats)),
				      __alignof__(*block->stats));
	if (!block->stats) {
		kfree(block);
		return NULL;
	}
	return block;
}

static void nfvs_stats_block_free(struct nfvs_stats_block *block)
{
	free_percpu(block->stats);
	kfree(block);
}

/**
 * nfvs_stats_clear() - make counters count from 0
 * @stats: the counters, which nobody reads or writes
 *
 * Context: any.
 */
void nfvs_stats_clear(struct nfvs_cpu_stats __percpu *stats)
{
	struct nfvs_cpu_stats *s;
	int cpu;

	for_each_possible_cpu(cpu) {
		s = per_cpu_ptr(stats, cpu);
		memset(s, 0, sizeof(*s));
		u64_stats_init(&s->syncp);
	}
}

/**
 * nfvs_stats_alloc() - counters of zero for every possible CPU
 * @from: becomes the block that they are in
 *
 * Context: process context, may sleep. Freed with nfvs_stats_free().
 * Return: the counters, or NULL without memory.
 */
struct nfvs_cpu_stats __percpu *nfvs_stats_alloc(struct nfvs_stats_block **from)
{
	struct nfvs_stats_block *block;
	unsigned long place;

	spin_lock_bh(&nfvs_stats_lock);
	block = list_first_entry_or_null(&nfvs_stats_blocks, struct nfvs_stats_block, node);
	if (!block) {
		spin_unlock_bh(&nfvs_stats_lock);
		block = nfvs_stats_block_create();
		if (!block)
			return NULL;
		spin_lock_bh(&nfvs_stats_lock);
		list_add(&block->node, &nfvs_stats_blocks);
	}
	place = ffz(block->used);
	__set_bit(place, &block->used);
	if (block->used == NFVS_STATS_BLOCK_FULL)
		list_del(&block->node);
	spin_unlock_bh(&nfvs_stats_lock);

	/* The place may have been another real server's before. */
	nfvs_stats_clear(block->stats + place);
	*from = block;
	return block->stats + place;
}

/**
 * nfvs_stats_free() - give counters back
 * @block: the block that they are in
 * @stats: the counters, which nobody reads or writes any more
 *
 * Context: any but hard interrupts.
 */
void nfvs_stats_free(struct nfvs_stats_block *block, struct nfvs_cpu_stats __percpu *stats)
{
	bool spare;

	spin_lock_bh(&nfvs_stats_lock);
	if (block->used == NFVS_STATS_BLOCK_FULL)
		list_add(&block->node, &nfvs_stats_blocks);
	__clear_bit(stats - block->stats, &block->used);
	spare = !block->used && !list_is_singular(&nfvs_stats_blocks);
	if (spare)
		list_del(&block->node);
	spin_unlock_bh(&nfvs_stats_lock);
	if (spare)
		nfvs_stats_block_free(block);
}

/**
 * nfvs_stats_module_exit() - free what was kept
 *
 * Context: process context; no counters are in use any more.
 */
void nfvs_stats_module_exit(void)
{
	struct nfvs_stats_block *block, *next;

	list_for_each_entry_safe(block, next, &nfvs_stats_blocks, node) {
		WARN_ON_ONCE(block->used);
		nfvs_stats_block_free(block);
	}
}
