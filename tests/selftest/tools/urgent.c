// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * urgent
 *
 * Is the most urgent thread of all, wants the processor every 50 microseconds until it is told to
 * end (SIGTERM), and then says how long it had to wait at most, in nanoseconds: in a guest under
 * icount, for how many instructions, less 50 000 at worst, somebody has kept the processor.  Says
 * "ready" before it begins.
 */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>

#define PERIOD 50000
#define SECOND 1000000000LL

static volatile sig_atomic_t ended;

static void end(int signal)
{
	(void)signal;
	ended = 1;
}

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * SECOND + time.tv_nsec;
}

static void wait_until(long long when)
{
	struct timespec time = { .tv_sec = when / SECOND, .tv_nsec = when % SECOND };

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

int main(void)
{
	struct sched_param urgent = { .sched_priority = 99 };
	struct sigaction on_end = { .sa_handler = end };
	long long when, late, longest = 0;

	sigaction(SIGTERM, &on_end, NULL);
	if (mlockall(MCL_CURRENT | MCL_FUTURE) || sched_setscheduler(0, SCHED_FIFO, &urgent)) {
		perror("urgent");
		return 2;
	}
	printf("ready\n");
	fflush(stdout);

	while (!ended) {
		when = now() + PERIOD;
		wait_until(when);
		late = now() - when;
		if (late > longest && !ended)
			longest = late;
	}
	printf("%lld\n", longest);
	return 0;
}
