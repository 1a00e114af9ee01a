/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usage: c_interface NAMESPACE
 *
 * Everything in ipvsctl.h, once, on the empty table of a network namespace.
 */
#include <ipvsctl/ipvsctl.h>

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct ipvsctl_error error;

#define CHECK(condition) check(condition, #condition, __LINE__)

static void check(int holds, const char *what, int line)
{
	if (holds)
		return;
	printf("line %d: %s does not hold; the last error is %d, \"%s\" (%s)\n", line, what,
	       error.code, error.message, error.attribute);
	exit(1);
}

static struct ipvsctl_endpoint endpoint(const char *text)
{
	struct ipvsctl_endpoint parsed;

	CHECK(ipvsctl_parse_endpoint(text, &parsed, &error) == 0);
	return parsed;
}

static struct ipvsctl_key tcp(const char *text)
{
	return (struct ipvsctl_key){ .protocol = IPPROTO_TCP, .endpoint = endpoint(text) };
}

static struct ipvsctl_server server(const char *text, uint32_t weight)
{
	const struct ipvsctl_endpoint address = endpoint(text);
	struct ipvsctl_server made;

	ipvsctl_init_server(&made, &address);
	made.method = IPVSCTL_MASQUERADE;
	made.weight = weight;
	return made;
}

/* What a listing showed. */
struct shown {
	int services, servers, stop_after;
	struct ipvsctl_service service;
	struct ipvsctl_server server;
};

static int show(const struct ipvsctl_row *row, void *context)
{
	struct shown *shown = context;

	CHECK(row->stats.connections == 0 && row->active_connections == 0);
	shown->service = *row->service;
	if (row->server)
		shown->server = *row->server;
	shown->services += !row->server;
	shown->servers += !!row->server;
	return shown->services + shown->servers == shown->stop_after;
}

static struct shown list(struct ipvsctl_client *client, const struct ipvsctl_query *query)
{
	struct shown shown = { 0 };

	CHECK(ipvsctl_list(client, query, show, &shown, &error) == 0);
	return shown;
}

static struct ipvsctl_event next(struct ipvsctl_monitor *monitor, enum ipvsctl_event_kind kind,
				 enum ipvsctl_change change)
{
	struct ipvsctl_event event;

	CHECK(ipvsctl_next_event(monitor, &event, &error) == 1);
	CHECK(event.kind == kind && event.change == change);
	return event;
}

static void test_texts(void)
{
	const struct ipvsctl_endpoint six = endpoint("[2001:db8::1]:80");
	char text[IPVSCTL_ENDPOINT_LENGTH];
	struct ipvsctl_endpoint none;

	CHECK(strcmp(ipvsctl_format_endpoint(&six, text), "[2001:db8::1]:80") == 0);
	CHECK(six.family == AF_INET6 && six.port == 80);
	CHECK(ipvsctl_parse_endpoint("example", &none, &error) == -1);
	CHECK(error.domain == IPVSCTL_PARSE && error.item == IPVSCTL_NO_ITEM);
	CHECK(ipvsctl_parse_endpoint("example", &none, NULL) == -1);
	CHECK(strlen(ipvsctl_version()) >= 5);
}

static void test_defaults(void)
{
	const struct ipvsctl_key mark = { .fwmark = 7 };
	const struct ipvsctl_key mark6 = { .fwmark = 7, .endpoint.family = AF_INET6 };
	struct ipvsctl_service service;

	ipvsctl_init_service(&service, &mark);
	CHECK(service.netmask == 0xffffffff);
	ipvsctl_init_service(&service, &mark6);
	CHECK(service.netmask == 128);
}

