// SPDX-License-Identifier: GPL-2.0-only
/* Destinations that lblc and lblcr remember, and the rules that both share. */

#include <linux/jiffies.h>
#include <linux/overflow.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/siphash.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "obj/netns.h"
#include "sched/lblc_cache.h"

#define NFVS_LBLC_BUCKETS 1024

/**
 * struct nfvs_lblc_cache - the destinations of a service
 * @nn: namespace
 * @expiration: jiffies after which a full sweep forgets what nobody asked for; a sysctl
 * @key: of the hash: clients choose what they ask for
 * @lock: guards changes of all below
 * @entries: number of entries
 * @dead: being destroyed: takes no new entry
 * @quiet: see nfvs_lblc_next_sweep(). @work only.
 * @rover: bucket that the next partial sweep starts at. @work only.
 * @work: forgets old entries, while there are any
 * @rcu: frees it
 * @bucket: the entries
 */
struct nfvs_lblc_cache {
	struct nfvs_net *nn;
	const int *expiration;
	hsiphash_key_t key;
	spinlock_t lock;
	u32 entries;
	bool dead;
	u32 quiet;
	u32 rover;
	struct delayed_work work;
	struct rcu_head rcu;
	struct hlist_head bucket[NFVS_LBLC_BUCKETS];
};

static void nfvs_lblc_forget(struct nfvs_lblc_cache *cache, struct nfvs_lblc_entry *entry)
{
	lockdep_assert_held(&cache->lock);
	hlist_del_rcu(&entry->node);
	cache->entries--;
	kfree_rcu(entry, rcu);
}

/* Forgets what has been idle for so long in one bucket: how many. */
static u32 nfvs_lblc_sweep_bucket(struct nfvs_lblc_cache *cache, u32 which, unsigned long idle)
{
	struct nfvs_lblc_entry *entry;
	struct hlist_node *next;
	u32 gone = 0;

	spin_lock_bh(&cache->lock);
	hlist_for_each_entry_safe(entry, next, &cache->bucket[which], node) {
		if (time_before(jiffies, READ_ONCE(entry->used) + idle))
			continue;
		nfvs_lblc_forget(cache, entry);
		gone++;
	}
	spin_unlock_bh(&cache->lock);
	cond_resched();
	return gone;
}

static void nfvs_lblc_sweep(struct nfvs_lblc_cache *cache, struct nfvs_lblc_sweep sweep)
{
	unsigned long idle = NFVS_LBLC_IDLE_SECONDS * HZ;
	u32 gone = 0, i;

	if (sweep.full)
		idle = max(READ_ONCE(*cache->expiration), 0);
	for (i = 0; i < NFVS_LBLC_BUCKETS && gone < sweep.goal; i++) {
		cache->rover = (cache->rover + 1) % NFVS_LBLC_BUCKETS;
		gone += nfvs_lblc_sweep_bucket(cache, cache->rover, idle);
	}
}

static void nfvs_lblc_arm(struct nfvs_lblc_cache *cache)
{
	lockdep_assert_held(&cache->lock);
	if (cache->entries && !cache->dead)
		queue_delayed_work(system_power_efficient_wq, &cache->work,
				   NFVS_LBLC_SWEEP_SECONDS * HZ);
}

static void nfvs_lblc_work(struct work_struct *work)
{
	struct nfvs_lblc_cache *cache =
		container_of(to_delayed_work(work), struct nfvs_lblc_cache, work);
	u32 entries;

	spin_lock_bh(&cache->lock);
	entries = cache->entries;
	spin_unlock_bh(&cache->lock);
	nfvs_lblc_sweep(cache, nfvs_lblc_next_sweep(&cache->quiet, entries));
	spin_lock_bh(&cache->lock);
	nfvs_lblc_arm(cache);
	spin_unlock_bh(&cache->lock);
}

/**
 * nfvs_lblc_cache_create() - make a cache
 * @nn: namespace
 * @expiration: a sysctl of it: idle jiffies after which an entry may be forgotten
 *
 * Context: process context, may sleep.
 * Return: the cache, or NULL without memory.
 */
void *nfvs_lblc_cache_create(struct nfvs_net *nn, const int *expiration)
{
	struct nfvs_lblc_cache *cache = kvzalloc(sizeof(*cache), GFP_KERNEL);

	if (!cache)
		return NULL;
	cache->nn = nn;
	cache->expiration = expiration;
	get_random_bytes(&cache->key, sizeof(cache->key));
	spin_lock_init(&cache->lock);
	INIT_DELAYED_WORK(&cache->work, nfvs_lblc_work);
	return cache;
}

/**
 * nfvs_lblc_cache_destroy() - free a cache
 * @cache: the cache; readers may still be in it
 *
 * Context: process context, may sleep.
 */
void nfvs_lblc_cache_destroy(void *cache)
{
	struct nfvs_lblc_cache *mine = cache;
	u32 i;

	/* From here on nobody adds an entry, and so nobody queues the work. */
	spin_lock_bh(&mine->lock);
	mine->dead = true;
	spin_unlock_bh(&mine->lock);
	cancel_delayed_work_sync(&mine->work);
	for (i = 0; i < NFVS_LBLC_BUCKETS; i++)
		nfvs_lblc_sweep_bucket(mine, i, 0);
	kvfree_rcu(mine, rcu);
}

