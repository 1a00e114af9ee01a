// SPDX-License-Identifier: LGPL-2.1-or-later
/** The client and its changes, for C. */
#include "convert.hpp"
#include "ipvsctl/version.hpp"

using namespace ipvsctl;

const char *ipvsctl_version(void)
{
    static const std::string text(version());
    return text.c_str();
}

int ipvsctl_parse_endpoint(const char *text, ipvsctl_endpoint *endpoint, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        const auto parsed = Endpoint::parse(text);
        if (!parsed)
            return c::fail(parsed.error(), error);
        *endpoint = c::endpoint_for_c(*parsed);
        return 0;
    });
}

const char *ipvsctl_format_endpoint(const ipvsctl_endpoint *endpoint, char *buffer)
{
    buffer[0] = '\0';
    (void)c::guarded(nullptr, [&] {
        c::copy(c::endpoint_of(*endpoint).to_string(), {buffer, IPVSCTL_ENDPOINT_LENGTH});
        return 0;
    });
    return buffer;
}

void ipvsctl_init_service(ipvsctl_service *service, const ipvsctl_key *key)
{
    *service = {};
    service->key = *key;
    c::copy("wlc", service->scheduler);
    service->flags_mask = 0xffffffff;
    service->netmask = Netmask::host(family_of(c::key_of(*key))).value();
    service->on_removal = -1;
    service->fastpath = -1;
}

void ipvsctl_init_server(ipvsctl_server *server, const ipvsctl_endpoint *endpoint)
{
    *server = c::server_for_c(DestinationConfig());
    server->endpoint = *endpoint;
}

int ipvsctl_open(const ipvsctl_options *options, ipvsctl_client **client, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        auto opened = Client::open(options ? c::options_of(*options) : ClientOptions());
        if (!opened)
            return c::fail(opened.error(), error);
        std::string family(opened->family());
        *client = new ipvsctl_client{.client = std::move(*opened), .family = std::move(family)};
        return 0;
    });
}

void ipvsctl_close(ipvsctl_client *client)
{
    delete client;
}

const char *ipvsctl_family(const ipvsctl_client *client)
{
    return client->family.c_str();
}

uint32_t ipvsctl_port_id(const ipvsctl_client *client)
{
    return client->client.port_id();
}

int ipvsctl_get_info(ipvsctl_client *client, ipvsctl_info *info, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        const auto told = client->client.info();
        if (!told)
            return c::fail(told.error(), error);
        *info = {};
        c::copy(told->module.value_or(""), info->module);
        info->version = told->version;
        info->connection_table_size = told->connection_table_size;
        info->connections = told->connections.value_or(0);
        info->connection_limit = told->connection_limit.value_or(0);
        info->generation = told->generation.value_or(0);
        return 0;
    });
}

int ipvsctl_add_service(ipvsctl_client *client, const ipvsctl_service *service,
                        ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        return c::status(
            client->client.add_service(c::key_of(service->key), c::config_of(*service)), error);
    });
}

int ipvsctl_edit_service(ipvsctl_client *client, const ipvsctl_service *service,
                         ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        return c::status(
            client->client.edit_service(c::key_of(service->key), c::config_of(*service)), error);
    });
}

int ipvsctl_delete_service(ipvsctl_client *client, const ipvsctl_key *key, ipvsctl_error *error)
{
    return c::guarded(
        error, [&] { return c::status(client->client.delete_service(c::key_of(*key)), error); });
}

int ipvsctl_add_server(ipvsctl_client *client, const ipvsctl_key *key, const ipvsctl_server *server,
                       ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        return c::status(client->client.add_destination(c::key_of(*key), c::config_of(*server)),
                         error);
    });
}

int ipvsctl_edit_server(ipvsctl_client *client, const ipvsctl_key *key,
                        const ipvsctl_server *server, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        return c::status(client->client.edit_destination(c::key_of(*key), c::config_of(*server)),
                         error);
    });
}

int ipvsctl_delete_server(ipvsctl_client *client, const ipvsctl_key *key,
                          const ipvsctl_endpoint *endpoint, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        return c::status(
            client->client.delete_destination(c::key_of(*key), c::endpoint_of(*endpoint)), error);
    });
}

int ipvsctl_flush(ipvsctl_client *client, ipvsctl_error *error)
{
    return c::guarded(error, [&] { return c::status(client->client.flush(), error); });
}

int ipvsctl_zero(ipvsctl_client *client, const ipvsctl_key *key, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        return c::status(key ? client->client.zero(c::key_of(*key)) : client->client.zero(), error);
    });
}

int ipvsctl_get_timeouts(ipvsctl_client *client, ipvsctl_timeouts *timeouts, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        const auto told = client->client.timeouts();
        if (!told)
            return c::fail(told.error(), error);
        *timeouts = {.tcp = told->tcp, .tcp_fin = told->tcp_fin, .udp = told->udp};
        return 0;
    });
}

int ipvsctl_set_timeouts(ipvsctl_client *client, const ipvsctl_timeouts *timeouts,
                         ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        return c::status(
            client->client.set_timeouts(
                {.tcp = timeouts->tcp, .tcp_fin = timeouts->tcp_fin, .udp = timeouts->udp}),
            error);
    });
}
