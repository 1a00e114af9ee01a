// SPDX-License-Identifier: GPL-2.0-only
/* Memory of the fast path; fast.h says what is in it. */

#include <linux/mm.h>
#include <linux/slab.h>

#include "obj/conn_table.h"
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

static void nfvs_filter_set(unsigned long *filter, u32 bit)
{
	/* Most connections are to addresses that are known: then nothing is written. */
	if (!test_bit(bit, filter))
		set_bit(bit, filter);
}

/**
 * nfvs_fast_expect() - let packets of a connection through the filters
 * @fast: the namespace's
 * @conn: the connection, before anybody can find it
 *
 * Without NAT, replies that pass come from the virtual address.
 *
 * Context: any.
 */
void nfvs_fast_expect(struct nfvs_fast *fast, const struct nfvs_conn *conn)
{
	bool nat = nfvs_conn_has_reply(conn);
	u32 virtual, real;

	if (conn->af == AF_INET6) {
		virtual = nfvs_filter_bit6(&conn->v6.vaddr);
		real = nfvs_filter_bit6(nat ? &conn->v6.daddr : &conn->v6.vaddr);
	} else {
		virtual = nfvs_filter_bit4(conn->v4.vaddr);
		real = nfvs_filter_bit4(nat ? conn->v4.daddr : conn->v4.vaddr);
	}
	nfvs_filter_set(fast->virtuals, virtual);
	nfvs_filter_set(fast->reals, real);
}
