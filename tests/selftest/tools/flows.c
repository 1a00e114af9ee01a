// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Very many UDP conversations, from very many addresses and ports.
 *
 *	flows echo PORT				answers each datagram with itself
 *	flows ask SOURCE COUNT ADDRESS PORT	COUNT conversations; prints how many were answered
 *
 * The sources are SOURCE, and the addresses that follow it, with 50000 ports each.  Nothing of
 * this host owns them: datagrams leave by a raw socket and answers are seen by a packet socket,
 * so a conversation costs no socket.  A limited number is under way at a time, and one that is
 * not answered is asked again a few times: what counts is whether the balancer can do it.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FIRST_PORT 10000
#define PORTS 50000
#define WINDOW 256
#define ATTEMPTS 5
#define PATIENCE_MS 10000

struct datagram {
	struct iphdr ip;
	struct udphdr udp;
	uint32_t number;
} __attribute__((packed));

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static int make_socket(int family, int type, int protocol)
{
	int fd = socket(family, type, protocol);
	int size = 16 << 20;

	if (fd < 0)
		die("socket");
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)))
		die("setsockopt");
	return fd;
}

static void echo(uint16_t port)
{
	int fd = make_socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
	char data[2048];

	if (bind(fd, (struct sockaddr *)&address, sizeof(address)))
		die("bind");
	while (true) {
		struct sockaddr_in peer;
		socklen_t length = sizeof(peer);
		ssize_t size =
			recvfrom(fd, data, sizeof(data), 0, (struct sockaddr *)&peer, &length);

		if (size >= 0)
			sendto(fd, data, size, 0, (struct sockaddr *)&peer, length);
	}
}

struct asker {
	int out, in;
	uint32_t source; /* host order */
	struct sockaddr_in to;
	uint32_t count, answered;
	bool *done;
};

static void send_one(struct asker *asker, uint32_t number)
{
	struct datagram datagram = {
        .ip =
            {
                .version = 4,
                .ihl = 5,
                .ttl = 64,
                .protocol = IPPROTO_UDP,
                .tot_len = htons(sizeof(datagram)),
                .saddr = htonl(asker->source + number / PORTS),
                .daddr = asker->to.sin_addr.s_addr,
            },
        .udp =
            {
                .source = htons(FIRST_PORT + number % PORTS),
                .dest = asker->to.sin_port,
                .len = htons(sizeof(datagram) - sizeof(struct iphdr)),
            },
        .number = htonl(number),
    };

	while (sendto(asker->out, &datagram, sizeof(datagram), 0, (struct sockaddr *)&asker->to,
		      sizeof(asker->to)) < 0)
		if (errno != ENOBUFS && errno != EINTR)
			die("sendto");
}

/* The answer to a conversation that has none yet: from the right address to the right one. */
static bool is_news(struct asker *asker, const struct datagram *answer, ssize_t size)
{
	uint32_t number = ntohl(answer->number);

	if (size < (ssize_t)sizeof(*answer) || answer->ip.protocol != IPPROTO_UDP ||
	    answer->ip.saddr != asker->to.sin_addr.s_addr ||
	    answer->udp.source != asker->to.sin_port || number >= asker->count ||
	    asker->done[number])
		return false;
	return ntohl(answer->ip.daddr) == asker->source + number / PORTS &&
	       ntohs(answer->udp.dest) == FIRST_PORT + number % PORTS;
}

/* Takes in what has come; false if nothing came for too long. */
static bool take_answers(struct asker *asker)
{
	struct pollfd poll_in = { .fd = asker->in, .events = POLLIN };
	struct datagram answer;
	ssize_t size;

	if (poll(&poll_in, 1, PATIENCE_MS) <= 0)
		return false;
	while ((size = recv(asker->in, &answer, sizeof(answer), MSG_DONTWAIT)) > 0) {
		if (!is_news(asker, &answer, size))
			continue;
		asker->done[ntohl(answer.number)] = true;
		asker->answered++;
	}
	return true;
}

/* Asks all that have no answer yet. */
static void ask_rest(struct asker *asker)
{
	uint32_t number, sent = 0, before = asker->answered;

	for (number = 0; number < asker->count; number++) {
		if (asker->done[number])
			continue;
		while (sent - (asker->answered - before) >= WINDOW)
			if (!take_answers(asker))
				/* Some are lost: they will be asked again. */
				sent = asker->answered - before;
		send_one(asker, number);
		sent++;
	}
	while (asker->answered < asker->count && take_answers(asker))
		;
}

static void ask(const char *source, uint32_t count, const char *address, uint16_t port)
{
	struct asker asker = {
        .out = make_socket(AF_INET, SOCK_RAW, IPPROTO_RAW),
        .in = make_socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_IP)),
        .source = ntohl(inet_addr(source)),
        .to =
            {
                .sin_family = AF_INET,
                .sin_port = htons(port),
                .sin_addr.s_addr = inet_addr(address),
            },
        .count = count,
        .done = calloc(count, sizeof(bool)),
    };
	int attempt;

	if (!asker.done)
		die("calloc");
	for (attempt = 0; attempt < ATTEMPTS && asker.answered < count; attempt++)
		ask_rest(&asker);
	printf("%u\n", asker.answered);
	free(asker.done);
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "echo")) {
		echo(atoi(argv[2]));
	} else if (argc == 6 && !strcmp(argv[1], "ask")) {
		ask(argv[2], strtoul(argv[3], NULL, 10), argv[4], atoi(argv[5]));
	} else {
		fprintf(stderr, "usage: flows echo PORT | flows ask SOURCE COUNT ADDRESS PORT\n");
		return 2;
	}
	return 0;
}
