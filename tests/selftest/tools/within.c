// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * within NAMESPACE COMMAND...
 *
 * Becomes the command in a network namespace that "ip netns" knows by its name.  nsenter does so,
 * too, but an emulated guest takes longer to link it with its libraries than it then takes for the
 * command.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <error.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	char path[256];
	int ns;

	if (argc < 3)
		error(125, 0, "usage: within NAMESPACE COMMAND...");
	snprintf(path, sizeof(path), "/run/netns/%s", argv[1]);
	ns = open(path, O_RDONLY | O_CLOEXEC);
	if (ns < 0 || setns(ns, CLONE_NEWNET))
		error(125, errno, "%s", path);
	execvp(argv[2], argv + 2);
	error(errno == ENOENT ? 127 : 126, errno, "%s", argv[2]);
}
