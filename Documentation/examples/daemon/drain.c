/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * drain ADDRESS: takes a real server out of all services, and waits until its last connection has
 * ended.  Says who else is overloaded meanwhile.  SIGINT puts it back.
 */
#include <ipvsctl/ipvsctl.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static volatile sig_atomic_t interrupted;
static struct ipvsctl_error error;
static struct ipvsctl_transaction *drain, *restore;

static void interrupt(int number)
{
	(void)number;
	interrupted = 1;
}

static void need(int status)
{
	if (status < 0) {
		fprintf(stderr, "drain: %s\n", error.message);
		exit(1);
	}
}

static int plan(const struct ipvsctl_row *row, void *context)
{
	struct ipvsctl_server idle;

	(void)context;
	if (!row->server)
		return 0;
	idle = *row->server;
	idle.weight = 0;
	need(ipvsctl_then_edit_server(drain, &row->service->key, &idle, &error));
	need(ipvsctl_then_edit_server(restore, &row->service->key, row->server, &error));
	return 0;
}

static int count(const struct ipvsctl_connection *connection, void *left)
{
	*(size_t *)left += connection->client.port != 0; /* else it is one of persistence */
	return 0;
}

/* Whether connections may have ended. */
static int look(struct ipvsctl_monitor *monitor)
{
	char text[IPVSCTL_ENDPOINT_LENGTH];
	struct ipvsctl_event event;
	int ended = 0, more;

	while ((more = ipvsctl_next_event(monitor, &event, &error)) > 0)
		if (event.kind == IPVSCTL_OVERLOAD_EVENT)
			printf("%s %s\n", ipvsctl_format_endpoint(&event.server.endpoint, text),
			       event.begins ? "is overloaded" : "is no longer overloaded");
		else
			ended |= !event.begins;
	need(more);
	return ended;
}

int main(int argc, char **argv)
{
	const struct ipvsctl_monitor_options groups = { .groups = IPVSCTL_OVERLOAD |
								  IPVSCTL_CONNECTIONS };
	struct ipvsctl_endpoint server;
	const struct ipvsctl_query query = { .server = &server, .brief = 1 };
	const struct ipvsctl_connection_filter filter = { .real_server = &server };
	struct ipvsctl_monitor *monitor;
	struct ipvsctl_client *client;
	size_t left;

	drain = ipvsctl_new_transaction();
	restore = ipvsctl_new_transaction();
	need(ipvsctl_parse_endpoint(argc == 2 ? argv[1] : "", &server, &error));
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGINT, interrupt);
	need(ipvsctl_open(NULL, &client, &error));
	need(ipvsctl_open_monitor(&groups, &monitor, &error));
	need(ipvsctl_list(client, &query, plan, NULL, &error));
	need(ipvsctl_commit(client, drain, NULL, &error));
	do {
		left = 0;
		need(ipvsctl_list_connections(client, &filter, count, &left, &error));
		printf("%zu connections left\n", left);
		while (left > 0 && !look(monitor)) {
			poll(&(struct pollfd){ ipvsctl_monitor_descriptor(monitor), POLLIN, 0 }, 1, 500);
			if (interrupted)
				return ipvsctl_commit(client, restore, NULL, &error) ? 1 : 3;
		}
	} while (left > 0);
	return 0;
}
