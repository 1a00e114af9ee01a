// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Netlink messages by grammar and by chance, very many of them.
 *
 *	nlfuzz COUNT SEED [FIRST]
 *
 * Most messages follow the grammar of the specification (grammar.h), with values that are often
 * right; most are damaged in a place or two.  They go out in rounds of 64, and the messages of a
 * round depend on the seed and the number of the round only: FIRST repeats a run from a round on.
 *
 * How one knows that refused messages change nothing: a namespace beside this one, the twin, gets
 * those messages only that were accepted.  After each round both must show the same.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "grammar.h"

#define ROUND 64
#define LONGEST 4096
#define ANSWER (1 << 16)
#define TABLE (1 << 22)
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

struct message {
	size_t length;
	bool dump;
	bool accepted;
	int error;
	bool told; /* why it was refused */
	char data[LONGEST];
};

struct place {
	const char *name;
	int socket;
	uint32_t sequence;
	char *table;
	size_t table_length;
};

static struct message messages[ROUND];
static uint64_t chance_state;
static uint16_t family;
static struct place here = { .name = "here" }, twin = { .name = "the twin" };
static unsigned long long refused, told, accepted, by_errno[256];

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static uint32_t chance(uint32_t below)
{
	chance_state ^= chance_state << 13;
	chance_state ^= chance_state >> 7;
	chance_state ^= chance_state << 17;
	return below ? (chance_state >> 32) % below : 0;
}

static void chance_seed(uint64_t seed, uint64_t round)
{
	int i;

	chance_state = (seed + 1) * 0x9e3779b97f4a7c15ULL ^ (round + 1) * 0xd1342543de82ef95ULL;
	chance_state = chance_state ? chance_state : 1;
	for (i = 0; i < 8; i++)
		chance(0);
}

/* --- messages --- */

static void put_raw(struct message *message, const void *data, size_t length)
{
	if (message->length + length > LONGEST)
		length = LONGEST - message->length;
	memcpy(message->data + message->length, data, length);
	message->length += length;
}

static void put_attr(struct message *message, uint16_t type, const void *data, size_t length)
{
	struct nlattr attr = { .nla_len = NLA_HDRLEN + length, .nla_type = type };
	const uint32_t zero = 0;

	if (message->length + NLA_HDRLEN + NLA_ALIGN(length) > LONGEST)
		return;
	put_raw(message, &attr, sizeof(attr));
	put_raw(message, data, length);
	put_raw(message, &zero, NLA_ALIGN(length) - length);
}

static uint32_t chance_number(void)
{
	static const uint32_t edges[] = { 0, 1, 2, 3, 4, 5, 6, 8, 10, 16, 17, 32, 80, 128, 129, 132,
		255, 256, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
		2147483, 2147484, 8589934, 8589935 };

	return chance(4) ? edges[chance(COUNT_OF(edges))] : chance(0xffffffff);
}

