// SPDX-License-Identifier: GPL-2.0-only
/* Memory of the fast path; fast.h says what is in it. */

#include <linux/mm.h>
#include <linux/slab.h>

#include "obj/fast.h"

/**
 * nfvs_fast_alloc() - make a namespace's state for the fast path
 *
 * Context: process context, may sleep.
 * Return: the state, or NULL without memory.
 */
struct nfvs_fast *nfvs_fast_alloc(void)
{
	struct nfvs_fast *fast = kvzalloc(sizeof(*fast), GFP_KERNEL);

	if (!fast)
		return NULL;
	nfvs_hops_init(&fast->hops);
	INIT_LIST_HEAD(&fast->devices);
	spin_lock_init(&fast->listeners_lock);
	return fast;
}

/**
 * nfvs_fast_free() - free it
 * @fast: the state, which packets do not reach any more; or NULL
 *
 * Context: process context, may sleep.
 */
void nfvs_fast_free(struct nfvs_fast *fast)
{
	u32 family;

	if (!fast)
		return;
	WARN_ON_ONCE(!list_empty(&fast->devices));
	nfvs_hops_forget(&fast->hops, NULL);
	for (family = 0; family < ARRAY_SIZE(fast->listeners); family++)
		kfree(unrcu_pointer(fast->listeners[family]));
	kvfree(fast);
}
