// SPDX-License-Identifier: GPL-2.0-or-later
/** A kernel that plays a script: what it expects to be asked, and what it answers. */
#pragma once

#include "../../libipvsctl/client_factory.hpp"
#include "../../libipvsctl/gen/nfvs_attrs.hpp"
#include "codec_support.hpp"

#include <catch2/catch.hpp>

#include <deque>

namespace client_test {

using namespace ipvsctl;
using detail::Message;
using detail::NfvsAttrs;

using Answer = Result<std::vector<Message>>;

struct Exchange {
    bool dump;
    Message request;
    Answer answer;
};

class ScriptedTransport final : public detail::Transport {
public:
    ScriptedTransport(std::deque<Exchange> &script, int &interrupted)
        : script_(script), interrupted_(interrupted)
    {}

    Answer transact(const detail::MessageView &request) override { return play(false, request); }
    Result<detail::DumpEnd> dump(const Message &request, const detail::Visitor &visit) override
    {
        const Answer answer = play(true, request);
        if (!answer)
            return answer.error();
        Result<void> visited;
        for (const Message &message : *answer)
            if (visited)
                visited = visit(message);
        if (!visited)
            return visited.error();
        return interrupted_ > 0 && interrupted_-- > 0 ? detail::DumpEnd::interrupted
                                                      : detail::DumpEnd::whole;
    }
    Result<std::vector<detail::Refusal>> batch(detail::RequestList &requests) override
    {
        std::vector<detail::Refusal> refusals;
        for (std::size_t i = 0; i < requests.size(); i++) {
            const Answer answer = play(false, requests.view(i));
            if (!answer)
                refusals.push_back({.index = i, .error = answer.error()});
        }
        return refusals;
    }

private:
    Answer play(bool dump, const detail::MessageView &request)
    {
        REQUIRE_FALSE(script_.empty());
        const Exchange exchange = script_.front();
        script_.pop_front();
        CHECK(exchange.dump == dump);
        CHECK(int{exchange.request.command} == int{request.command});
        CHECK(codec_test::hex(exchange.request.attributes) == codec_test::hex(request.attributes));
        return exchange.answer;
    }

    std::deque<Exchange> &script_;
    int &interrupted_;
};

/** A client and the script that its kernel follows; the whole script must be played. */
class Script {
public:
    explicit Script(const char *family = "NFVS")
        : client_(detail::ClientFactory::make(
              {.transport = std::make_unique<ScriptedTransport>(exchanges_, interrupted_),
               .family = family}))
    {}
    Script(const Script &) = delete;
    Script &operator=(const Script &) = delete;
    ~Script() { CHECK(exchanges_.empty()); }

    void expect(std::uint8_t command, const NfvsAttrs &request, Answer answer)
    {
        add(false, command, request, std::move(answer));
    }
    void expect_dump(std::uint8_t command, const NfvsAttrs &request, Answer answer)
    {
        add(true, command, request, std::move(answer));
    }

    /** How many dumps from here on are interrupted. */
    void interrupt(int times) { interrupted_ = times; }

    Client &client() { return client_; }

private:
    void add(bool dump, std::uint8_t command, const NfvsAttrs &request, Answer answer)
    {
        exchanges_.push_back(
            {.dump = dump,
             .request = {.command = command, .attributes = detail::encoded(request)},
             .answer = std::move(answer)});
    }

    std::deque<Exchange> exchanges_;
    int interrupted_ = 0;
    Client client_;
};

inline const ServiceKey web = AddressServiceKey{
    .protocol = Protocol::tcp, .endpoint = {.address = Address::v4(0xc0000201), .port = 80}};
inline const ServiceKey mark = FwmarkServiceKey{.fwmark = 7, .family = Family::inet6};

inline ServiceConfig wlc()
{
    ServiceConfig config;
    config.scheduler = "wlc";
    return config;
}

inline Answer acknowledged()
{
    return std::vector<Message>();
}

inline Answer refused(int code)
{
    return Error{.domain = Domain::kernel, .code = code, .message = "no", .attribute = "service"};
}

template <typename Attrs> Message reply(std::uint8_t command, const Attrs &attrs)
{
    return {.command = command, .attributes = detail::encoded(attrs)};
}

} // namespace client_test
