// SPDX-License-Identifier: LGPL-2.1-or-later
/** Synchronisation daemons of the model as netlink attributes, and back. */
#pragma once

#include "../gen/nfvs_attrs.hpp"
#include "ipvsctl/daemon.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

/** The attributes that identify a daemon. */
DaemonAttrs encode_daemon_key(DaemonRole role);

/** What starting one needs. Refuses an interface's name that is too long (domain usage). */
Result<DaemonAttrs> encode_daemon(const SyncDaemon &daemon);

/** Refuses a nest that lacks what every reply carries (domain protocol). */
Result<SyncDaemon> decode_daemon(const DaemonAttrs &attrs);

} // namespace detail
} // namespace v1
} // namespace ipvsctl
