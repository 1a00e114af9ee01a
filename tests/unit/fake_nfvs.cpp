// SPDX-License-Identifier: GPL-2.0-or-later
#include "fake_nfvs.hpp"

#include "tool/messages.hpp"

#include "../../libipvsctl/codec/address.hpp"
#include "../../libipvsctl/codec/destination.hpp"
#include "../../libipvsctl/codec/service.hpp"

#include <algorithm>
#include <cerrno>

#include <linux/nfvs.h>

namespace ipvsctl::test {

namespace {

using detail::DestAttrs;
using detail::Message;
using detail::MessageView;
using detail::NfvsAttrs;
using detail::SvcAttrs;
using Rows = std::vector<TableEntry>;

Error refused(int code, std::string message, std::string attribute)
{
    return {.domain = Domain::kernel,
            .code = code,
            .message = std::move(message),
            .attribute = std::move(attribute)};
}

ServiceKey key_in(const SvcAttrs &attrs)
{
    const auto family = static_cast<Family>(attrs.af.value());
    if (attrs.fwmark)
        return FwmarkServiceKey{.fwmark = *attrs.fwmark, .family = family};
    return AddressServiceKey{
        .protocol = static_cast<Protocol>(attrs.protocol.value()),
        .endpoint = {.address = Address::from_bytes(family, *attrs.addr).value(),
                     .port = attrs.port.value()}};
}

Endpoint endpoint_in(const DestAttrs &attrs, Family service_family)
{
    return detail::decode_destination_key(attrs, service_family).value();
}

/** What an item of a transaction may leave out. */
DestAttrs with_defaults(DestAttrs attrs)
{
    attrs.weight = attrs.weight.value_or(1);
    attrs.u_thresh = attrs.u_thresh.value_or(0);
    attrs.l_thresh = attrs.l_thresh.value_or(0);
    return attrs;
}

Rows::iterator find(Rows &rows, const ServiceKey &key)
{
    return std::ranges::find_if(rows,
                                [&](const TableEntry &row) { return row.service.key == key; });
}

Result<void> put_service(Rows &rows, std::uint8_t command, const SvcAttrs &attrs)
{
    const auto key = key_in(attrs);
    const auto row = find(rows, key);
    if (command == NFVS_CMD_NEW_SERVICE && row != rows.end())
        return refused(EEXIST, "this service exists", "service");
    if (command == NFVS_CMD_SET_SERVICE && row == rows.end())
        return refused(ESRCH, "no such service", "service");
    auto service = detail::decode_service(attrs).value();
    if (service.config.scheduler == "nosuch")
        return refused(ENOENT, "no such scheduler", "service.sched-name");
    if (row == rows.end()) {
        rows.push_back({.service = service, .destinations = {}});
        return {};
    }
    if (!attrs.on_removal)
        service.config.on_removal = row->service.config.on_removal;
    if (!attrs.fastpath)
        service.config.fastpath = row->service.config.fastpath;
    row->service = service;
    return {};
}

Result<void> put_server(TableEntry &row, std::uint8_t command, const DestAttrs &attrs)
{
    auto &servers = row.destinations;
    const auto endpoint = endpoint_in(attrs, family_of(row.service.key));
    const auto server = std::ranges::find_if(
        servers, [&](const Destination &one) { return one.config.endpoint == endpoint; });
    if (command == NFVS_CMD_NEW_DEST && server != servers.end())
        return refused(EEXIST, "this real server exists", "dest");
    if (command != NFVS_CMD_NEW_DEST && server == servers.end())
        return refused(ENOENT, "no such real server", "dest");
    if (command == NFVS_CMD_DEL_DEST) {
        servers.erase(server);
        return {};
    }
    const auto decoded =
        detail::decode_destination(with_defaults(attrs), family_of(row.service.key)).value();
    if (decoded.config.lower_threshold > decoded.config.upper_threshold)
        return refused(ERANGE, "lower threshold must not be above the upper one", "dest.l-thresh");
    if (server == servers.end())
        servers.push_back(decoded);
    else
        server->config = decoded.config;
    return {};
}

Result<void> carry_out(Rows &rows, std::uint8_t command, const std::optional<SvcAttrs> &service,
                       const std::optional<DestAttrs> &dest)
{
    if (command == NFVS_CMD_FLUSH) {
        rows.clear();
        return {};
    }
    if (!service)
        return refused(EINVAL, "a service is missing", "service");
    if (command == NFVS_CMD_NEW_SERVICE || command == NFVS_CMD_SET_SERVICE)
        return put_service(rows, command, *service);
    const auto row = find(rows, key_in(*service));
    if (row == rows.end())
        return refused(ESRCH, "no such service", "service");
    if (command == NFVS_CMD_DEL_SERVICE) {
        rows.erase(row);
        return {};
    }
    return put_server(*row, command, dest.value());
}

class FakeNfvs final : public detail::Transport {
public:
    explicit FakeNfvs(NfvsState &state) : state_(state) {}

    Result<std::vector<Message>> transact(const detail::MessageView &request) override
    {
        switch (request.command) {
        case NFVS_CMD_GET_INFO:
            return std::vector{info()};
        case NFVS_CMD_GET_COUNTERS:
            return std::vector<Message>{{.command = NFVS_CMD_GET_COUNTERS, .attributes = {}}};
        case NFVS_CMD_COMMIT:
            return commit(NfvsAttrs::decode(request.attributes).value());
        default:
            return one(request).transform([] { return std::vector<Message>(); });
        }
    }

