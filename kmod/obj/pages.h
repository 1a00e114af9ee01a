/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Giving much memory back, so that nobody waits for it.
 *
 * While pages of a zone are only freed, the kernel hands them on from the processor's own list in
 * ever larger portions, thousands of them in one go with interrupts off (nr_pcp_free() in
 * mm/page_alloc.c).  A page of that zone that is taken in between makes the portions small again.
 */
#ifndef NFVS_OBJ_PAGES_H
#define NFVS_OBJ_PAGES_H

#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/sched.h>

/* How many pages may be freed before the next pause. */
#define NFVS_PAGES_PORTION 16

/**
 * nfvs_pages_pause() - between two portions that are freed
 * @page: one that is freed with them; it is not looked into
 *
 * Context: process context, may sleep.
 */
static inline void nfvs_pages_pause(const struct page *page)
{
	gfp_t gfp = GFP_NOWAIT | __GFP_NOWARN | __GFP_THISNODE;
	struct page *taken;

#ifdef CONFIG_ZONE_DMA32
	if (page_zonenum(page) == ZONE_DMA32)
		gfp |= __GFP_DMA32;
#endif
	taken = alloc_pages_node(page_to_nid(page), gfp, 0);
	if (taken)
		__free_page(taken);
	cond_resched();
}

#endif
