// SPDX-License-Identifier: GPL-2.0-or-later
//
// Whatever a socket may deliver, taken apart as the answer to a request. The first byte picks
// the request, so that every decoder and the naming of attributes are reached.
#include "../../libipvsctl/codec/connection.hpp"
#include "../../libipvsctl/codec/counter.hpp"
#include "../../libipvsctl/codec/daemon.hpp"
#include "../../libipvsctl/codec/destination.hpp"
#include "../../libipvsctl/codec/info.hpp"
#include "../../libipvsctl/codec/service.hpp"
#include "../../libipvsctl/codec/timeouts.hpp"
#include "../../libipvsctl/transport/answer.hpp"

#include <cstdlib>

#include <linux/nfvs.h>

using namespace ipvsctl;
using namespace ipvsctl::detail;

namespace {

constexpr std::uint32_t sequence = 0x01010101;
constexpr std::uint16_t family = 0x1d1d;

/** What decodes also encodes, to something that decodes to the same. */
template <typename Attrs> void round_trip(const Attrs &attrs)
{
    const auto again = Attrs::decode(encoded(attrs));
    if (!again || !(*again == attrs))
        std::abort();
}

/** Of what was understood as a service, a request can be made that means the same service. */
void service_round_trip(const Service &service)
{
    const auto attrs = encode_service(service.key, service.config);
    if (!attrs)
        return; // a name that is too long for a request
    const auto again = decode_service(*attrs);
    if (!again || !(again->key == service.key))
        std::abort();
}

void decode_message(const MessageView &message)
{
    if (const auto info = InfoAttrs::decode(message.attributes)) {
        round_trip(*info);
        (void)decode_info(*info);
    }
    const auto attrs = NfvsAttrs::decode(message.attributes);
    if (!attrs)
        return;
    round_trip(*attrs);
    (void)decode_timeouts(*attrs);
    for (const auto &counter : attrs->counter)
        (void)decode_counter(counter);
    if (attrs->conn)
        (void)decode_connection(*attrs->conn);
    if (attrs->daemon)
        if (const auto daemon = decode_daemon(*attrs->daemon))
            (void)encode_daemon(*daemon);
    if (attrs->dest)
        for (const auto service_family : {Family::inet, Family::inet6})
            (void)decode_destination(*attrs->dest, service_family);
    if (attrs->service)
        if (const auto service = decode_service(*attrs->service))
            service_round_trip(*service);
}

Message request_for(std::uint8_t command)
{
    NfvsAttrs attrs;
    attrs.service = encode_service_key(FwmarkServiceKey{.fwmark = 1});
    attrs.dest = encode_destination_key(Endpoint{});
    return {.command = command, .attributes = encoded(attrs)};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto request = request_for(data[0]);
    const ByteView rest(data + 1, size - 1);

    // As one message, because random headers seldom get this far, and as a whole datagram.
    decode_message({.command = data[0], .attributes = rest});
    ReplyCollector collector(request, sequence, family,
                             [](const MessageView &message) -> Result<void> {
                                 decode_message(message);
                                 return {};
                             });
    (void)collector.feed(rest);
    RequestList requests;
    requests.add(request);
    std::vector<Refusal> refusals;
    (void)BatchCollector(requests, 0, 1, sequence, refusals).feed(rest);
    return 0;
}
