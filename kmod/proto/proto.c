// SPDX-License-Identifier: GPL-2.0-only
/* The protocols that nfvs balances. */

#include <linux/in.h>

#include "proto/proto.h"

/**
 * nfvs_proto_lookup() - the operations of a protocol
 * @proto: IPPROTO_*
 *
 * Context: any.
 * Return: the operations, or NULL if nfvs does not balance that protocol.
 */
const struct nfvs_proto_ops *nfvs_proto_lookup(u8 proto)
{
	switch (proto) {
	case IPPROTO_TCP:
		return &nfvs_proto_tcp;
	case IPPROTO_UDP:
		return &nfvs_proto_udp;
	default:
		return NULL;
	}
}
