// SPDX-License-Identifier: GPL-2.0-only
/* Pools: what a scheduler picks from. */

#include <linux/overflow.h>
#include <linux/slab.h>

#include "obj/pool.h"

/*
 * Groups and the index of their first members; then for an indexed scheduler members and weights;
 * then its state.  Each is aligned.
 */
struct nfvs_pool_layout {
	size_t first;
	size_t dest;
	size_t weight;
	size_t priv;
};

static struct nfvs_pool_layout nfvs_pool_lay_out(u32 groups, u32 indexed)
{
	struct nfvs_pool_layout off;

	off.first = struct_size((struct nfvs_pool *)NULL, group, groups);
	off.dest = ALIGN(size_add(off.first, array_size(groups, sizeof(u32))), sizeof(u64));
	off.weight = size_add(off.dest, array_size(indexed, sizeof(struct nfvs_dest *)));
	off.priv = ALIGN(size_add(off.weight, array_size(indexed, sizeof(s32))), sizeof(u64));
	return off;
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

/* A pool whose groups are still to come, to take over from @old. */
static struct nfvs_pool *nfvs_pool_create(const struct nfvs_pool_cfg *cfg, u32 groups, u32 count,
					  const struct nfvs_pool *old)
{
	u32 indexed = cfg->sched && cfg->sched->indexed ? count : 0;
	struct nfvs_pool_layout off = nfvs_pool_lay_out(groups, indexed);
	struct nfvs_pool *pool;

	pool = kvzalloc(size_add(off.priv, nfvs_pool_priv_size(cfg->sched, count)), GFP_KERNEL);
	if (!pool)
		return NULL;
	pool->sched = cfg->sched;
	pool->flags = cfg->flags;
	pool->timeout = cfg->timeout;
	pool->netmask = cfg->netmask;
	pool->fastpath = cfg->fastpath;
	pool->count = count;
	pool->groups = groups;
	pool->first = (void *)pool + off.first;
	pool->dest = (void *)pool + off.dest;
	pool->weight = (void *)pool + off.weight;
	pool->priv = (void *)pool + off.priv;
	spin_lock_init(&pool->lock);
	if (!nfvs_pool_share(pool, cfg->nn, old)) {
		kvfree(pool);
		return NULL;
	}
	return pool;
}

/* Groups of another pool, from @from there to @to here, where members have an index @later by. */
static void nfvs_pool_take(struct nfvs_pool *pool, u32 to, const struct nfvs_pool *other, u32 from,
			   u32 groups, u32 later)
{
	struct nfvs_group *const *group = other->group + from;
	const u32 *first = other->first + from;
	struct nfvs_group **new_group = pool->group + to;
	u32 *new_first = pool->first + to;
	u32 i;

	/* The longest part of a change: a large service has hundreds of groups. */
#pragma GCC unroll 4
	for (i = 0; i < groups; i++) {
		new_group[i] = group[i];
		new_first[i] = first[i] + later;
	}
}

/*
 * A pool that has @fresh, if not NULL, in place of the @cut groups of @old from @at on.  Without
 * memory @fresh is freed.
 */
static struct nfvs_pool *nfvs_pool_splice(const struct nfvs_pool_cfg *cfg,
					  const struct nfvs_pool *old, u32 at, u32 cut,
					  struct nfvs_group *fresh)
{
	u32 lost = nfvs_pool_first(old, at + cut) - nfvs_pool_first(old, at);
	u32 won = fresh ? fresh->count : 0, made = fresh ? 1 : 0;
	struct nfvs_pool *pool;

