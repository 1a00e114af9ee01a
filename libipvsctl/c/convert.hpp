// SPDX-License-Identifier: LGPL-2.1-or-later
/** Between the model and the structs of C. */
#pragma once

#include "ipvsctl/client.hpp"
#include "ipvsctl/ipvsctl.h"
#include "ipvsctl/monitor.hpp"

#include <algorithm>
#include <cerrno>
#include <new>
#include <span>

namespace ipvsctl {
inline namespace v1 {
namespace c {

/** As much as there is room for, and a NUL. */
void copy(std::string_view text, std::span<char> room) noexcept;

/** Fills in the error, if one is wanted; returns -1. */
int fail(const Error &error, ipvsctl_error *out) noexcept;

/** The value that C expects of a function that can fail: 0, or -1 and the error. */
inline int status(const Result<void> &done, ipvsctl_error *error) noexcept
{
    return done ? 0 : fail(done.error(), error);
}

/** Calls work, which returns an int; memory that is short is an error and no exception. */
template <typename Work> int guarded(ipvsctl_error *error, Work &&work) noexcept
{
    try {
        return work();
    } catch (const std::bad_alloc &) {
        if (error) {
            *error = {.domain = IPVSCTL_TRANSPORT,
                      .code = ENOMEM,
                      .item = IPVSCTL_NO_ITEM,
                      .message = "out of memory",
                      .attribute = {}};
        }
        return -1;
    }
}

Endpoint endpoint_of(const ipvsctl_endpoint &from) noexcept;
ServiceKey key_of(const ipvsctl_key &from) noexcept;
ServiceConfig config_of(const ipvsctl_service &from);
DestinationConfig config_of(const ipvsctl_server &from) noexcept;
ClientOptions options_of(const ipvsctl_options &from);

ipvsctl_endpoint endpoint_for_c(const Endpoint &from) noexcept;
ipvsctl_key key_for_c(const ServiceKey &from) noexcept;
ipvsctl_service service_for_c(const ServiceKey &key, const ServiceConfig &config) noexcept;
ipvsctl_server server_for_c(const DestinationConfig &from) noexcept;
ipvsctl_connection connection_for_c(const Connection &from) noexcept;

} // namespace c
} // namespace v1
} // namespace ipvsctl

/** The handles: a client, and what goes with it. */
struct ipvsctl_client {
    ipvsctl::Client client;
    std::string family;
};
