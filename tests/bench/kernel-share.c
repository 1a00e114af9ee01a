// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the kernel does in place of a program that configures: a library to be preloaded.
 *
 *	LD_PRELOAD=kernel-share.so KERNEL_SHARE=FILE ipvsadm ...
 *
 * A netlink request is carried out inside the call that sends it, and a dump goes on inside those
 * that receive.  For each command of the family FILE gets a line with the time that the program's
 * thread had the processor in calls that send and in calls that receive: in a guest under icount,
 * instructions of the kernel.
 * What the kernel leaves to its own threads is not in it, nor is waiting.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define COMMANDS 256
/* What is asked of generic netlink itself: the family's number. */
#define ABOUT_FAMILY 0

static struct {
	long long sending;
	long long receiving;
} share[COMMANDS];

static unsigned int command;
static long long empty_window;
static ssize_t (*real_sendmsg)(int, const struct msghdr *, int);
static ssize_t (*real_sendto)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);
static ssize_t (*real_recvmsg)(int, struct msghdr *, int);
static ssize_t (*real_recvfrom)(int, void *, size_t, int, struct sockaddr *, socklen_t *);

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void add(long long *sum, long long start)
{
	*sum += now() - start - empty_window;
}

static void note_command(const void *request, size_t size)
{
	struct nlmsghdr header;
	struct genlmsghdr generic;

	if (size < NLMSG_HDRLEN + sizeof(generic))
		return;
	memcpy(&header, request, sizeof(header));
	memcpy(&generic, (const char *)request + NLMSG_HDRLEN, sizeof(generic));
	command = header.nlmsg_type == GENL_ID_CTRL ? ABOUT_FAMILY : generic.cmd;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	long long start;
	ssize_t sent;

	if (message->msg_iovlen > 0)
		note_command(message->msg_iov[0].iov_base, message->msg_iov[0].iov_len);
	start = now();
	sent = real_sendmsg(fd, message, flags);
	add(&share[command].sending, start);
	return sent;
}

ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to,
	       socklen_t to_size)
{
	long long start;
	ssize_t sent;

	note_command(data, size);
	start = now();
	sent = real_sendto(fd, data, size, flags, to, to_size);
	add(&share[command].sending, start);
	return sent;
}

ssize_t send(int fd, const void *data, size_t size, int flags)
{
	return sendto(fd, data, size, flags, NULL, 0);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	long long start = now();
	ssize_t received = real_recvmsg(fd, message, flags);

	add(&share[command].receiving, start);
	return received;
}

ssize_t recvfrom(int fd, void *data, size_t size, int flags, struct sockaddr *from,
		 socklen_t *from_size)
{
	long long start = now();
	ssize_t received = real_recvfrom(fd, data, size, flags, from, from_size);

	add(&share[command].receiving, start);
	return received;
}

ssize_t recv(int fd, void *data, size_t size, int flags)
{
	return recvfrom(fd, data, size, flags, NULL, NULL);
}

static void find(const char *name, void *function)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (!found) {
		fprintf(stderr, "kernel-share: there is no %s()\n", name);
		exit(2);
	}
	memcpy(function, &found, sizeof(found));
}

__attribute__((constructor)) static void begin(void)
{
	long long start, window;
	int i;

	find("sendmsg", &real_sendmsg);
	find("sendto", &real_sendto);
	find("recvmsg", &real_recvmsg);
	find("recvfrom", &real_recvfrom);
	/* The least of a few: the first ones fault pages in, and a tick may come between. */
	for (i = 0; i < 20; i++) {
		start = now();
		window = now() - start;
		if (!i || window < empty_window)
			empty_window = window;
	}
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("KERNEL_SHARE");
	FILE *file = path ? fopen(path, "w") : NULL;
	unsigned int i;

	if (!file) {
		fprintf(stderr, "kernel-share: KERNEL_SHARE names no file to write\n");
		return;
	}
	for (i = 0; i < COMMANDS; i++)
		if (share[i].sending)
			fprintf(file, "command=%u sending=%lld receiving=%lld\n", i,
				share[i].sending, share[i].receiving);
	fclose(file);
}