	pool = nfvs_pool_create(cfg, old->groups - cut + made, old->count - lost + won, old);
	if (!pool) {
		kfree(fresh);
		return NULL;
	}
	nfvs_pool_take(pool, 0, old, 0, at, 0);
	if (fresh) {
		pool->group[at] = fresh;
		pool->first[at] = nfvs_pool_first(old, at);
	}
	nfvs_pool_take(pool, at + made, old, at + cut, old->groups - at - cut, won - lost);
	pool->made_at = at;
	pool->made = made;
	pool->cut_at = at;
	pool->cut = cut;
	return pool;
}

/* Pools that are published one after the other share groups only under one scheduler. */
static struct nfvs_pool *nfvs_pool_copy_groups(const struct nfvs_pool_cfg *cfg,
					       const struct nfvs_pool *old)
{
	struct nfvs_pool *pool = nfvs_pool_create(cfg, old->groups, old->count, old);

	if (!pool)
		return NULL;
	nfvs_pool_take(pool, 0, old, 0, old->groups, 0);
	pool->cut = old->groups;
	for (; pool->made < old->groups; pool->made++) {
		pool->group[pool->made] = nfvs_group_copy(old->group[pool->made]);
		if (!pool->group[pool->made]) {
			nfvs_pool_discard(pool, old);
			return NULL;
		}
	}
	return pool;
}

/* The group of the service's present pool that a real server is in. */
static u32 nfvs_pool_group_with(const struct nfvs_pool *pool, const struct nfvs_dest *dest)
{
	return nfvs_pool_group_of(pool, nfvs_pool_after(pool, dest->id) - 1);
}

/**
 * nfvs_pool_alloc() - make a pool without members
 * @cfg: what its service says of it
 *
 * Context: process context, may sleep.
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
 * Context: process context, may sleep.
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
 * Context: process context, may sleep.
 * Return: the pool, or NULL without memory.
 */
struct nfvs_pool *nfvs_pool_with(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old)
{
	const struct nfvs_group *head = old->groups ? old->group[0] : NULL;
	u32 beside = head && head->count < NFVS_GROUP_MAX ? head->count : 0;
	struct nfvs_group *fresh = nfvs_group_alloc(beside + 1);
	struct nfvs_pool *pool;

