// SPDX-License-Identifier: GPL-2.0-only
/* Pools: what a scheduler picks from. */

#include <linux/overflow.h>
#include <linux/slab.h>

#include "obj/pool.h"

/* Parts, then for an indexed scheduler members and weights, then its state, each aligned. */
static size_t nfvs_pool_dest_off(u32 parts)
{
	return struct_size((struct nfvs_pool *)NULL, part, parts);
}

static size_t nfvs_pool_weight_off(u32 parts, u32 indexed)
{
	return size_add(nfvs_pool_dest_off(parts), array_size(indexed, sizeof(struct nfvs_dest *)));
}

static size_t nfvs_pool_priv_off(u32 parts, u32 indexed)
{
	return ALIGN(
		size_add(nfvs_pool_weight_off(parts, indexed), array_size(indexed, sizeof(s32))),
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

/* A pool without its parts, to take over from @old. */
static struct nfvs_pool *nfvs_pool_create(const struct nfvs_pool_cfg *cfg, u32 parts, u32 count,
					  const struct nfvs_pool *old)
{
	u32 indexed = cfg->sched && cfg->sched->indexed ? count : 0;
	struct nfvs_pool *pool;

	pool = kvzalloc(size_add(nfvs_pool_priv_off(parts, indexed),
				 nfvs_pool_priv_size(cfg->sched, count)),
			GFP_KERNEL);
	if (!pool)
		return NULL;
	pool->sched = cfg->sched;
	pool->flags = cfg->flags;
	pool->timeout = cfg->timeout;
	pool->netmask = cfg->netmask;
	pool->count = count;
	pool->dest = (void *)pool + nfvs_pool_dest_off(parts);
	pool->weight = (void *)pool + nfvs_pool_weight_off(parts, indexed);
	pool->priv = (void *)pool + nfvs_pool_priv_off(parts, indexed);
	spin_lock_init(&pool->lock);
	if (!nfvs_pool_share(pool, cfg->nn, old)) {
		kvfree(pool);
		return NULL;
	}
	return pool;
}

static void nfvs_pool_append(struct nfvs_pool *pool, struct nfvs_group *group)
{
	struct nfvs_part *part = &pool->part[pool->parts];

	part->group = group;
	part->first = pool->parts ? part[-1].first + part[-1].group->count : 0;
	group->pools++;
	pool->parts++;
}

/*
 * A pool that has @fresh, if not NULL, in place of the @cut parts of @old from @at on.  Without
 * memory @fresh is freed.
 */
static struct nfvs_pool *nfvs_pool_splice(const struct nfvs_pool_cfg *cfg,
					  const struct nfvs_pool *old, u32 at, u32 cut,
					  struct nfvs_group *fresh)
{
	u32 count = old->count + (fresh ? fresh->count : 0), i;
	struct nfvs_pool *pool;

	for (i = at; i < at + cut; i++)
		count -= old->part[i].group->count;
	pool = nfvs_pool_create(cfg, old->parts - cut + (fresh ? 1 : 0), count, old);
	if (!pool) {
		kfree(fresh);
		return NULL;
	}
	for (i = 0; i < at; i++)
		nfvs_pool_append(pool, old->part[i].group);
	if (fresh)
		nfvs_pool_append(pool, fresh);
	for (i = at + cut; i < old->parts; i++)
		nfvs_pool_append(pool, old->part[i].group);
	return pool;
}

/* Pools that are published one after the other share groups only under one scheduler. */
static struct nfvs_pool *nfvs_pool_copy_groups(const struct nfvs_pool_cfg *cfg,
					       const struct nfvs_pool *old)
{
	struct nfvs_pool *pool = nfvs_pool_create(cfg, old->parts, old->count, old);
	const struct nfvs_group *from;
	struct nfvs_group *group;
	u32 i;

	if (!pool)
		return NULL;
	for (i = 0; i < old->parts; i++) {
		from = old->part[i].group;
		group = nfvs_group_alloc(from->count);
		if (!group) {
			nfvs_pool_drop(pool, old);
			return NULL;
		}
		nfvs_group_take(group, 0, from, 0, from->count);
		nfvs_pool_append(pool, group);
	}
	return pool;
}

/* The part of a pool that has a member; index below the pool's count. */
static u32 nfvs_pool_part_of(const struct nfvs_pool *pool, u32 index)
{
	u32 low = 0, high = pool->parts;

	while (high - low > 1) {
		u32 middle = low + (high - low) / 2;

		if (pool->part[middle].first <= index)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The part of the service's present pool that a real server is in. */
static u32 nfvs_pool_part_with(const struct nfvs_pool *pool, const struct nfvs_dest *dest)
{
	return nfvs_pool_part_of(pool, nfvs_pool_after(pool, dest->id) - 1);
}

/**
 * nfvs_pool_alloc() - make a pool without members
 * @cfg: what its service says of it
 *
 * Context: process context, may sleep.  Freed with nfvs_pool_drop().
 * Return: the pool, or NULL without memory.
 */
struct nfvs_pool *nfvs_pool_alloc(const struct nfvs_pool_cfg *cfg)
{
	return nfvs_pool_create(cfg, 0, 0, NULL);
}

/**
 * nfvs_pool_copy() - make a pool with the members of another one
 * @cfg: what its service says of it, whose scheduler can deal with them
 * @old: the pool that it is to take over from
 *
 * Context: process context, may sleep.  Freed with nfvs_pool_drop().
 * Return: the pool, or NULL without memory.
 */
struct nfvs_pool *nfvs_pool_copy(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old)
{
	if (cfg->sched != old->sched)
		return nfvs_pool_copy_groups(cfg, old);
	return nfvs_pool_splice(cfg, old, 0, 0, NULL);
}

/**
 * nfvs_pool_with() - make a pool with room for one more member
 * @cfg: what its service says of it, whose scheduler can deal with that
 * @old: the pool that it is to take over from
 *
 * The new member is the youngest, and set with nfvs_pool_join().
 *
 * Context: process context, may sleep.  Freed with nfvs_pool_drop().
 * Return: the pool, or NULL without memory.
 */
struct nfvs_pool *nfvs_pool_with(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old)
{
	const struct nfvs_group *head = old->parts ? old->part[0].group : NULL;
	u32 beside = head && head->count < NFVS_GROUP_MAX ? head->count : 0;
	struct nfvs_group *fresh = nfvs_group_alloc(beside + 1);

	if (!fresh)
		return NULL;
	if (beside)
		nfvs_group_take(fresh, 1, head, 0, beside);
	return nfvs_pool_splice(cfg, old, 0, beside ? 1 : 0, fresh);
}

/**
 * nfvs_pool_join() - set the youngest member
 * @pool: from nfvs_pool_with()
 * @dest: the member
 */
void nfvs_pool_join(struct nfvs_pool *pool, struct nfvs_dest *dest)
{
	pool->part[0].group->dest[0] = dest;
}

/**
 * nfvs_pool_renew() - make a pool with the same members, one of which changes
 * @cfg: what its service says of it
 * @old: the pool that it is to take over from
 * @dest: the member that changes, its weight for example, before nfvs_pool_ready()
 *
 * Context: process context, may sleep.  Freed with nfvs_pool_drop().
 * Return: the pool, or NULL without memory.
 */
struct nfvs_pool *nfvs_pool_renew(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old,
				  const struct nfvs_dest *dest)
{
	u32 at = nfvs_pool_part_with(old, dest);
	const struct nfvs_group *from = old->part[at].group;
	struct nfvs_group *fresh = nfvs_group_alloc(from->count);

	if (!fresh)
		return NULL;
	nfvs_group_take(fresh, 0, from, 0, from->count);
	return nfvs_pool_splice(cfg, old, at, 1, fresh);
}

/*
 * Two parts that could be one, at least half of which would be empty, are: so that there are few.
 * @at is the part that loses a member.  Returns the first one of one or two.
 */
static u32 nfvs_pool_merge(const struct nfvs_pool *old, u32 at, u32 *cut)
{
	u32 left = old->part[at].group->count - 1;

	*cut = 2;
	if (at && old->part[at - 1].group->count + left <= NFVS_GROUP_MAX / 2)
		return at - 1;
	if (at + 1 < old->parts && old->part[at + 1].group->count + left <= NFVS_GROUP_MAX / 2)
		return at;
	*cut = 1;
	return at;
}

static void nfvs_group_take_others(struct nfvs_group *group, const struct nfvs_part *part,
				   u32 parts, const struct nfvs_dest *dest)
{
	u32 place = 0, i, j;

	for (i = 0; i < parts; i++)
		for (j = 0; j < part[i].group->count; j++)
			if (part[i].group->dest[j] != dest)
				nfvs_group_take(group, place++, part[i].group, j, 1);
}

/**
 * nfvs_pool_without() - make a pool that lacks a member
 * @cfg: what its service says of it
 * @old: the pool that it is to take over from
 * @dest: the member that goes.  Before the pool is published it marks no group any more.
 *
 * Context: process context, may sleep.  Freed with nfvs_pool_drop().
 * Return: the pool, or NULL without memory.
 */
struct nfvs_pool *nfvs_pool_without(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old,
				    const struct nfvs_dest *dest)
{
	u32 cut, at = nfvs_pool_merge(old, nfvs_pool_part_with(old, dest), &cut);
	struct nfvs_group *fresh = NULL;
	u32 left = old->part[at].group->count - 1;

	if (cut > 1)
		left += old->part[at + 1].group->count;
	if (left) {
		fresh = nfvs_group_alloc(left);
		if (!fresh)
			return NULL;
		nfvs_group_take_others(fresh, &old->part[at], cut, dest);
	}
	return nfvs_pool_splice(cfg, old, at, cut, fresh);
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
	u32 i;

	if (pool->shared && (!other || other->shared != pool->shared))
		pool->sched->destroy(pool->shared);
	for (i = 0; i < pool->parts; i++)
		nfvs_group_put(pool->part[i].group);
	kvfree_rcu(pool, rcu);
}

static void nfvs_pool_index(struct nfvs_pool *pool)
{
	u32 i, j, index = 0;

	for (i = 0; i < pool->parts; i++) {
		const struct nfvs_group *group = pool->part[i].group;

		for (j = 0; j < group->count; j++, index++) {
			pool->dest[index] = group->dest[j];
			pool->weight[index] = group->weight[j];
		}
	}
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

	/* What is in this pool alone is new. */
	for (i = 0; i < pool->parts; i++)
		if (pool->part[i].group->pools == 1)
			nfvs_group_ready(pool->part[i].group);
	if (!pool->sched)
		return;
	if (pool->sched->indexed)
		nfvs_pool_index(pool);
	if (pool->sched->build)
		pool->sched->build(pool);
	if (!pool->sched->init)
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
 * nfvs_pool_dest() - a member by its index
 * @pool: the pool
 * @index: as from a search; the pool's count stands for nobody
 *
 * Return: the real server, or NULL.
 */
struct nfvs_dest *nfvs_pool_dest(const struct nfvs_pool *pool, u32 index)
{
	const struct nfvs_part *part;

	if (index >= pool->count)
		return NULL;
	part = &pool->part[nfvs_pool_part_of(pool, index)];
	return part->group->dest[index - part->first];
}

/**
 * nfvs_pool_after() - where those begin that joined before somebody
 * @pool: the pool; its members are in order of falling ids
 * @id: id of somebody who is, or was, a member
 *
 * Return: index of the first member with a lower id; the pool's count if there is none.
 */
u32 nfvs_pool_after(const struct nfvs_pool *pool, u64 id)
{
	u32 low = 0, high = pool->count;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (READ_ONCE(nfvs_pool_dest(pool, middle)->id) >= id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/**
 * nfvs_pool_find() - &nfvs_row.find, of a pool
 * @ctx: the pool
 * @from: index of the first member to look at
 * @to: index behind the last one
 * @bar: least weight, above 0
 *
 * Context: rcu_read_lock() held.
 * Return: index of the first member found, or @to.
 */
u32 nfvs_pool_find(const void *ctx, u32 from, u32 to, s32 bar)
{
	const struct nfvs_pool *pool = ctx;
	u32 p, i, end;

	if (from >= to)
		return to;
	for (p = nfvs_pool_part_of(pool, from); from < to; p++, from = end) {
		const struct nfvs_group *group = pool->part[p].group;
		u32 first = pool->part[p].first;

		end = min(to, first + group->count);
		if (group->measure.highest < bar)
			continue;
		for (i = from - first; i < end - first; i++)
			if (group->weight[i] >= bar && nfvs_dest_usable(group->dest[i]))
				return first + i;
	}
	return to;
}

/**
 * nfvs_pool_highest() - &nfvs_row.highest, of a pool
 * @ctx: the pool
 *
 * Context: rcu_read_lock() held.
 */
s32 nfvs_pool_highest(const void *ctx)
{
	const struct nfvs_pool *pool = ctx;
	s32 highest = 0;
	u32 p, i;

	for (p = 0; p < pool->parts; p++) {
		const struct nfvs_group *group = pool->part[p].group;

		if (group->measure.highest <= highest)
			continue;
		for (i = 0; i < group->count; i++)
			if (group->weight[i] > highest && nfvs_dest_usable(group->dest[i]))
				highest = group->weight[i];
	}
	return highest;
}

/**
 * nfvs_pool_measure() - what the weights of all members have in common
 * @pool: a pool that is ready
 */
struct nfvs_measure nfvs_pool_measure(const struct nfvs_pool *pool)
{
	struct nfvs_measure all = {};
	u32 i;

	for (i = 0; i < pool->parts; i++)
		nfvs_measure_more(&all, &pool->part[i].group->measure);
	return all;
}
