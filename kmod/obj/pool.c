// SPDX-License-Identifier: GPL-2.0-only
/* Pools: what a scheduler picks from. */

#include <linux/overflow.h>
#include <linux/slab.h>

#include "obj/pool.h"

/* Members, then weights, then the scheduler's state, each aligned for any type. */
static size_t nfvs_pool_weight_off(u32 count)
{
	return ALIGN(struct_size((struct nfvs_pool *)NULL, dest, count), sizeof(u64));
}

static size_t nfvs_pool_priv_off(u32 count)
{
	return ALIGN(size_add(nfvs_pool_weight_off(count), array_size(count, sizeof(s32))),
		     sizeof(u64));
}

static size_t nfvs_pool_priv_size(const struct nfvs_sched_ops *sched, u32 count)
{
	return sched ? size_add(sched->priv_size, array_size(count, sched->priv_per_member)) : 0;
}

/* What @pool shares comes from @old, if that has it; a new scheduler starts with its own. */
static bool nfvs_pool_share(struct nfvs_pool *pool, struct nfvs_net *nn,
			    const struct nfvs_pool *old)
{
	if (!pool->sched || !pool->sched->create)
		return true;
	if (old && old->sched == pool->sched)
		pool->shared = old->shared;
	else
		pool->shared = pool->sched->create(nn);
	return pool->shared;
}

/**
 * nfvs_pool_alloc() - make a pool
 * @nn: namespace; its cfg_lock is held
 * @sched: its scheduler, or NULL
 * @flags: the service's
 * @count: number of members, which the caller fills in before nfvs_pool_ready(); the scheduler
 *	can deal with them
 * @old: the pool that it is to take over from, or NULL
 *
 * Context: process context, may sleep. Freed with nfvs_pool_drop().
 * Return: the pool, or NULL without memory.
 */
struct nfvs_pool *nfvs_pool_alloc(struct nfvs_net *nn, const struct nfvs_sched_ops *sched,
				  u32 flags, u32 count, const struct nfvs_pool *old)
{
	size_t size = size_add(nfvs_pool_priv_off(count), nfvs_pool_priv_size(sched, count));
	struct nfvs_pool *pool;

	pool = kvzalloc(size, GFP_KERNEL);
	if (!pool)
		return NULL;
	pool->sched = sched;
	pool->flags = flags;
	pool->count = count;
	pool->weight = (void *)pool + nfvs_pool_weight_off(count);
	spin_lock_init(&pool->lock);
	if (!nfvs_pool_share(pool, nn, old)) {
		kvfree(pool);
		return NULL;
	}
	return pool;
}

/**
 * nfvs_pool_drop() - let go of a pool
 * @pool: a pool that was replaced, or never published
 * @other: the one that replaced it, or that it was to replace; NULL if there is none
 *
 * Readers may still be in it.
 *
 * Context: process context, under &nfvs_net.cfg_lock.
 */
void nfvs_pool_drop(struct nfvs_pool *pool, const struct nfvs_pool *other)
{
	if (pool->shared && (!other || other->shared != pool->shared))
		pool->sched->destroy(pool->shared);
	kvfree_rcu(pool, rcu);
}

/**
 * nfvs_pool_priv() - the state of a pool's scheduler
 * @pool: the pool
 */
void *nfvs_pool_priv(struct nfvs_pool *pool)
{
	return (void *)pool + nfvs_pool_priv_off(pool->count);
}

/**
 * nfvs_pool_ready() - the members of a pool are set: read weights, set up the scheduler
 * @pool: the pool, not published yet
 * @old: the pool that it takes over from, or NULL
 *
 * Context: process context, under &nfvs_net.cfg_lock.
 */
void nfvs_pool_ready(struct nfvs_pool *pool, struct nfvs_pool *old)
{
	u32 i;

	for (i = 0; i < pool->count; i++)
		pool->weight[i] = pool->dest[i]->cfg.weight;
	if (pool->sched && pool->sched->build)
		pool->sched->build(pool);
	if (!pool->sched || !pool->sched->init)
		return;

	if (!old || old->sched != pool->sched) {
		local_bh_disable();
		pool->sched->init(pool, NULL);
		local_bh_enable();
		return;
	}
	/* Packets may be moving the old pool's state on: take over a whole one. */
	spin_lock_bh(&old->lock);
	pool->sched->init(pool, old);
	spin_unlock_bh(&old->lock);
}

/**
 * nfvs_pool_usable() - nfvs_dest_usable() by index, for the loops in core/
 * @pool: a &struct nfvs_pool
 * @index: of the member
 */
bool nfvs_pool_usable(const void *pool, u32 index)
{
	return nfvs_dest_usable(((const struct nfvs_pool *)pool)->dest[index]);
}

/**
 * nfvs_pool_index() - where a real server is in a pool
 * @pool: the pool
 * @dest: the real server
 *
 * Return: its index, or the pool's count if it is not in.
 */
u32 nfvs_pool_index(const struct nfvs_pool *pool, const struct nfvs_dest *dest)
{
	u32 i;

	for (i = 0; i < pool->count; i++)
		if (pool->dest[i] == dest)
			break;
	return i;
}