	if (!fresh)
		return NULL;
	if (beside)
		nfvs_group_take(fresh, 1, head);
	pool = nfvs_pool_splice(cfg, old, 0, beside ? 1 : 0, fresh);
	if (pool)
		pool->gained = true;
	return pool;
}

/**
 * nfvs_pool_join() - set the youngest member
 * @pool: from nfvs_pool_with()
 * @dest: the member
 */
void nfvs_pool_join(struct nfvs_pool *pool, struct nfvs_dest *dest)
{
	pool->group[0]->dest[0] = dest;
}

/**
 * nfvs_pool_renew() - make a pool with the same members, one of which changes
 * @cfg: what its service says of it
 * @old: the pool that it is to take over from
 * @dest: the member that changes, its weight for example, before nfvs_pool_ready()
 *
 * Context: process context, may sleep.
 * Return: the pool, or NULL without memory.
 */
struct nfvs_pool *nfvs_pool_renew(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old,
				  const struct nfvs_dest *dest)
{
	u32 at = nfvs_pool_group_with(old, dest);
	struct nfvs_group *fresh = nfvs_group_copy(old->group[at]);

	return fresh ? nfvs_pool_splice(cfg, old, at, 1, fresh) : NULL;
}

/*
 * Two groups that could be one, at least half of which would be empty, are: so that there are few.
 * @at is the one that loses a member.  Returns the first one of one or two.
 */
static u32 nfvs_pool_merge(const struct nfvs_pool *old, u32 at, u32 *cut)
{
	u32 left = old->group[at]->count - 1;

	*cut = 2;
	if (at && old->group[at - 1]->count + left <= NFVS_GROUP_MAX / 2)
		return at - 1;
	if (at + 1 < old->groups && old->group[at + 1]->count + left <= NFVS_GROUP_MAX / 2)
		return at;
	*cut = 1;
	return at;
}

/**
 * nfvs_pool_without() - make a pool that lacks a member
 * @cfg: what its service says of it
 * @old: the pool that it is to take over from
 * @dest: the member that goes; to be told before the pool is published: nfvs_group_forget()
 *
 * Context: process context, may sleep.
 * Return: the pool, or NULL without memory.
 */
struct nfvs_pool *nfvs_pool_without(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old,
				    const struct nfvs_dest *dest)
{
	u32 cut, at = nfvs_pool_merge(old, nfvs_pool_group_with(old, dest), &cut);
	u32 left = nfvs_pool_first(old, at + cut) - nfvs_pool_first(old, at) - 1;
	struct nfvs_group *fresh = NULL;

	if (left) {
		fresh = nfvs_group_alloc(left);
		if (!fresh)
			return NULL;
		nfvs_group_take_others(fresh, &old->group[at], cut, dest);
	}
	return nfvs_pool_splice(cfg, old, at, cut, fresh);
}

/**
 * nfvs_pool_range_include() - make a range reach as far as a member
 * @range: the range, empty at first
 * @pool: the service's present pool
 * @dest: the member
 */
void nfvs_pool_range_include(struct nfvs_pool_range *range, const struct nfvs_pool *pool,
			     const struct nfvs_dest *dest)
{
	u32 at = nfvs_pool_group_with(pool, dest);
	u32 end = range->at + range->groups;

	if (!range->groups)
		*range = (struct nfvs_pool_range){ .at = at, .groups = 1 };
	else if (at < range->at)
		*range = (struct nfvs_pool_range){ .at = at, .groups = end - at };
	else if (at >= end)
		range->groups = at + 1 - range->at;
}

/**
 * nfvs_pool_range_widen() - take in neighbours, where groups would become many and small
 * @range: groups that will be made anew
 * @pool: their pool
 * @left: how many members they will have
 */
void nfvs_pool_range_widen(struct nfvs_pool_range *range, const struct nfvs_pool *pool, u32 left)
{
	u32 end = range->at + range->groups;

	if (range->at && pool->group[range->at - 1]->count + left <= NFVS_GROUP_MAX / 2) {
		range->at--;
		range->groups++;
	} else if (end < pool->groups && pool->group[end]->count + left <= NFVS_GROUP_MAX / 2) {
		range->groups++;
	}
}

/* The first group has what is left over, since those that come later find room there. */
static bool nfvs_pool_make_groups(struct nfvs_pool *pool, struct nfvs_dest *const *members,
				  u32 count)
{
	u32 size = count % NFVS_GROUP_MAX ?: NFVS_GROUP_MAX;
	u32 done, at;

	for (done = 0; done < count; done += size, size = NFVS_GROUP_MAX) {
		at = pool->made_at + pool->made;
		pool->group[at] = nfvs_group_alloc(size);
		if (!pool->group[at])
			return false;
		memcpy(pool->group[at]->dest, members + done, size * sizeof(*members));
		pool->first[at] = (at ? pool->first[at - 1] + pool->group[at - 1]->count : 0);
		pool->made++;
	}
	return true;
}

/**
 * nfvs_pool_rebuild() - make a pool that has other members in place of some
 * @cfg: what its service says of it, whose scheduler can deal with them
 * @old: the pool that it is to take over from
 * @range: groups of @old whose members go; all of them for another scheduler
 * @members: who comes in their place, youngest first
 * @count: how many
 *
 * Who of @range is not among @members is to be told: nfvs_group_forget().
 *
 * Context: process context, may sleep.
 * Return: the pool, or NULL without memory.
 */
struct nfvs_pool *nfvs_pool_rebuild(const struct nfvs_pool_cfg *cfg, const struct nfvs_pool *old,
				    const struct nfvs_pool_range *range,
				    struct nfvs_dest *const *members, u32 count)
{
	u32 made = DIV_ROUND_UP(count, NFVS_GROUP_MAX), end = range->at + range->groups;
	u32 lost = nfvs_pool_first(old, end) - nfvs_pool_first(old, range->at);
	struct nfvs_pool *pool;