    Result<detail::DumpEnd> dump(const Message &request, const detail::Visitor &visit) override;

    Result<std::vector<detail::Refusal>> batch(detail::RequestList &requests) override
    {
        std::vector<detail::Refusal> refusals;
        for (std::size_t i = 0; i < requests.size(); i++)
            if (auto done = one(requests.view(i)); !done)
                refusals.push_back({.index = i, .error = done.error()});
        return refusals;
    }

private:
    Message info() const
    {
        detail::InfoAttrs attrs;
        attrs.version = std::uint32_t{0x010201};
        attrs.conn_tab_size = std::uint32_t{4096};
        attrs.module = "nfvs 0.1.0";
        attrs.generation = state_.generation;
        return {.command = NFVS_CMD_SET_INFO, .attributes = detail::encoded(attrs)};
    }

    Result<void> one(const MessageView &request)
    {
        const auto attrs = NfvsAttrs::decode(request.attributes).value();
        state_.other_changes++;
        state_.generation++;
        if (request.command == NFVS_CMD_SET_CONFIG || request.command == NFVS_CMD_ZERO)
            return {};
        return carry_out(state_.table, request.command, attrs.service, attrs.dest);
    }

    Result<std::vector<Message>> commit(const NfvsAttrs &attrs);

    NfvsState &state_;
};

Result<std::vector<Message>> FakeNfvs::commit(const NfvsAttrs &attrs)
{
    if (state_.before_commit)
        state_.before_commit();
    if (attrs.generation && attrs.generation != state_.generation)
        return refused(ESTALE, "the table has changed", "generation");
    Rows rows = state_.table;
    std::optional<SvcAttrs> service;
    for (std::size_t i = 0; i < attrs.item.size(); i++) {
        const auto &item = attrs.item[i];
        if (item.service)
            service = item.service;
        auto done = carry_out(rows, item.command.value(), service, item.dest);
        if (!done) {
            done.error().item = i;
            return done.error();
        }
    }
    state_.commits.push_back(attrs.item.size());
    state_.table = std::move(rows);
    NfvsAttrs reply;
    reply.generation = ++state_.generation;
    reply.count = static_cast<std::uint32_t>(attrs.item.size());
    return std::vector<Message>{{.command = NFVS_CMD_COMMIT, .attributes = detail::encoded(reply)}};
}

Result<detail::DumpEnd> FakeNfvs::dump(const Message &request, const detail::Visitor &visit)
{
    const auto asked = NfvsAttrs::decode(request.attributes).value();
    const auto show = [&](const NfvsAttrs &attrs) {
        const auto bytes = detail::encoded(attrs);
        return visit({.command = NFVS_CMD_GET_TABLE, .attributes = bytes});
    };
    for (const TableEntry &row : state_.table) {
        if (asked.service && key_in(*asked.service) != row.service.key)
            continue;
        NfvsAttrs attrs;
        attrs.service = detail::encode_service(row.service.key, row.service.config).value();
        attrs.service->flags->flags |= service_flag::hashed;
        if (auto shown = show(attrs); !shown)
            return shown.error();
        for (const Destination &server : row.destinations) {
            NfvsAttrs inner;
            inner.dest = detail::encode_destination(server.config);
            if (auto shown = show(inner); !shown)
                return shown.error();
        }
    }
    return state_.interrupted > 0 && state_.interrupted-- > 0 ? detail::DumpEnd::interrupted
                                                              : detail::DumpEnd::whole;
}

} // namespace

std::unique_ptr<detail::Transport> make_nfvs(NfvsState &state)
{
    return std::make_unique<FakeNfvs>(state);
}

Client make_nfvs_client(NfvsState &state, const char *family)
{
    return detail::ClientFactory::make({.transport = make_nfvs(state), .family = family});
}

namespace {

// None of these commands is to be shown twice.
class EndingClock final : public tool::Clock {
public:
    Time now() override { return {}; }
    bool wait(std::chrono::seconds) override { return false; }
};

} // namespace

Outcome run_with_nfvs(NfvsState &state, const std::string &line, const std::string &input)
{
    std::ostringstream out;
    std::ostringstream err;
    FakeNames names;
    const auto open = [&]() -> Result<std::unique_ptr<tool::Kernel>> {
        return tool::make_kernel(make_nfvs_client(state));
    };
    std::string_view rest = input;
    const auto read = [&](std::span<char> room) {
        const std::size_t size = rest.copy(room.data(), room.size());
        rest.remove_prefix(size);
        return size;
    };
    const auto listen = [](const tool::Watch &) -> Result<std::unique_ptr<tool::Events>> {
        return usage_error("nothing to hear");
    };
    const auto watch = [](const tool::WatchTable &, std::unique_ptr<tool::Kernel>) {
        return tool::exit_success;
    };
    EndingClock clock;
    const int status = tool::run_program(
        split_words(line), {out, err, names, open, listen, read, clock, false, watch});
    return {status, out.str(), err.str()};
}

} // namespace ipvsctl::test
