// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * instructions COMMAND [ARGUMENT...]
 *
 * Runs a command and says on standard error how long it had the processor, in nanoseconds: in a
 * guest under icount, the instructions that it executed, and the kernel in its place.  What it
 * left to the kernel's own threads is not in it, nor is waiting.  The exit status is the command's.
 */
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char **environ;

static long long nanoseconds(const struct timeval *time)
{
	return (time->tv_sec * 1000000LL + time->tv_usec) * 1000;
}

int main(int argc, char **argv)
{
	struct rusage usage;
	int status, err;
	pid_t child;

	if (argc < 2) {
		fprintf(stderr, "usage: instructions COMMAND [ARGUMENT...]\n");
		return 2;
	}

	err = posix_spawnp(&child, argv[1], NULL, NULL, argv + 1, environ);
	if (err) {
		fprintf(stderr, "instructions: %s: %s\n", argv[1], strerror(err));
		return 127;
	}
	if (wait4(child, &status, 0, &usage) != child) {
		perror("instructions: wait4");
		return 2;
	}

	/* The sum is exact; how it is shared out between the two is an estimate. */
	fprintf(stderr, "%lld\n", nanoseconds(&usage.ru_utime) + nanoseconds(&usage.ru_stime));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
