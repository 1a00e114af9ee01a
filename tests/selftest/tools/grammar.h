/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Written from Documentation/netlink/nfvs.yaml by `make gen`; edit that file instead. */
#ifndef GRAMMAR_H
#define GRAMMAR_H

#include <stddef.h>

enum grammar_type { G_U8, G_U16, G_U32, G_U64, G_STRING, G_BINARY, G_NEST, G_PAD };

struct grammar_attr {
	unsigned short number;
	enum grammar_type type;
	unsigned short bytes; /* exact, or most; 0 for any */
	const struct grammar_attr *nest; /* ends with number 0 */
};

static const struct grammar_attr g_svc[] = {
	{ 1, G_U16, 2, NULL },
	{ 2, G_U16, 2, NULL },
	{ 3, G_BINARY, 16, NULL },
	{ 4, G_U16, 2, NULL },
	{ 5, G_U32, 4, NULL },
	{ 6, G_STRING, 15, NULL },
	{ 7, G_BINARY, 8, NULL },
	{ 8, G_U32, 4, NULL },
	{ 9, G_U32, 4, NULL },
	{ 10, G_NEST, 0, NULL },
	{ 11, G_STRING, 16, NULL },
	{ 12, G_NEST, 0, NULL },
	{ 64, G_U32, 4, NULL },
	{ 65, G_U32, 4, NULL },
	{ 0, G_PAD, 0, NULL },
};

static const struct grammar_attr g_dest[] = {
	{ 1, G_BINARY, 16, NULL },
	{ 2, G_U16, 2, NULL },
	{ 3, G_U32, 4, NULL },
	{ 4, G_U32, 4, NULL },
	{ 5, G_U32, 4, NULL },
	{ 6, G_U32, 4, NULL },
	{ 7, G_U32, 4, NULL },
	{ 8, G_U32, 4, NULL },
	{ 9, G_U32, 4, NULL },
	{ 10, G_NEST, 0, NULL },
	{ 11, G_U16, 2, NULL },
	{ 12, G_NEST, 0, NULL },
	{ 13, G_U8, 1, NULL },
	{ 14, G_U16, 2, NULL },
	{ 15, G_U16, 2, NULL },
	{ 64, G_U8, 1, NULL },
	{ 0, G_PAD, 0, NULL },
};

static const struct grammar_attr g_daemon[] = {
	{ 1, G_U32, 4, NULL },
	{ 2, G_STRING, 15, NULL },
	{ 3, G_U32, 4, NULL },
	{ 4, G_U16, 2, NULL },
	{ 5, G_U32, 4, NULL },
	{ 6, G_BINARY, 16, NULL },
	{ 7, G_U16, 2, NULL },
	{ 8, G_U8, 1, NULL },
	{ 0, G_PAD, 0, NULL },
};

static const struct grammar_attr g_conn[] = {
	{ 1, G_U16, 2, NULL },
	{ 2, G_U16, 2, NULL },
	{ 3, G_BINARY, 16, NULL },
	{ 4, G_U16, 2, NULL },
	{ 5, G_BINARY, 16, NULL },
	{ 6, G_U16, 2, NULL },
	{ 7, G_U16, 2, NULL },
	{ 8, G_BINARY, 16, NULL },
	{ 9, G_U16, 2, NULL },
	{ 10, G_STRING, 15, NULL },
	{ 11, G_U32, 4, NULL },
	{ 12, G_U32, 4, NULL },
	{ 13, G_U32, 4, NULL },
	{ 14, G_STRING, 16, NULL },
	{ 15, G_BINARY, 255, NULL },
	{ 16, G_U8, 1, NULL },
	{ 17, G_U8, 1, NULL },
	{ 18, G_U8, 1, NULL },
	{ 0, G_PAD, 0, NULL },
};

static const struct grammar_attr g_item[] = {
	{ 1, G_U8, 1, NULL },
	{ 2, G_NEST, 0, g_svc },
	{ 3, G_NEST, 0, g_dest },
	{ 0, G_PAD, 0, NULL },
};

static const struct grammar_attr g_top[] = {
	{ 1, G_NEST, 0, g_svc },
	{ 2, G_NEST, 0, g_dest },
	{ 3, G_NEST, 0, g_daemon },
	{ 4, G_U32, 4, NULL },
	{ 5, G_U32, 4, NULL },
	{ 6, G_U32, 4, NULL },
	{ 64, G_NEST, 0, NULL },
	{ 65, G_NEST, 0, g_conn },
	{ 66, G_U8, 1, NULL },
	{ 67, G_U32, 4, NULL },
	{ 68, G_NEST, 0, g_item },
	{ 69, G_U64, 8, NULL },
	{ 70, G_U32, 4, NULL },
	{ 71, G_U64, 8, NULL },
	{ 72, G_PAD, 0, NULL },
	{ 73, G_NEST, 0, NULL },
	{ 0, G_PAD, 0, NULL },
};

struct grammar_command {
	unsigned char number;
	unsigned char dump;
	unsigned short attrs[8]; /* ends with 0 */
};

static const struct grammar_command g_commands[] = {
	{ 1, 0, { 1 } },
	{ 2, 0, { 1 } },
	{ 3, 0, { 1 } },
	{ 4, 0, { 1 } },
	{ 4, 1, { 0 } },
	{ 5, 0, { 1, 2 } },
	{ 6, 0, { 1, 2 } },
	{ 7, 0, { 1, 2 } },
	{ 8, 1, { 1 } },
	{ 9, 0, { 3 } },
	{ 10, 0, { 3 } },
	{ 11, 1, { 0 } },
	{ 12, 0, { 4, 5, 6 } },
	{ 13, 0, { 0 } },
	{ 15, 0, { 0 } },
	{ 16, 0, { 1 } },
	{ 17, 0, { 0 } },
	{ 64, 0, { 0 } },
	{ 65, 1, { 1, 2, 66 } },
	{ 66, 1, { 65 } },
	{ 67, 0, { 65 } },
	{ 68, 0, { 68, 69 } },
	{ 71, 0, { 0 } },
};

#endif /* GRAMMAR_H */