	pool = nfvs_pool_create(cfg, old->groups - range->groups + made, old->count - lost + count,
				old);
	if (!pool)
		return NULL;
	pool->made_at = range->at;
	pool->cut_at = range->at;
	pool->cut = range->groups;
	nfvs_pool_take(pool, 0, old, 0, range->at, 0);
	if (!nfvs_pool_make_groups(pool, members, count)) {
		nfvs_pool_discard(pool, old);
		return NULL;
	}
	nfvs_pool_take(pool, range->at + made, old, end, old->groups - end, count - lost);
	return pool;
}

/* @other is there before or after @pool and may share something with it, or is NULL. */
static void nfvs_pool_let_go(struct nfvs_pool *pool, const struct nfvs_pool *other, u32 at,
			     u32 groups)
{
	u32 i;

	if (pool->shared && (!other || other->shared != pool->shared))
		pool->sched->destroy(pool->shared);
	for (i = at; i < at + groups; i++)
		nfvs_group_free(pool->group[i]);
	kvfree_rcu(pool, rcu);
}

/**
 * nfvs_pool_discard() - let go of a pool that is not published after all
 * @pool: the pool
 * @old: the pool that it was to take over from
 *
 * Context: process context, under &nfvs_net.cfg_lock.
 */
void nfvs_pool_discard(struct nfvs_pool *pool, const struct nfvs_pool *old)
{
	nfvs_pool_let_go(pool, old, pool->made_at, pool->made);
}

/**
 * nfvs_pool_retire() - let go of a pool that was replaced; readers may still be in it
 * @old: the pool
 * @pool: the one that was made from it, and published
 *
 * Context: process context, under &nfvs_net.cfg_lock.
 */
void nfvs_pool_retire(struct nfvs_pool *old, const struct nfvs_pool *pool)
{
	nfvs_pool_let_go(old, pool, pool->cut_at, pool->cut);
}

/**
 * nfvs_pool_free() - let go of the pool of a service that goes; readers may still be in it
 * @pool: the pool
 *
 * Context: process context, under &nfvs_net.cfg_lock.
 */
void nfvs_pool_free(struct nfvs_pool *pool)
{
	nfvs_pool_let_go(pool, NULL, 0, pool->groups);
}

static void nfvs_pool_index(struct nfvs_pool *pool)
{
	u32 i, j, index = 0;

	for (i = 0; i < pool->groups; i++) {
		const struct nfvs_group *group = pool->group[i];

		for (j = 0; j < group->count; j++, index++) {
			pool->dest[index] = group->dest[j];
			pool->weight[index] = group->weight[j];
		}
	}
}

/* Most changes are additions, which need not look at all others again. */
static void nfvs_pool_measure(struct nfvs_pool *pool, const struct nfvs_pool *old)
{
	bool all = !pool->gained || old->sched != pool->sched;
	u32 i;

	if (!all)
		pool->measure = old->measure;
	for (i = 0; i < (all ? pool->groups : 1); i++)
		nfvs_measure_more(&pool->measure, &pool->group[i]->measure);
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

	for (i = 0; i < pool->made; i++)
		nfvs_group_ready(pool->group[pool->made_at + i]);
	if (!pool->sched)
		return;
	if (pool->sched->indexed)
		nfvs_pool_index(pool);
	if (pool->sched->measured)
		nfvs_pool_measure(pool, old);
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

/* How many of those in an array, in order of falling ids, do not have a lower one. */
static u32 nfvs_dests_from(struct nfvs_dest *const *dest, u32 count, u64 id)
{
	u32 low = 0, high = count;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (READ_ONCE(dest[middle]->id) >= id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
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
	u32 low = 0, high = pool->groups;

	/* The last group whose first member has no lower id. */
	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (READ_ONCE(pool->group[middle]->dest[0]->id) >= id)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return 0;
	low--;
	return pool->first[low] +
	       nfvs_dests_from(pool->group[low]->dest, pool->group[low]->count, id);
}

/**
 * nfvs_pool_find() - &nfvs_row.find, of a pool
 * @ctx: the pool
 * @from: index of the first member to look at
 * @to: index behind the last one, above @from
 * @bar: least weight, above 0
 *
 * Context: rcu_read_lock() held.
 * Return: index of the first member found, or @to.
 */
u32 nfvs_pool_find(const void *ctx, u32 from, u32 to, s32 bar)
{
	const struct nfvs_pool *pool = ctx;
	u32 g, i, end;

	for (g = nfvs_pool_group_of(pool, from); from < to; g++, from = end) {
		const struct nfvs_group *group = pool->group[g];
		u32 first = pool->first[g];

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
	u32 g, i;

	for (g = 0; g < pool->groups; g++) {
		const struct nfvs_group *group = pool->group[g];

		if (group->measure.highest <= highest)
			continue;
		for (i = 0; i < group->count; i++)
			if (group->weight[i] > highest && nfvs_dest_usable(group->dest[i]))
				highest = group->weight[i];
	}
	return highest;
}
