/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who else listens at the netfilter hooks.
 *
 * Packets of established connections may skip a hook where nobody would do anything to them.  That
 * is asked for each packet: a rule takes effect with the next one.  Netfilter tells nobody when a
 * list of hooks changes, so the list is compared to what it was when its functions' names were last
 * looked up.  Comparing where it lies in memory would not do: another list may come to lie there.
 */
#ifndef NFVS_HOOK_LISTENERS_H
#define NFVS_HOOK_LISTENERS_H

#include "obj/fast.h"
#include "obj/netns.h"

u8 nfvs_listeners_learn(struct nfvs_net *nn, bool v6);

static __always_inline const struct nf_hook_entries *nfvs_hook_entries(const struct net *net,
								       bool v6, u8 hook)
{
	return v6 ? rcu_dereference(net->nf.hooks_ipv6[hook]) :
		    rcu_dereference(net->nf.hooks_ipv4[hook]);
}

static __always_inline bool nfvs_same_at_hook(const struct nfvs_listeners *known,
					      const struct net *net, bool v6, u8 hook)
{
	const struct nf_hook_entries *entries = nfvs_hook_entries(net, v6, hook);
	u32 i, count = known->count[hook];

	if (!entries)
		return !count;
	/* A list is never empty, and most have one entry. */
	if (entries->num_hook_entries != count ||
	    READ_ONCE(entries->hooks[0].hook) != known->fn[hook][0])
		return false;
	for (i = 1; i < count; i++)
		if (READ_ONCE(entries->hooks[i].hook) != known->fn[hook][i])
			return false;
	return true;
}

static inline bool nfvs_is_hooked(const struct nfvs_net *nn, bool v6)
{
	return test_bit(v6 ? NFPROTO_IPV6 : NFPROTO_IPV4, &nn->hooked);
}

/* Only for what is free: its lists have been noted to the end. */
static __always_inline bool nfvs_same_listeners(const struct nfvs_listeners *known,
						const struct net *net, bool v6, u8 passage)
{
	if (!nfvs_same_at_hook(known, net, v6, NF_INET_POST_ROUTING))
		return false;
	if (passage == NFVS_PASS_LAST)
		return true;
	if (!nfvs_same_at_hook(known, net, v6, NF_INET_PRE_ROUTING))
		return false;
	if (passage == NFVS_DIR_REPLY)
		return nfvs_same_at_hook(known, net, v6, NF_INET_FORWARD);
	return nfvs_same_at_hook(known, net, v6, NF_INET_LOCAL_IN) &&
	       nfvs_same_at_hook(known, net, v6, NF_INET_LOCAL_OUT);
}

/* Whoever might do something to a packet does so, whoever else is there. */
static inline bool nfvs_foreign_is_there(const struct nfvs_listeners *known, const struct net *net,
					 bool v6, u8 passage)
{
	const struct nfvs_listener *foreign = &known->foreign[passage];
	const struct nf_hook_entries *entries = nfvs_hook_entries(net, v6, foreign->hook);

	return entries && foreign->index < entries->num_hook_entries &&
	       READ_ONCE(entries->hooks[foreign->index].hook) == foreign->fn;
}

/**
 * nfvs_is_free() - whether nobody else listens where packets would pass
 * @nn: namespace
 * @v6: the packets are of IPv6
 * @passage: their direction, or NFVS_PASS_LAST
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
static __always_inline bool nfvs_is_free(struct nfvs_net *nn, bool v6, u8 passage)
{
	const struct nfvs_listeners *known = rcu_dereference(nn->fast->listeners[v6]);

	if (likely(known && known->free & BIT(passage))) {
		if (likely(nfvs_same_listeners(known, nn->net, v6, passage)))
			return true;
	} else if (known && nfvs_foreign_is_there(known, nn->net, v6, passage)) {
		return false;
	}
	return nfvs_listeners_learn(nn, v6) & BIT(passage);
}

/**
 * nfvs_was_heard() - whether somebody else was listening when nfvs_is_free() was asked last
 * @nn: namespace
 * @v6: the packets are of IPv6
 * @passage: their direction, or NFVS_PASS_LAST
 *
 * A hint for what may be tried first.
 *
 * Context: rcu_read_lock() held.
 */
static __always_inline bool nfvs_was_heard(const struct nfvs_net *nn, bool v6, u8 passage)
{
	const struct nfvs_listeners *known = rcu_dereference(nn->fast->listeners[v6]);

	return known && !(known->free & BIT(passage));
}

/**
 * nfvs_is_heard() - whether somebody else is listening, as one of those did who were there last
 * @nn: namespace
 * @v6: the packets are of IPv6
 * @passage: their direction, or NFVS_PASS_LAST
 *
 * For when it does not matter if somebody new is missed.
 *
 * Context: rcu_read_lock() held.
 */
static __always_inline bool nfvs_is_heard(const struct nfvs_net *nn, bool v6, u8 passage)
{
	const struct nfvs_listeners *known = rcu_dereference(nn->fast->listeners[v6]);

	return known && !(known->free & BIT(passage)) &&
	       nfvs_foreign_is_there(known, nn->net, v6, passage);
}

/**
 * nfvs_may_be_free() - whether nfvs_is_free() is worth being asked for a packet
 * @nn: namespace
 * @v6: the packet is of IPv6
 *
 * For when its direction is not known yet.
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 */
static __always_inline bool nfvs_may_be_free(const struct nfvs_net *nn, bool v6)
{
	const u8 either = BIT(NFVS_DIR_REQUEST) | BIT(NFVS_DIR_REPLY);
	const struct nfvs_listeners *known = rcu_dereference(nn->fast->listeners[v6]);

	return likely(!known || known->free & either) ||
	       !nfvs_foreign_is_there(known, nn->net, v6, NFVS_DIR_REPLY) ||
	       !nfvs_foreign_is_there(known, nn->net, v6, NFVS_DIR_REQUEST);
}

#endif