/* Few different ones, so that messages meet what others have made. */
static void put_address(struct message *message, uint16_t type)
{
	uint8_t addr[20] = { 10, 0, 0, 1 };
	size_t length = 16;

	addr[3] += chance(4);
	switch (chance(12)) {
	case 0:
		length = 4;
		break;
	case 1:
		memcpy(addr, "\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16);
		break;
	case 2:
		addr[0] = chance(256);
		break;
	case 3:
		length = chance(sizeof(addr) + 1);
		break;
	}
	put_attr(message, type, addr, length);
}

static void put_string(struct message *message, uint16_t type)
{
	static const char *const names[] = { "rr", "wrr", "lc", "wlc", "none", "sh", "mh", "dh", "nq",
		"", "lo", "sip", "ESTABLISHED", "UDP", "xxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxx",
		"xxxxxxxxxxxxxxxxx", "../..", "\xff\xfe" };
	const char *name = names[chance(chance(3) ? 5 : COUNT_OF(names))];

	put_attr(message, type, name, strlen(name) + (chance(16) != 0));
}

static void put_attrs(struct message *message, const struct grammar_attr *space, int depth);

static void put_grammar_attr(struct message *message, const struct grammar_attr *attr, int depth)
{
	uint16_t type = attr->number | (attr->type == G_NEST && chance(2) ? NLA_F_NESTED : 0);
	uint32_t number[2] = { chance_number(), chance_number() };
	size_t start = message->length;
	struct nlattr *head = (void *)(message->data + start);

	switch (attr->type) {
	case G_NEST:
		if (depth > 3)
			return;
		put_attr(message, type, "", 0);
		if (message->length == start)
			return;
		put_attrs(message, attr->nest ? attr->nest : attr, depth + 1);
		head->nla_len = message->length - start;
		break;
	case G_STRING:
		put_string(message, type);
		break;
	case G_BINARY:
		if (attr->bytes == 16)
			put_address(message, type);
		else
			put_attr(message, type, number, attr->bytes < 8 ? attr->bytes : 8);
		break;
	default:
		put_attr(message, type, number, attr->bytes < 8 ? attr->bytes : 8);
	}
}

/* What a service and a real server need, most often right. */
static void put_right_service(struct message *message)
{
	static const char *const scheds[] = { "rr", "wrr", "lc", "wlc", "none", "sed", "nq", "fo",
		"ovf", "dh", "sh", "mh", "lblc", "lblcr", "twos" };
	uint16_t af = chance(8) ? 2 : 10, proto = chance(2) ? 6 : 17;
	uint16_t port = chance(9) ? (uint16_t)((80 + chance(3)) << 8) : 0;
	uint32_t mark = 1 + chance(4), timeout = chance(3) * 60, mask = af == 2 ? 0xffffffff : 128;
	uint32_t flags[2] = { chance(3) ? 0 : 1 << chance(6), 0xffffffff };
	size_t start = message->length;
	const char *sched = scheds[chance(COUNT_OF(scheds))];

	put_attr(message, 1 | (chance(2) ? NLA_F_NESTED : 0), "", 0);
	put_attr(message, 1, &af, 2);
	if (chance(4)) {
		put_attr(message, 2, &proto, 2);
		put_address(message, 3);
		put_attr(message, 4, &port, 2);
	} else {
		put_attr(message, 5, &mark, 4);
	}
	put_attr(message, 6, sched, strlen(sched) + 1);
	put_attr(message, 7, flags, 8);
	put_attr(message, 8, &timeout, 4);
	put_attr(message, 9, &mask, 4);
	((struct nlattr *)(message->data + start))->nla_len = message->length - start;
}

static void put_right_dest(struct message *message)
{
	uint16_t port = (uint16_t)((80 + chance(3)) << 8);
	uint32_t fwd = chance(2) ? 0 : chance(5), weight = chance(9), upper = chance(3) * 5;
	uint16_t tunnel_port = port, tunnel_flags = chance(3);
	uint8_t tunnel_type = chance(3);
	uint32_t lower = chance(3);
	size_t start = message->length;

	put_attr(message, 2 | (chance(2) ? NLA_F_NESTED : 0), "", 0);
	put_address(message, 1);
	put_attr(message, 2, &port, 2);
	put_attr(message, 3, &fwd, 4);
	put_attr(message, 4, &weight, 4);
	put_attr(message, 5, &upper, 4);
	put_attr(message, 6, &lower, 4);
	if (!chance(3)) {
		put_attr(message, 13, &tunnel_type, 1);
		if (chance(2))
			put_attr(message, 14, &tunnel_port, 2);
		if (chance(2))
			put_attr(message, 15, &tunnel_flags, 2);
	}
	((struct nlattr *)(message->data + start))->nla_len = message->length - start;
}

/* One change of a transaction, most often right; nests in an item have the same contents. */
static void put_right_item(struct message *message)
{
	static const uint8_t commands[] = { 1, 2, 3, 5, 6, 7, 5, 5, 17, 64 };
	uint8_t command = commands[chance(chance(4) ? 8 : COUNT_OF(commands))];
	size_t start = message->length, inner;

	put_attr(message, 68 | NLA_F_NESTED, "", 0);
	put_attr(message, 1, &command, 1);
	inner = message->length;
	if (command < 5 || chance(2)) {
		put_right_service(message);
		if (message->length > inner)
			((struct nlattr *)(message->data + inner))->nla_type = 2;
	}
	inner = message->length;
	if (command >= 5 && command < 8) {
		put_right_dest(message);
		if (message->length > inner)
			((struct nlattr *)(message->data + inner))->nla_type = 3;
	}
	if (message->length > start)
		((struct nlattr *)(message->data + start))->nla_len = message->length - start;
}

static const struct grammar_attr *attr_of(const struct grammar_attr *space, uint16_t number)
{
	while (space->number && space->number != number)
		space++;
	return space->number ? space : NULL;
}

/* Most attributes of a space, in order or not, now and then one that is in none. */
static void put_attrs(struct message *message, const struct grammar_attr *space, int depth)
{
	uint32_t keep = 1 + chance(8), count, i;

	for (count = 0; space[count].number; count++)
		if (chance(8) < keep)
			put_grammar_attr(message, &space[count], depth);
	for (i = chance(3); i && count; i--)
		put_grammar_attr(message, &space[chance(count)], depth);
	if (!chance(10)) {
		uint32_t junk = chance_number();

		put_attr(message, chance_number() & 0xffff, &junk, chance(5));
	}
}

static void put_request(struct message *message, const struct grammar_command *command)
{
	uint32_t items;
	size_t i;

	for (i = 0; command->attrs[i]; i++) {
		const struct grammar_attr *attr = attr_of(g_top, command->attrs[i]);

		if (!chance(20) || !attr)
			continue;
		if (attr->number == 1 && chance(5))
			put_right_service(message);
		else if (attr->number == 2 && chance(5))
			put_right_dest(message);
		else if (attr->number == 68 && chance(10))
			for (items = 1 + chance(8); items; items--)
				put_right_item(message);
		else if (attr->number == 69 && chance(10))
			continue; /* nobody knows the right one */
		else
			put_grammar_attr(message, attr, 0);
	}
	if (!chance(8))
		put_attrs(message, g_top, 0);
}

static void damage(struct message *message)
{
	size_t start = NLMSG_HDRLEN + GENL_HDRLEN, room = message->length - start, at;
	uint32_t word = chance_number();

	if (!room)
		return;
	at = start + chance(room);
	switch (chance(6)) {
	case 0:
		message->data[at] ^= 1 << chance(8);
		break;
	case 1:
		message->data[at] = word;
		break;
	case 2: /* where lengths and types are */
		at = start + (at - start) / 4 * 4;
		message->data[at + chance(2) * 2] = word;
		break;
	case 3:
		at = start + (at - start) / 4 * 4;
		memcpy(message->data + at, &word, message->length - at < 4 ? message->length - at : 4);
		break;
	case 4:
		message->length = at;
		break;
	case 5:
		put_raw(message, message->data + at, chance(message->length - at));
		break;
	}
}

static void make_message(struct message *message)
{
	const struct grammar_command *command = &g_commands[chance(COUNT_OF(g_commands))];
	struct genlmsghdr *genl = (void *)(message->data + NLMSG_HDRLEN);
	struct nlmsghdr *head = (void *)message->data;
	uint32_t damages = chance(2) ? 0 : 1 + chance(3);

	/* Deletes everything; often enough a message asks for that by mistake. */
	if (command->number == 17 && chance(10))
		command = &g_commands[0];
	memset(message, 0, sizeof(*message));
	message->dump = command->dump;
	message->length = NLMSG_HDRLEN + GENL_HDRLEN;
	genl->cmd = chance(200) ? command->number : chance(256);
	genl->version = chance(50) ? 1 : chance(256);
	genl->reserved = chance(200) ? 0 : chance(65536);
	put_request(message, command);
	while (damages--)
		damage(message);
	head->nlmsg_type = family;
	head->nlmsg_flags = NLM_F_REQUEST | (message->dump ? NLM_F_DUMP : NLM_F_ACK);
	if (!message->dump && !chance(50))
		head->nlmsg_flags |= chance(16) << 8 & ~NLM_F_DUMP;
}

/* --- what becomes of them --- */

static int open_socket(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	struct timeval patience = { .tv_sec = 120 };
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC), one = 1, size = 16 << 20;

	if (fd < 0 || bind(fd, (void *)&address, sizeof(address)))
		die("netlink socket");
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
	setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one));
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	return fd;
}

