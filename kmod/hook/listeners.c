// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who else listens at the netfilter hooks.
 *
 * Packets of established connections may skip a hook where nobody would do anything to them.  That
 * is asked for each packet: a rule takes effect with the next one.  Netfilter tells nobody when a
 * list of hooks changes, so the list is compared to what it was when its functions' names were last
 * looked up.  Comparing where it lies in memory would not do: another list may come to lie there.
 */

#include <linux/kallsyms.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "hook/hook.h"
#include "obj/fast.h"
#include "obj/netns.h"

/*
 * Functions that do nothing to established packets of balanced connections: what reassembles, and
 * they are whole; what tracks connections by itself, while nobody asks for the result; and security
 * modules that look at what sockets of this host send.
 */
static const char *const nfvs_harmless_listeners[] = {
	"apparmor_ip_postroute",
	"apparmor_ipv4_postroute",
	"apparmor_ipv6_postroute",
	"ipv4_confirm",
	"ipv4_conntrack_defrag",
	"ipv4_conntrack_in",
	"ipv4_conntrack_local",
	"ipv6_confirm",
	"ipv6_conntrack_in",
	"ipv6_conntrack_local",
	"ipv6_defrag",
	"nf_confirm",
};

static bool nfvs_is_harmless(nf_hookfn *fn)
{
	char name[KSYM_SYMBOL_LEN];
	size_t i;

	if (nfvs_hook_is_own(fn))
		return true;
	sprint_symbol_no_offset(name, (unsigned long)fn);
	/* Of a module the name is followed by that of the module. */
	name[strcspn(name, " ")] = '\0';
	for (i = 0; i < ARRAY_SIZE(nfvs_harmless_listeners); i++)
		if (!strcmp(name, nfvs_harmless_listeners[i]))
			return true;
	return false;
}

/* The names are looked up outside the lock: what is kept is right for its own list. */
static noinline bool nfvs_listeners_learn(struct nfvs_fast *fast,
					  struct nfvs_listeners __rcu **kept,
					  const struct nf_hook_entries *entries)
{
	struct nfvs_listeners *new, *old;
	bool foreign;
	u16 i;

	new = kzalloc(sizeof(*new), GFP_ATOMIC | __GFP_NOWARN);
	if (!new)
		return true;
	new->count = entries->num_hook_entries;
	new->foreign = new->count;
	for (i = 0; i < new->count; i++) {
		new->fn[i] = entries->hooks[i].hook;
		if (new->foreign == new->count && !nfvs_is_harmless(new->fn[i]))
			new->foreign = i;
	}
	foreign = new->foreign < new->count;

	spin_lock(&fast->listeners_lock);
	old = rcu_replace_pointer(*kept, new, lockdep_is_held(&fast->listeners_lock));
	spin_unlock(&fast->listeners_lock);
	if (old)
		kfree_rcu(old, rcu);
	return foreign;
}

static bool nfvs_listeners_same(const struct nfvs_listeners *known,
				const struct nf_hook_entries *entries)
{
	u16 i;

	if (known->count != entries->num_hook_entries)
		return false;
	for (i = 0; i < known->count; i++)
		if (known->fn[i] != entries->hooks[i].hook)
			return false;
	return true;
}

/* Whoever might do something to a packet does so, whoever else is there. */
static bool nfvs_foreign_is_there(const struct nfvs_listeners *known,
				  const struct nf_hook_entries *entries)
{
	u16 i = known->foreign;

	return i < known->count && i < entries->num_hook_entries &&
	       known->fn[i] == entries->hooks[i].hook;
}

static bool nfvs_hears_foreign(struct nfvs_net *nn, bool v6, unsigned int hook)
{
	const struct nf_hook_entries *entries;
	const struct nfvs_listeners *known;
	struct nfvs_listeners __rcu **kept;

	entries = v6 ? rcu_dereference(nn->net->nf.hooks_ipv6[hook]) :
		       rcu_dereference(nn->net->nf.hooks_ipv4[hook]);
	if (!entries || !entries->num_hook_entries)
		return false;
	kept = &nn->fast->listeners[v6][hook];
	known = rcu_dereference(*kept);
	if (known && nfvs_foreign_is_there(known, entries))
		return true;
	if (unlikely(entries->num_hook_entries > NFVS_LISTENERS_MAX))
		return true;
	if (likely(known && nfvs_listeners_same(known, entries)))
		return false;
	return nfvs_listeners_learn(nn->fast, kept, entries);
}

/**
 * nfvs_free_directions() - in which directions nobody else listens where packets would pass
 * @nn: namespace
 * @v6: the packets are of IPv6
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: a mask of BIT(&enum nfvs_dir).
 */
u8 nfvs_free_directions(struct nfvs_net *nn, bool v6)
{
	u8 free = 0;

	/* First those where firewalls listen: beside one, nothing else has to be asked. */
	if (!nfvs_hears_foreign(nn, v6, NF_INET_FORWARD))
		free |= BIT(NFVS_DIR_REPLY);
	if (!nfvs_hears_foreign(nn, v6, NF_INET_LOCAL_IN) &&
	    !nfvs_hears_foreign(nn, v6, NF_INET_LOCAL_OUT))
		free |= BIT(NFVS_DIR_REQUEST);
	if (free && (nfvs_hears_foreign(nn, v6, NF_INET_PRE_ROUTING) ||
		     nfvs_hears_foreign(nn, v6, NF_INET_POST_ROUTING)))
		return 0;
	return free;
}
