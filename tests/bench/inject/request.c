// SPDX-License-Identifier: GPL-2.0-only
/*
 * The request language of the injector: one line of key=value words, see ../README.md.  Every
 * word is optional but in=, out=, client= and server=; an unknown word, a number out of range or
 * a mix of address families refuses the line as a whole.
 */
#include <linux/errno.h>
#include <linux/inet.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/parser.h>
#include <linux/socket.h>
#include <linux/string.h>
#include <net/ipv6.h>

#include "inject.h"

enum {
	OPT_IN,
	OPT_OUT,
	OPT_CLIENT,
	OPT_CPORT,
	OPT_SERVER,
	OPT_SPORT,
	OPT_CLIENTS,
	OPT_FIRST,
	OPT_FLOWS,
	OPT_STRIDE,
	OPT_PACKETS,
	OPT_PAYLOAD,
	OPT_EVERY,
	OPT_WORKERS,
	OPT_DURING,
	OPT_SEQ,
	OPT_ACK,
	OPT_FLAGS,
	OPT_UDP,
	OPT_REPLY,
	OPT_SHUFFLE,
	OPT_UNKNOWN,
};

/* clang-format off */
static const match_table_t inject_words = {
	{ OPT_IN, "in=%s" },
	{ OPT_OUT, "out=%s" },
	{ OPT_CLIENT, "client=%s" },
	{ OPT_CPORT, "cport=%u" },
	{ OPT_SERVER, "server=%s" },
	{ OPT_SPORT, "sport=%u" },
	{ OPT_CLIENTS, "clients=%u" },
	{ OPT_FIRST, "first=%u" },
	{ OPT_FLOWS, "flows=%u" },
	{ OPT_STRIDE, "stride=%u" },
	{ OPT_PACKETS, "packets=%u" },
	{ OPT_PAYLOAD, "payload=%u" },
	{ OPT_EVERY, "every=%u" },
	{ OPT_WORKERS, "workers=%u" },
	{ OPT_DURING, "during=%u" },
	{ OPT_SEQ, "seq=%u" },
	{ OPT_ACK, "ack=%u" },
	{ OPT_FLAGS, "flags=%s" },
	{ OPT_UDP, "udp" },
	{ OPT_REPLY, "reply" },
	{ OPT_SHUFFLE, "shuffle" },
	{ OPT_UNKNOWN, NULL },
};
/* clang-format on */

static int inject_addr_parse(struct in6_addr *addr, int *family, const char *text)
{
	int found;

	memset(addr, 0, sizeof(*addr));
	if (in4_pton(text, -1, (u8 *)&addr->s6_addr32[3], -1, NULL))
		found = AF_INET;
	else if (in6_pton(text, -1, addr->s6_addr, -1, NULL))
		found = AF_INET6;
	else
		return -EINVAL;
	if (*family != AF_UNSPEC && *family != found)
		return -EAFNOSUPPORT;
	*family = found;
	return 0;
}

/* The letters are tcpdump's; their order is that of the bits. */
static int inject_flags_parse(u8 *flags, const char *text)
{
	static const char letters[] = "FSRPAUEC";
	const char *letter;

	*flags = 0;
	for (; *text; text++) {
		letter = strchr(letters, *text);
		if (!letter)
			return -EINVAL;
		*flags |= 1 << (letter - letters);
	}
	return 0;
}

static int inject_number_parse(struct inject_request *req, int opt, u32 value)
{
	switch (opt) {
	case OPT_CPORT:
		req->client.port = value;
		return value > U16_MAX ? -ERANGE : 0;
	case OPT_SPORT:
		req->server.port = value;
		return value > U16_MAX ? -ERANGE : 0;
	case OPT_CLIENTS:
		req->clients = value;
		return value ? 0 : -ERANGE;
	case OPT_FIRST:
		req->first = value;
		return value > INJECT_PACKETS_MAX ? -ERANGE : 0;
	case OPT_FLOWS:
		req->flows = value;
		return value && value <= INJECT_PACKETS_MAX ? 0 : -ERANGE;
	case OPT_STRIDE:
		req->stride = value;
		return value && value <= INJECT_PACKETS_MAX ? 0 : -ERANGE;
	case OPT_PACKETS:
		req->packets = value;
		return value && value <= INJECT_PACKETS_MAX ? 0 : -ERANGE;
	case OPT_PAYLOAD:
		req->payload = value;
		return value > INJECT_PAYLOAD_MAX ? -ERANGE : 0;
	case OPT_EVERY:
		req->every = value;
		return 0;
	case OPT_WORKERS:
		req->workers = value;
		return value > INJECT_WORKERS_MAX ? -ERANGE : 0;
	case OPT_DURING:
		req->during = value;
		return value && value <= INJECT_DURING_MAX ? 0 : -ERANGE;
	case OPT_SEQ:
		req->seq = value;
		return 0;
	case OPT_ACK:
		req->ack = value;
		return 0;
	}
	return -EINVAL;
}

static int inject_word_parse(struct inject_request *req, char *word)
{
	substring_t args[MAX_OPT_ARGS];
	int opt = match_token(word, inject_words, args);
	const char *text = args[0].from;
	u32 value;

	switch (opt) {
	case OPT_IN:
		return strscpy(req->in, text, sizeof(req->in)) < 0 ? -EINVAL : 0;
	case OPT_OUT:
		return strscpy(req->out, text, sizeof(req->out)) < 0 ? -EINVAL : 0;
	case OPT_CLIENT:
		return inject_addr_parse(&req->client.addr, &req->family, text);
	case OPT_SERVER:
		return inject_addr_parse(&req->server.addr, &req->family, text);
	case OPT_FLAGS:
		return inject_flags_parse(&req->tcp_flags, text);
	case OPT_UDP:
		req->proto = IPPROTO_UDP;
		return 0;
	case OPT_REPLY:
		req->reply = true;
		return 0;
	case OPT_SHUFFLE:
		req->shuffle = true;
		return 0;
	case OPT_UNKNOWN:
		return -EINVAL;
	}
	return kstrtou32(text, 10, &value) ?: inject_number_parse(req, opt, value);
}

/* Every flow must be one of its own: no port may wrap around. */
static bool inject_request_fits(const struct inject_request *req)
{
	u64 flows = (u64)req->flows * max(req->workers, 1U);
	u64 last = req->first + (flows - 1) * req->stride;

	return req->client.port + div_u64(last, req->clients) <= U16_MAX;
}

/**
 * inject_request_parse - read one request
 * @req: filled in; a word that is absent leaves its default
 * @line: the words, separated by blanks; destroyed
 *
 * Return: 0 or a negative errno; -ERANGE for numbers that do not fit.
 */
int inject_request_parse(struct inject_request *req, char *line)
{
	char *word;
	int err;

	*req = (struct inject_request){
		.family = AF_UNSPEC,
		.proto = IPPROTO_TCP,
		.client.port = 1024,
		.server.port = 80,
		.tcp_flags = 0x10,
		.seq = 1,
		.ack = 1,
		.clients = 1,
		.flows = 1,
		.stride = 1,
		.packets = 1,
		.during = 1000,
	};
	while ((word = strsep(&line, " \t\n"))) {
		if (!*word)
			continue;
		err = inject_word_parse(req, word);
		if (err)
			return err;
	}
	if (!req->in[0] || !req->out[0] || ipv6_addr_any(&req->client.addr) ||
	    ipv6_addr_any(&req->server.addr))
		return -EINVAL;
	return inject_request_fits(req) ? 0 : -ERANGE;
}
