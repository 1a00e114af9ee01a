// SPDX-License-Identifier: GPL-2.0-only
/* Learns who listens at the netfilter hooks, by name; listeners.h says what for. */

#include <linux/kallsyms.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "hook/hook.h"
#include "hook/listeners.h"
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

/*
 * The hooks that packets pass otherwise, those first at which firewalls listen.
 * nfvs_same_listeners() asks the same ones, one by one.
 */
static const u8 nfvs_request_hooks[] = {
	NF_INET_LOCAL_IN,
	NF_INET_LOCAL_OUT,
	NF_INET_PRE_ROUTING,
	NF_INET_POST_ROUTING,
};

static const u8 nfvs_reply_hooks[] = {
	NF_INET_FORWARD,
	NF_INET_PRE_ROUTING,
	NF_INET_POST_ROUTING,
};

static const u8 nfvs_last_hook[] = {
	NF_INET_POST_ROUTING,
};

static void nfvs_listeners_note(struct nfvs_listeners *seen, const struct net *net, bool v6)
{
	const struct nf_hook_entries *entries;
	u8 hook;
	u16 i;

	for (hook = 0; hook < NF_INET_NUMHOOKS; hook++) {
		entries = nfvs_hook_entries(net, v6, hook);
		seen->count[hook] = entries ? entries->num_hook_entries : 0;
		for (i = 0; i < min_t(u16, seen->count[hook], NFVS_LISTENERS_MAX); i++)
			seen->fn[hook][i] = READ_ONCE(entries->hooks[i].hook);
	}
}

static bool nfvs_find_foreign(const struct nfvs_listeners *seen, u8 hook,
			      struct nfvs_listener *foreign)
{
	u16 i;

	for (i = 0; i < min_t(u16, seen->count[hook], NFVS_LISTENERS_MAX); i++) {
		if (i < NFVS_LISTENERS_MAX - 1 && nfvs_is_harmless(seen->fn[hook][i]))
			continue;
		foreign->hook = hook;
		foreign->index = i;
		foreign->fn = seen->fn[hook][i];
		return true;
	}
	return false;
}

static void nfvs_listeners_judge(struct nfvs_listeners *seen, u8 passage, const u8 *hooks,
				 size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (nfvs_find_foreign(seen, hooks[i], &seen->foreign[passage]))
			return;
	seen->free |= BIT(passage);
}

/**
 * nfvs_listeners_learn() - find out who listens
 * @nn: namespace
 * @v6: at the hooks of IPv6, or else of IPv4
 *
 * Context: bottom halves disabled, rcu_read_lock() held.
 * Return: the sets of hooks at which nobody else does, a mask.
 */
u8 nfvs_listeners_learn(struct nfvs_net *nn, bool v6)
{
	struct nfvs_fast *fast = nn->fast;
	struct nfvs_listeners *new, *old;
	u8 free;

	new = kzalloc(sizeof(*new), GFP_ATOMIC | __GFP_NOWARN);
	if (!new)
		return 0;
	nfvs_listeners_note(new, nn->net, v6);
	nfvs_listeners_judge(new, NFVS_DIR_REQUEST, nfvs_request_hooks,
			     ARRAY_SIZE(nfvs_request_hooks));
	nfvs_listeners_judge(new, NFVS_DIR_REPLY, nfvs_reply_hooks, ARRAY_SIZE(nfvs_reply_hooks));
	nfvs_listeners_judge(new, NFVS_PASS_LAST, nfvs_last_hook, ARRAY_SIZE(nfvs_last_hook));
	free = new->free;

	/* Whatever is kept is right for the lists that it was made from. */
	spin_lock(&fast->listeners_lock);
	old = rcu_replace_pointer(fast->listeners[v6], new, lockdep_is_held(&fast->listeners_lock));
	spin_unlock(&fast->listeners_lock);
	if (old)
		kfree_rcu(old, rcu);
	return free;
}