/* Where no device ever was up the kernel takes no address for a unicast one. */
static void bring_up_loopback(void)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &lo))
		die("lo");
	close(fd);
}

static void send_bytes(struct place *place, const void *data, size_t length)
{
	if (send(place->socket, data, length, 0) != (ssize_t)length)
		die("send");
}

static void take_answer(const struct nlmsghdr *head, struct message *message)
{
	const struct nlmsgerr *error = NLMSG_DATA(head);

	message->error = -error->error;
	message->told = head->nlmsg_flags & NLM_F_ACK_TLVS;
}

static size_t receive_bytes(struct place *place, char *data)
{
	ssize_t length = recv(place->socket, data, ANSWER, 0);

	if (length <= 0) {
		fprintf(stderr, "FAILED: no answer to message %u, %s: %s\n", place->sequence, place->name,
			strerror(errno));
		exit(1);
	}
	return length;
}

/* Reads until the answer to the message of this sequence number is complete. */
static void receive_until(struct place *place, uint32_t last, uint32_t first)
{
	static char data[ANSWER] __attribute__((aligned(8)));

	for (;;) {
		struct nlmsghdr *head = (void *)data;
		int left = receive_bytes(place, data);

		for (; NLMSG_OK(head, (unsigned int)left); head = NLMSG_NEXT(head, left)) {
			if (head->nlmsg_type != NLMSG_ERROR && head->nlmsg_type != NLMSG_DONE)
				continue;
			if (head->nlmsg_seq < first || head->nlmsg_seq > last)
				continue;
			take_answer(head, &messages[head->nlmsg_seq - first]);
			if (head->nlmsg_seq == last)
				return;
		}
	}
}

