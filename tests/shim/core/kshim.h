/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * User-space stand-in for kmod/core/kshim.h: the types and helpers that core/ takes from the
 * kernel, with the kernel's meaning. C and C++ both read it, the sources of core/ as gnu11 and the
 * tests as C++20.
 */
#ifndef NFVS_SHIM_CORE_KSHIM_H
#define NFVS_SHIM_CORE_KSHIM_H

#include <errno.h>
#include <limits.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

#ifndef U32_MAX
#define U16_MAX UINT16_MAX
#define U32_MAX UINT32_MAX
#define U64_MAX UINT64_MAX
#define S32_MAX INT32_MAX
#endif

#ifndef __cplusplus

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define BUILD_BUG_ON(cond) _Static_assert(!(cond), #cond)
#define static_assert(cond, ...) _Static_assert(cond, #cond)

#define min(a, b)                      \
	({                             \
		__typeof__(a) a_ = (a); \
		__typeof__(b) b_ = (b); \
		a_ < b_ ? a_ : b_;     \
	})
#define max(a, b)                      \
	({                             \
		__typeof__(a) a_ = (a); \
		__typeof__(b) b_ = (b); \
		a_ > b_ ? a_ : b_;     \
	})
#define min_t(type, a, b) min((type)(a), (type)(b))
#define max_t(type, a, b) max((type)(a), (type)(b))
#define clamp(v, lo, hi) min(max(v, lo), hi)

static inline int fls64(u64 x)
{
	return x ? 64 - __builtin_clzll(x) : 0;
}

static inline u64 mul_u64_u64_shr(u64 a, u64 b, unsigned int shift)
{
	return (u64)((unsigned __int128)a * b >> shift);
}

/* The kernel's last argument, how to swap, is NULL in core/. */
static inline void sort(void *base, size_t num, size_t size,
			int (*compare)(const void *, const void *), void *swap)
{
	(void)swap;
	if (num)
		qsort(base, num, size, compare);
}

#endif

#endif
