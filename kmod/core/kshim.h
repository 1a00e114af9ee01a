/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one door between core/ and its surroundings.
 *
 * Files in core/ include this header and each other, nothing else. In the module it brings in the
 * few kernel headers that core/ needs. In user space tests/shim/ stands first on the include path
 * and its core/kshim.h takes the place of this file, so the sources themselves need no #ifdef.
 */
#ifndef NFVS_CORE_KSHIM_H
#define NFVS_CORE_KSHIM_H

#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <linux/types.h>

#endif