/* Sends the messages of a round: dumps by themselves, in between as many as there are at once. */
static void exchange(struct place *place, bool only_accepted)
{
	static char buffer[ROUND * (LONGEST + NLMSG_ALIGNTO)];
	uint32_t first = place->sequence + 1, pending = 0;
	size_t length = 0;
	int i;

	place->sequence += ROUND;
	for (i = 0; i < ROUND; i++) {
		struct nlmsghdr *head = (void *)messages[i].data;

		if (only_accepted && (!messages[i].accepted || messages[i].dump))
			continue;
		if (messages[i].dump && pending) {
			send_bytes(place, buffer, length);
			receive_until(place, pending, first);
			length = pending = 0;
		}
		head->nlmsg_seq = first + i;
		head->nlmsg_len = messages[i].length;
		memcpy(buffer + length, messages[i].data, messages[i].length);
		length += NLMSG_ALIGN(messages[i].length);
		pending = first + i;
		if (messages[i].dump) {
			send_bytes(place, buffer, length);
			receive_until(place, pending, first);
			length = pending = 0;
		}
	}
	if (pending) {
		send_bytes(place, buffer, length);
		receive_until(place, pending, first);
	}
}

static void request(struct place *place, uint8_t command, uint16_t flags, const void *attrs,
		    size_t length)
{
	struct {
		struct nlmsghdr head;
		struct genlmsghdr genl;
		char attrs[32];
	} message = {
		.head = { NLMSG_HDRLEN + GENL_HDRLEN + length, family, NLM_F_REQUEST | flags, 0, 0 },
		.genl = { command, 1, 0 },
	};

	memcpy(message.attrs, attrs, length);
	send_bytes(place, &message, message.head.nlmsg_len);
}

/* What a request shows, appended to the place's table; numbers of sockets are left out. */
static void append_answer(struct place *place)
{
	char *data = place->table + place->table_length;
	struct nlmsghdr *head;
	bool done = false;
	int left;

	while (!done) {
		if (place->table_length + ANSWER > TABLE) {
			fprintf(stderr, "FAILED: the table has grown too large\n");
			exit(1);
		}
		left = receive_bytes(place, data);
		for (head = (void *)data; NLMSG_OK(head, (unsigned int)left);
		     head = NLMSG_NEXT(head, left)) {
			head->nlmsg_pid = 0;
			done |= head->nlmsg_type == NLMSG_ERROR || head->nlmsg_type == NLMSG_DONE;
			place->table_length += NLMSG_ALIGN(head->nlmsg_len);
		}
		data = place->table + place->table_length;
	}
}

static void see(struct place *place)
{
	const struct { struct nlattr attr; uint32_t value; } brief = { { 5, 66 }, 1 };

	place->table_length = 0;
	request(place, 65, NLM_F_DUMP, &brief, sizeof(brief));
	append_answer(place);
	request(place, 11, NLM_F_DUMP, NULL, 0);
	append_answer(place);
	request(place, 13, NLM_F_ACK, NULL, 0);
	append_answer(place);
}

