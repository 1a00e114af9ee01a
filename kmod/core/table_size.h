/* SPDX-License-Identifier: GPL-2.0-only */
/* When a hash table of 2^bits buckets changes its size, and to which. */
#ifndef NFVS_CORE_TABLE_SIZE_H
#define NFVS_CORE_TABLE_SIZE_H

#include "core/kshim.h"

u32 nfvs_table_bits(u64 nodes, u32 bits_now, u32 bits_min, u32 bits_max);

#endif
