/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Something of each part of the library; succeeds with or without a balancer in the kernel. */
#include <ipvsctl/ipvsctl.h>

#include <errno.h>
#include <stdio.h>

int main(void)
{
	const struct ipvsctl_options options = { .load_module = 0 };
	const struct ipvsctl_monitor_options events = {
		.groups = IPVSCTL_CONFIG,
		.where = { .network_namespace = "no-such-namespace" },
	};
	struct ipvsctl_error error;
	struct ipvsctl_endpoint endpoint;
	struct ipvsctl_client *client = NULL;
	struct ipvsctl_monitor *monitor = NULL;
	char text[IPVSCTL_ENDPOINT_LENGTH];

	if (ipvsctl_parse_endpoint("[2001:db8::1]:80", &endpoint, &error) < 0)
		return 1;
	if (ipvsctl_open_monitor(&events, &monitor, &error) == 0 || error.code != ENOENT)
		return 1;
	if (ipvsctl_open(&options, &client, &error) < 0 && error.code != ENOPROTOOPT)
		return 1;
	printf("%s %s %s\n", ipvsctl_version(), ipvsctl_format_endpoint(&endpoint, text),
	       client ? ipvsctl_family(client) : error.message);
	ipvsctl_close(client);
	return 0;
}
