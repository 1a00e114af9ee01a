// SPDX-License-Identifier: GPL-2.0-only
/* Addresses of real servers, however many services have the same one. */

#include <linux/lockdep.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>

#include "obj/dest.h"
#include "obj/netns.h"
#include "obj/real.h"

const struct rhashtable_params nfvs_real_params = {
	.key_len = sizeof(struct nfvs_real_key),
	.key_offset = offsetof(struct nfvs_real, key),
	.head_offset = offsetof(struct nfvs_real, node),
	.automatic_shrinking = true,
};

static struct nfvs_real_key nfvs_real_key_of(const struct nfvs_dest_key *dest)
{
	return (struct nfvs_real_key){
		.addr = dest->addr,
		.port = dest->port,
		.af = dest->af,
		.proto = dest->svc.proto,
	};
}

/**
 * nfvs_real_is_known() - whether a real server in service, of whichever service, has an address
 * @nn: namespace; its cfg_lock is held
 * @dest: what a real server there is called
 *
 * Return: true if there is one.
 */
bool nfvs_real_is_known(struct nfvs_net *nn, const struct nfvs_dest_key *dest)
{
	const struct nfvs_real_key key = nfvs_real_key_of(dest);

	lockdep_assert_held(&nn->cfg_lock);
	return rhashtable_lookup_fast(&nn->reals, &key, nfvs_real_params);
}

/**
 * nfvs_real_get() - a real server enters its service
 * @nn: namespace; its cfg_lock is held
 * @dest: what it is called
 *
 * Context: process context, may sleep.
 * Return: its address, to be let go of with nfvs_real_put(), or NULL without memory.
 */
struct nfvs_real *nfvs_real_get(struct nfvs_net *nn, const struct nfvs_dest_key *dest)
{
	const struct nfvs_real_key key = nfvs_real_key_of(dest);
	struct nfvs_real *real;

	lockdep_assert_held(&nn->cfg_lock);
	real = rhashtable_lookup_fast(&nn->reals, &key, nfvs_real_params);
	if (!real) {
		real = kzalloc(sizeof(*real), GFP_KERNEL);
		if (!real)
			return NULL;
		real->key = key;
		if (rhashtable_insert_fast(&nn->reals, &real->node, nfvs_real_params)) {
			kfree(real);
			return NULL;
		}
	}
	real->dests++;
	return real;
}

/**
 * nfvs_real_put() - a real server has left its service
 * @nn: namespace; its cfg_lock is held
 * @real: its address
 */
void nfvs_real_put(struct nfvs_net *nn, struct nfvs_real *real)
{
	lockdep_assert_held(&nn->cfg_lock);
	if (--real->dests)
		return;
	rhashtable_remove_fast(&nn->reals, &real->node, nfvs_real_params);
	kfree_rcu(real, rcu);
}

/**
 * nfvs_real_change_nat() - more or fewer of the real servers are forwarded to by NAT
 * @real: their address; its namespace's cfg_lock is held
 * @change: by how many
 *
 * One step for one change: packets must not find none where there is one before and after.
 */
void nfvs_real_change_nat(struct nfvs_real *real, int change)
{
	WRITE_ONCE(real->nat, real->nat + change);
}

static bool nfvs_real_has_nat(struct nfvs_net *nn, const struct nfvs_real_key *key)
{
	const struct nfvs_real *real = rhashtable_lookup(&nn->reals, key, nfvs_real_params);

	return real && READ_ONCE(real->nat);
}

/**
 * nfvs_real_is_source_rcu() - whether a packet may be from a real server
 * @nn: namespace
 * @tuple: the packet's
 *
 * Those that are forwarded to by NAT count: replies of others do not pass here.
 *
 * Context: rcu_read_lock() held.
 */
bool nfvs_real_is_source_rcu(struct nfvs_net *nn, const struct nfvs_tuple *tuple)
{
	struct nfvs_real_key key = {
		.addr = tuple->src,
		.port = tuple->sport,
		.af = tuple->af,
		.proto = tuple->proto,
	};

	if (nfvs_real_has_nat(nn, &key))
		return true;
	key.proto = 0;
	return nfvs_real_has_nat(nn, &key);
}
