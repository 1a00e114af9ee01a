// SPDX-License-Identifier: GPL-2.0-only
/* Groups: what pools are made of. */

#include <linux/overflow.h>
#include <linux/slab.h>

#include "obj/group.h"

/* Members, then loads, then weights. */
static size_t nfvs_group_load_off(u32 count)
{
	return struct_size((struct nfvs_group *)NULL, dest, count);
}

static size_t nfvs_group_weight_off(u32 count)
{
	return size_add(nfvs_group_load_off(count),
			array_size(roundup_pow_of_two(count), sizeof(struct nfvs_load)));
}

/**
 * nfvs_group_alloc() - make a group
 * @count: number of members, 1 to NFVS_GROUP_MAX, which the caller fills in
 *
 * Context: process context, may sleep.
 * Return: the group, in no pool yet, or NULL without memory.
 */
struct nfvs_group *nfvs_group_alloc(u32 count)
{
	struct nfvs_group *group;

	group = kzalloc(size_add(nfvs_group_weight_off(count), array_size(count, sizeof(s32))),
			GFP_KERNEL);
	if (!group)
		return NULL;
	group->count = count;
	group->load = (void *)group + nfvs_group_load_off(count);
	group->weight = (void *)group + nfvs_group_weight_off(count);
	spin_lock_init(&group->lock);
	return group;
}

/**
 * nfvs_group_take() - fill in all members of another group
 * @group: a group that is not in use yet
 * @place: of the first one
 * @from: the other group
 */
void nfvs_group_take(struct nfvs_group *group, u32 place, const struct nfvs_group *from)
{
	u32 i;

	for (i = 0; i < from->count; i++)
		group->dest[place + i] = from->dest[i];
}

/**
 * nfvs_group_take_others() - fill in all members of some groups, but for one
 * @group: a group that is not in use yet
 * @from: the groups
 * @groups: how many
 * @dest: the one
 */
void nfvs_group_take_others(struct nfvs_group *group, struct nfvs_group *const *from, u32 groups,
			    const struct nfvs_dest *dest)
{
	u32 place = 0, i, j;

	for (i = 0; i < groups; i++)
		for (j = 0; j < from[i]->count; j++)
			if (from[i]->dest[j] != dest)
				group->dest[place++] = from[i]->dest[j];
}

/**
 * nfvs_group_copy() - make a group with the members of another one
 * @from: the other one
 *
 * Context: process context, may sleep.
 * Return: the group, in no pool yet, or NULL without memory.
 */
struct nfvs_group *nfvs_group_copy(const struct nfvs_group *from)
{
	struct nfvs_group *group = nfvs_group_alloc(from->count);

	if (group)
		nfvs_group_take(group, 0, from);
	return group;
}

/**
 * nfvs_group_ready() - all members are filled in: read their weights and have them mark this group
 * @group: a group that is about to be published
 *
 * Context: process context, under &nfvs_net.cfg_lock.
 */
void nfvs_group_ready(struct nfvs_group *group)
{
	u32 i;

	for (i = 0; i < group->count; i++)
		group->weight[i] = group->dest[i]->cfg.weight;
	group->measure = nfvs_measure_weights(group->weight, group->count);
	group->stale = true;
	for (i = 0; i < group->count; i++) {
		WRITE_ONCE(group->dest[i]->place, i);
		rcu_assign_pointer(group->dest[i]->group, group);
	}
}

/**
 * nfvs_group_free() - no pool has a group any more
 * @group: the group
 *
 * Readers may still be in it.  Its last members have marked another group, or none, since before.
 *
 * Context: process context, under &nfvs_net.cfg_lock.
 */
void nfvs_group_free(struct nfvs_group *group)
{
	kfree_rcu(group, rcu);
}

/**
 * nfvs_group_take_marks() - take away the marks of a group
 * @group: the group; its lock is held
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the places that were marked, a mask.
 */
u64 nfvs_group_take_marks(struct nfvs_group *group)
{
	u64 marked = 0;
	u32 word, i;

	lockdep_assert_held(&group->lock);
	for (word = 0; word < NFVS_GROUP_MARK_WORDS; word++) {
		if (!READ_ONCE(group->marks[word]))
			continue;
		for (i = word * sizeof(long); i < (word + 1) * sizeof(long); i++) {
			if (!READ_ONCE(group->mark[i]))
				continue;
			WRITE_ONCE(group->mark[i], false);
			marked |= BIT_ULL(i);
		}
	}
	/* Who saw a mark that is taken away has changed the load before it is read. */
	smp_mb();
	/* There may be stray ones, see nfvs_group_mark(). */
	return marked & GENMASK_ULL(group->count - 1, 0);
}

/**
 * nfvs_group_settle() - who has the least load is found
 * @group: the group; its lock is held
 *
 * Context: bottom halves disabled.
 */
void nfvs_group_settle(struct nfvs_group *group)
{
	u32 word;

	lockdep_assert_held(&group->lock);
	/* After what was found.  Pairs with smp_load_acquire() of those who read it. */
	smp_store_release(&group->stale, false);
	/* Somebody may have said that it is stale before this: then his mark is seen now. */
	smp_mb();
	for (word = 0; word < NFVS_GROUP_MARK_WORDS; word++)
		if (READ_ONCE(group->marks[word]))
			WRITE_ONCE(group->stale, true);
}
