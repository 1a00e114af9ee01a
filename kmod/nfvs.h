/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every part of nfvs may know: forward declarations and the few constants that have
 * no better home.  No structure bodies live here.
 */
#ifndef NFVS_H
#define NFVS_H

#include <linux/nfvs.h>
#include <linux/types.h>

struct nfvs_conn;
struct nfvs_dest;
struct nfvs_group;
struct nfvs_net;
struct nfvs_pkt;
struct nfvs_pool;
struct nfvs_svc;

#define NFVS_NAME "nfvs"

/* Ports of FTP, in the host's order. */
#define NFVS_PORT_FTP_DATA 20
#define NFVS_PORT_FTP 21

/**
 * enum nfvs_dir - which way a packet of a connection goes
 * @NFVS_DIR_REQUEST: client to virtual service
 * @NFVS_DIR_REPLY: real server to client
 * @NFVS_DIRS: number of directions
 */
enum nfvs_dir {
	NFVS_DIR_REQUEST,
	NFVS_DIR_REPLY,
	NFVS_DIRS,
};

#endif