static struct hlist_head *nfvs_lblc_bucket(struct nfvs_lblc_cache *cache,
					   const union nf_inet_addr *addr)
{
	return &cache->bucket[hsiphash(addr, sizeof(*addr), &cache->key) % NFVS_LBLC_BUCKETS];
}

static struct nfvs_lblc_entry *nfvs_lblc_find(struct hlist_head *bucket,
					      const union nf_inet_addr *addr, bool locked)
{
	struct nfvs_lblc_entry *entry;

	hlist_for_each_entry_rcu(entry, bucket, node, locked)
		if (!memcmp(&entry->addr, addr, sizeof(*addr)))
			return entry;
	return NULL;
}

/**
 * nfvs_lblc_lookup_rcu() - who serves a destination
 * @cache: the cache
 * @addr: the destination, which a packet is for
 *
 * Context: rcu_read_lock() held.
 * Return: the entry, or NULL.
 */
struct nfvs_lblc_entry *nfvs_lblc_lookup_rcu(struct nfvs_lblc_cache *cache,
					     const union nf_inet_addr *addr)
{
	unsigned long now = jiffies;
	struct nfvs_lblc_entry *entry;

	entry = nfvs_lblc_find(nfvs_lblc_bucket(cache, addr), addr, false);
	if (entry && READ_ONCE(entry->used) != now)
		WRITE_ONCE(entry->used, now);
	return entry;
}

/*
 * Somebody may have been faster.  His entry stays then: the connection at hand goes where it was
 * picked to go in any case, the next ones where he remembered.
 */
static bool nfvs_lblc_swap(struct nfvs_lblc_cache *cache, struct nfvs_lblc_entry *seen,
			   struct nfvs_lblc_entry *fresh)
{
	struct hlist_head *bucket = nfvs_lblc_bucket(cache, &fresh->addr);
	bool dead, room;

	lockdep_assert_held(&cache->lock);
	dead = cache->dead;
	room = seen || cache->entries < NFVS_LBLC_ENTRIES_HARD;
	if (!room)
		nfvs_count(cache->nn, SCHED_CACHE_FULL);
	if (dead || !room || nfvs_lblc_find(bucket, &fresh->addr, true) != seen)
		return false;
	if (seen)
		nfvs_lblc_forget(cache, seen);
	hlist_add_head_rcu(&fresh->node, bucket);
	cache->entries++;
	nfvs_lblc_arm(cache);
	return true;
}

/**
 * nfvs_lblc_remember() - from now on, other real servers serve a destination
 * @cache: the cache
 * @seen: what nfvs_lblc_lookup_rcu() found
 * @addr: the destination
 * @id: ids of the real servers
 * @count: how many, at least 1
 *
 * A destination that there is no room or no memory for is not remembered.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
void nfvs_lblc_remember(struct nfvs_lblc_cache *cache, struct nfvs_lblc_entry *seen,
			const union nf_inet_addr *addr, const u64 *id, u32 count)
{
	struct nfvs_lblc_entry *fresh;
	bool taken;

	fresh = kmalloc(struct_size(fresh, id, count), GFP_ATOMIC | __GFP_NOWARN);
	if (!fresh) {
		nfvs_count(cache->nn, SCHED_CACHE_NOMEM);
		return;
	}
	fresh->addr = *addr;
	fresh->used = jiffies;
	fresh->changed = jiffies;
	fresh->count = count;
	memcpy(fresh->id, id, array_size(count, sizeof(*id)));

	spin_lock(&cache->lock);
	taken = nfvs_lblc_swap(cache, seen, fresh);
	spin_unlock(&cache->lock);
	if (!taken)
		kfree(fresh);
}

/**
 * nfvs_lblc_member() - find a member by its id
 * @pool: the pool
 * @id: the id
 *
 * Return: the real server, or NULL if it is not in.
 */
struct nfvs_dest *nfvs_lblc_member(const struct nfvs_pool *pool, u64 id)
{
	u32 next = nfvs_pool_after(pool, id);
	struct nfvs_dest *dest = next ? nfvs_pool_dest(pool, next - 1) : NULL;

	return dest && READ_ONCE(dest->id) == id ? dest : NULL;
}

/**
 * nfvs_lblc_eligible() - whether a member may get a new connection
 * @dest: the real server
 *
 * Context: rcu_read_lock() held.
 */
bool nfvs_lblc_eligible(const struct nfvs_dest *dest)
{
	return READ_ONCE(dest->cfg.weight) > 0 && nfvs_dest_usable(dest);
}

static bool nfvs_lblc_has_room_at(const struct nfvs_group *group, u32 place)
{
	return nfvs_group_eligible(group, place) &&
	       nfvs_lblc_has_room(nfvs_dest_active(group->dest[place]), group->weight[place]);
}

/**
 * nfvs_lblc_overloaded() - whether a member should be relieved, and there is somebody to do it
 * @pool: the pool
 * @dest: the member
 *
 * Context: rcu_read_lock() held.
 */
bool nfvs_lblc_overloaded(const struct nfvs_pool *pool, const struct nfvs_dest *dest)
{
	u32 g, i;

	if (!nfvs_lblc_full(nfvs_dest_active(dest), READ_ONCE(dest->cfg.weight)))
		return false;
	for (g = 0; g < pool->groups; g++)
		for (i = 0; i < pool->group[g]->count; i++)
			if (nfvs_lblc_has_room_at(pool->group[g], i))
				return true;
	return false;
}