static void test_changes(struct ipvsctl_client *client, struct ipvsctl_monitor *monitor)
{
	const struct ipvsctl_key key = tcp("192.0.2.1:80"), other = tcp("192.0.2.2:80");
	struct ipvsctl_server one = server("10.0.0.1:8080", 1);
	struct ipvsctl_query query = { .service = &key };
	struct ipvsctl_service service;
	struct ipvsctl_event event;

	ipvsctl_init_service(&service, &key);
	CHECK(ipvsctl_add_service(client, &service, &error) == 0);
	event = next(monitor, IPVSCTL_SERVICE_EVENT, IPVSCTL_ADDED);
	CHECK(event.port_id == ipvsctl_port_id(client) && event.group == IPVSCTL_CONFIG);
	CHECK(strcmp(event.service.scheduler, "wlc") == 0);
	CHECK(ipvsctl_add_service(client, &service, &error) == -1);
	CHECK(error.domain == IPVSCTL_KERNEL && error.code == EEXIST);
	strcpy(service.scheduler, "rr");
	service.flags = IPVSCTL_PERSISTENT;
	service.persistence_timeout = 60;
	CHECK(ipvsctl_edit_service(client, &service, &error) == 0);
	next(monitor, IPVSCTL_SERVICE_EVENT, IPVSCTL_CHANGED);
	CHECK(ipvsctl_add_server(client, &other, &one, &error) == -1 && error.code == ESRCH);
	CHECK(ipvsctl_add_server(client, &key, &one, &error) == 0);
	one.weight = 7;
	CHECK(ipvsctl_edit_server(client, &key, &one, &error) == 0);
	next(monitor, IPVSCTL_SERVER_EVENT, IPVSCTL_ADDED);
	event = next(monitor, IPVSCTL_SERVER_EVENT, IPVSCTL_CHANGED);
	CHECK(event.server.weight == 7 && event.generation > 0);

	CHECK(list(client, NULL).services == 1 && list(client, &query).servers == 1);
	CHECK(list(client, &query).service.persistence_timeout == 60);
	CHECK(list(client, &query).service.netmask == 0xffffffff);
	CHECK(list(client, &query).server.weight == 7);
	query = (struct ipvsctl_query){ .server = &one.endpoint, .brief = 1 };
	CHECK(list(client, &query).servers == 1);
	query.service = &other;
	CHECK(list(client, &query).services == 0);

	CHECK(ipvsctl_zero(client, &key, &error) == 0 && ipvsctl_zero(client, NULL, &error) == 0);
	CHECK(ipvsctl_delete_server(client, &key, &one.endpoint, &error) == 0);
	event = next(monitor, IPVSCTL_SERVER_EVENT, IPVSCTL_REMOVED);
	CHECK(memcmp(&event.server.endpoint, &one.endpoint, sizeof(one.endpoint)) == 0);
	CHECK(ipvsctl_delete_service(client, &key, &error) == 0);
	event = next(monitor, IPVSCTL_SERVICE_EVENT, IPVSCTL_REMOVED);
	CHECK(event.service.key.endpoint.port == 80 && event.service.key.protocol == IPPROTO_TCP);
	CHECK(ipvsctl_next_event(monitor, &event, &error) == 0);
}

static void test_transaction(struct ipvsctl_client *client)
{
	struct ipvsctl_transaction *changes = ipvsctl_new_transaction();
	const struct ipvsctl_key key = { .fwmark = 7, .endpoint = { .family = AF_INET6 } };
	const struct ipvsctl_server one = server("[2001:db8::1]:80", 1);
	const struct ipvsctl_server two = server("[2001:db8::2]:80", 2);
	struct shown shown = { .stop_after = 2 };
	struct ipvsctl_commit_result result;
	struct ipvsctl_service service;
	struct ipvsctl_info info;

	ipvsctl_init_service(&service, &key);
	CHECK(ipvsctl_then_flush(changes, &error) == 0);
	CHECK(ipvsctl_then_add_service(changes, &service, &error) == 0);
	CHECK(ipvsctl_then_add_server(changes, &key, &one, &error) == 0);
	CHECK(ipvsctl_then_add_server(changes, &key, &one, &error) == 0);
	CHECK(ipvsctl_transaction_size(changes) == 4);
	CHECK(ipvsctl_commit(client, changes, &result, &error) == -1);
	CHECK(error.code == EEXIST && error.item == 3);
	CHECK(list(client, NULL).services == 0);

	CHECK(ipvsctl_get_info(client, &info, &error) == 0);
	CHECK(strncmp(info.module, "nfvs ", 5) == 0 && info.connection_limit > 0);
	ipvsctl_clear_transaction(changes);
	CHECK(ipvsctl_then_add_service(changes, &service, &error) == 0);
	CHECK(ipvsctl_then_edit_service(changes, &service, &error) == 0);
	CHECK(ipvsctl_then_add_server(changes, &key, &one, &error) == 0);
	CHECK(ipvsctl_then_edit_server(changes, &key, &one, &error) == 0);
	CHECK(ipvsctl_then_add_server(changes, &key, &two, &error) == 0);
	ipvsctl_expect_generation(changes, info.generation + 1);
	CHECK(ipvsctl_commit(client, changes, &result, &error) == -1 && error.code == ESTALE);
	ipvsctl_expect_generation(changes, info.generation);
	CHECK(ipvsctl_commit(client, changes, &result, &error) == 0);
	CHECK(result.generation > info.generation && result.count == 3);
	CHECK(ipvsctl_list(client, NULL, show, &shown, &error) == 0 && shown.servers == 1);
	CHECK(shown.service.key.fwmark == 7 && shown.service.key.endpoint.family == AF_INET6);

	ipvsctl_clear_transaction(changes);
	CHECK(ipvsctl_then_delete_server(changes, &key, &one.endpoint, &error) == 0);
	CHECK(ipvsctl_then_delete_service(changes, &key, &error) == 0);
	CHECK(ipvsctl_commit(client, changes, NULL, &error) == 0);
	CHECK(ipvsctl_flush(client, &error) == 0);
	ipvsctl_free_transaction(changes);
}

