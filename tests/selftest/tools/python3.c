// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * python3 PROGRAM.py [ARGUMENT...]
 *
 * What cases find under the name of python3 in a guest: has tests/vm/warm-python run the program,
 * which takes a tenth of the time.  Whatever that could not run in the caller's place (other
 * privileges, other namespaces than the network's, options of Python) the real one runs.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define REAL "/usr/bin/python3"
#define SERVER "/run/nfvs-python"
#define FILES 4

extern char **environ;

static volatile sig_atomic_t child;

static void forward(int number)
{
	if (child)
		kill(child, number);
}

static bool same_namespace(const char *name)
{
	char mine[64], first[64];
	struct stat a, b;

	snprintf(mine, sizeof(mine), "/proc/self/ns/%s", name);
	snprintf(first, sizeof(first), "/proc/1/ns/%s", name);
	return !stat(mine, &a) && !stat(first, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool same_privileges(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct mine[2], first[2];

	if (getuid() || geteuid() || getgid() || getegid() || syscall(SYS_capget, &header, mine))
		return false;
	header.pid = 1;
	return !syscall(SYS_capget, &header, first) && !memcmp(mine, first, sizeof(mine));
}

static bool may_be_run_elsewhere(int argc, char **argv)
{
	static const char *const namespaces[] = { "user", "mnt", "pid", "uts", "ipc", "cgroup" };
	size_t length = argc > 1 ? strlen(argv[1]) : 0;
	unsigned int i;

	if (length < 3 || strcmp(argv[1] + length - 3, ".py") || !same_privileges())
		return false;
	for (i = 0; i < sizeof(namespaces) / sizeof(namespaces[0]); i++)
		if (!same_namespace(namespaces[i]))
			return false;
	return true;
}

static int reach_server(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = SERVER };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* PID, number of arguments, directory, arguments, environment; each with a zero behind it. */
static char *request(int argc, char **argv, size_t *size)
{
	char directory[4096], *text;
	FILE *stream = open_memstream(&text, size);
	int i;

	if (!stream || !getcwd(directory, sizeof(directory)))
		return NULL;
	fprintf(stream, "%d%c%d%c%s%c", getpid(), 0, argc - 1, 0, directory, 0);
	for (i = 1; i < argc; i++)
		fprintf(stream, "%s%c", argv[i], 0);
	for (i = 0; environ[i]; i++)
		fprintf(stream, "%s%c", environ[i], 0);
	return fclose(stream) ? NULL : text;
}

static bool send_all(int server, const char *data, size_t size)
{
	while (size) {
		ssize_t sent = send(server, data, size, MSG_NOSIGNAL);

		if (sent < 0)
			return false;
		data += sent;
		size -= sent;
	}
	return true;
}

static bool send_request(int server, int argc, char **argv)
{
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(FILES * sizeof(int))];
	} control = { .header = {
		.cmsg_len = CMSG_LEN(FILES * sizeof(int)),
		.cmsg_level = SOL_SOCKET,
		.cmsg_type = SCM_RIGHTS,
	} };
	int files[FILES] = { 0, 1, 2, open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC) };
	size_t size;
	char *text = request(argc, argv, &size);
	uint32_t head = size;
	struct iovec vector = { &head, sizeof(head) };
	struct msghdr message = {
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};

	memcpy(CMSG_DATA(&control.header), files, sizeof(files));
	return text && files[3] >= 0 &&
	       sendmsg(server, &message, MSG_NOSIGNAL) == sizeof(head) &&
	       send_all(server, text, size);
}

static bool receive(int server, int32_t *number)
{
	ssize_t got;

	do
		got = recv(server, number, sizeof(*number), MSG_WAITALL);
	while (got < 0 && errno == EINTR);
	return got == sizeof(*number);
}

static void end_as(int status)
{
	if (WIFEXITED(status))
		exit(WEXITSTATUS(status));
	signal(WTERMSIG(status), SIG_DFL);
	raise(WTERMSIG(status));
	exit(128 + WTERMSIG(status));
}

int main(int argc, char **argv)
{
	int server = may_be_run_elsewhere(argc, argv) ? reach_server() : -1;
	struct sigaction action = { .sa_handler = forward };
	int32_t number;

	if (server < 0 || !send_request(server, argc, argv) || !receive(server, &number)) {
		execv(REAL, argv);
		perror(REAL);
		return 127;
	}
	child = number;
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	if (!receive(server, &number)) {
		fprintf(stderr, "python3: warm-python is gone\n");
		return 127;
	}
	end_as(number);
}