static void find_family(void)
{
	static char data[ANSWER] __attribute__((aligned(8)));
	const struct { struct nlattr attr; char name[8]; } name = { { 9, CTRL_ATTR_FAMILY_NAME },
								     "NFVS" };
	const struct nlattr *attr = (void *)(data + NLMSG_HDRLEN + GENL_HDRLEN);
	size_t length, at;

	family = GENL_ID_CTRL;
	request(&here, CTRL_CMD_GETFAMILY, 0, &name, sizeof(name));
	length = receive_bytes(&here, data);
	for (at = NLMSG_HDRLEN + GENL_HDRLEN; at + NLA_HDRLEN < length;
	     at += NLA_ALIGN(attr->nla_len)) {
		attr = (void *)(data + at);
		if (attr->nla_type == CTRL_ATTR_FAMILY_ID) {
			family = *(const uint16_t *)(data + at + NLA_HDRLEN);
			return;
		}
	}
	fprintf(stderr, "FAILED: there is no family NFVS\n");
	exit(1);
}

/* --- rounds --- */

static void show_message(int i)
{
	size_t at;

	fprintf(stderr, "%2d %s%s ", i, messages[i].accepted ? "accepted, " : "",
		strerrorname_np(messages[i].error));
	for (at = NLMSG_HDRLEN; at < messages[i].length; at++)
		fprintf(stderr, "%02x", (uint8_t)messages[i].data[at]);
	fprintf(stderr, "\n");
}

/* Of a message, or of any in the round. */
static void fail(uint64_t seed, uint64_t round, int which, const char *what)
{
	int i;

	for (i = 0; i < ROUND; i++)
		if (which < 0 || i == which)
			show_message(i);
	fprintf(stderr, "FAILED: %s; seed %llu, round %llu\n", what, (unsigned long long)seed,
		(unsigned long long)round);
	exit(1);
}

/* The kernel itself refuses unknown commands without a word. */
static void count_answers(uint64_t seed, uint64_t round)
{
	static const int documented[] = { EINVAL, EAFNOSUPPORT, EEXIST, ESRCH, ENOENT, ERANGE,
		EOPNOTSUPP, EPROTONOSUPPORT, ENODEV, ESTALE };
	size_t i, j;

	for (i = 0; i < ROUND; i++) {
		messages[i].accepted = !messages[i].error;
		accepted += messages[i].accepted;
		if (messages[i].accepted)
			continue;
		refused++;
		told += messages[i].told;
		by_errno[messages[i].error & 255]++;
		for (j = 0; j < COUNT_OF(documented) && documented[j] != messages[i].error; j++)
			;
		if (j == COUNT_OF(documented))
			fail(seed, round, i, "refused with an errno that is not documented");
	}
}

static void run_round(uint64_t seed, uint64_t round)
{
	int i;

	chance_seed(seed, round);
	for (i = 0; i < ROUND; i++)
		make_message(&messages[i]);
	exchange(&here, false);
	count_answers(seed, round);
	exchange(&twin, true);
	for (i = 0; i < ROUND; i++)
		if (messages[i].accepted && messages[i].error)
			fail(seed, round, i, "the twin refused what was accepted here");
	see(&here);
	see(&twin);
	if (here.table_length != twin.table_length ||
	    memcmp(here.table, twin.table, here.table_length))
		fail(seed, round, -1, "something changed that was refused");
	/* Rounds that start from nothing can be repeated by themselves. */
	if (round % 16 == 15) {
		request(&here, 17, NLM_F_ACK, NULL, 0);
		append_answer(&here);
		request(&twin, 17, NLM_F_ACK, NULL, 0);
		append_answer(&twin);
	}
}

int main(int argc, char **argv)
{
	uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 0, round;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	uint64_t first = argc > 3 ? strtoull(argv[3], NULL, 0) / 16 * 16 : 0;
	int i;

	if (!count) {
		fprintf(stderr, "usage: nlfuzz COUNT SEED [FIRST]\n");
		return 1;
	}
	here.table = malloc(TABLE);
	twin.table = malloc(TABLE);
	here.socket = open_socket();
	find_family();
	if (unshare(CLONE_NEWNET))
		die("unshare");
	bring_up_loopback();
	twin.socket = open_socket();
	printf("seed %llu\n", (unsigned long long)seed);
	for (round = first; round < first + (count + ROUND - 1) / ROUND; round++)
		run_round(seed, round);
	printf("%llu refused, %llu accepted; %.1f %% of the refusals with a sentence\n", refused,
	       accepted, refused ? 100.0 * told / refused : 0);
	for (i = 0; i < 256; i++)
		if (by_errno[i])
			printf("%10llu %s\n", by_errno[i], strerrorname_np(i));
	if (told * 100 < refused * 95 || accepted * 20 < count || refused * 20 < count) {
		fprintf(stderr, "FAILED: too few sentences, or chance was one-sided\n");
		return 1;
	}
	return 0;
}