static int count_daemon(const struct ipvsctl_daemon *daemon, void *context)
{
	CHECK(daemon->role == IPVSCTL_MASTER);
	return ++*(int *)context;
}

static int count_counter(const char *name, uint64_t value, void *context)
{
	CHECK(*name && value == 0);
	return !++*(int *)context;
}

static int count_connection(const struct ipvsctl_connection *connection, void *context)
{
	CHECK(*connection->state);
	return ++*(int *)context;
}

static void test_rest(struct ipvsctl_client *client)
{
	const struct ipvsctl_endpoint nobody = endpoint("10.0.0.1:80");
	const struct ipvsctl_connection_filter filter = { .real_server = &nobody, .protocol = 6 };
	struct ipvsctl_timeouts timeouts = { .udp = 33 };
	const struct ipvsctl_daemon daemon = { .role = IPVSCTL_MASTER, .interface = "lo" };
	uint32_t ended = 1;
	int count = 0;

	CHECK(ipvsctl_set_timeouts(client, &timeouts, &error) == 0);
	CHECK(ipvsctl_get_timeouts(client, &timeouts, &error) == 0);
	CHECK(timeouts.udp == 33 && timeouts.tcp == 900);
	CHECK(ipvsctl_list_counters(client, count_counter, &count, &error) == 0 && count > 10);
	count = 0;
	CHECK(ipvsctl_list_connections(client, &filter, count_connection, &count, &error) == 0);
	CHECK(ipvsctl_end_connections(client, NULL, &ended, &error) == 0);
	CHECK(count == 0 && ended == 0);
	if (ipvsctl_start_daemon(client, &daemon, &error) == 0)
		CHECK(ipvsctl_list_daemons(client, count_daemon, &count, &error) == 0 && count == 1);
	else
		CHECK(error.code == EOPNOTSUPP);
	CHECK(ipvsctl_stop_daemon(client, IPVSCTL_BACKUP, &error) == -1);
}

int main(int argc, char **argv)
{
	struct ipvsctl_monitor_options groups = {
		.groups = IPVSCTL_CONFIG | IPVSCTL_OVERLOAD | IPVSCTL_CONNECTIONS,
		.receive_buffer = 1 << 20,
		.where = { .network_namespace = "no-such-namespace" },
	};
	struct ipvsctl_client *client;
	struct ipvsctl_monitor *monitor;

	test_texts();
	test_defaults();
	CHECK(argc == 2);
	CHECK(ipvsctl_open_monitor(&groups, &monitor, &error) == -1 && error.code == ENOENT);
	groups.where.network_namespace = argv[1];
	CHECK(ipvsctl_open(&groups.where, &client, &error) == 0);
	CHECK(ipvsctl_open_monitor(&groups, &monitor, &error) == 0);
	CHECK(ipvsctl_monitor_descriptor(monitor) >= 0);
	CHECK(strcmp(ipvsctl_family(client), "NFVS") == 0);
	test_changes(client, monitor);
	test_transaction(client);
	test_rest(client);
	ipvsctl_close_monitor(monitor);
	ipvsctl_close(client);
	puts("all is as it should be");
	return 0;
}
