// SPDX-License-Identifier: GPL-2.0-or-later
#include "../../libipvsctl/transport/answer.hpp"

#include "../../libipvsctl/gen/nfvs_attrs.hpp"
#include "codec_support.hpp"

#include <catch2/catch.hpp>

#include <cerrno>

#include <linux/netlink.h>
#include <linux/nfvs.h>

using namespace codec_test;
using namespace ipvsctl;
using namespace ipvsctl::detail;

namespace {

constexpr std::uint32_t our_sequence = 77;
constexpr std::uint16_t our_family = 30;
constexpr std::uint16_t capped = NLM_F_CAPPED;
constexpr std::uint16_t extended = NLM_F_CAPPED | NLM_F_ACK_TLVS;

template <typename T> void append(Bytes &out, const T &value)
{
    const auto *first = reinterpret_cast<const std::uint8_t *>(&value);
    out.insert(out.end(), first, first + sizeof(value));
}

void append(Bytes &out, const Bytes &more)
{
    out.insert(out.end(), more.begin(), more.end());
}

Bytes packet(std::uint16_t type, std::uint16_t flags, const Bytes &payload,
             std::uint32_t sequence = our_sequence)
{
    Bytes out;
    append(out, nlmsghdr{.nlmsg_len = static_cast<std::uint32_t>(sizeof(nlmsghdr) + payload.size()),
                         .nlmsg_type = type,
                         .nlmsg_flags = flags,
                         .nlmsg_seq = sequence,
                         .nlmsg_pid = 0});
    append(out, payload);
    out.resize((out.size() + 3) & ~std::size_t{3});
    return out;
}

Bytes reply(std::uint8_t command, const Bytes &attributes, std::uint16_t flags = 0)
{
    Bytes payload = {command, 1, 0, 0};
    append(payload, attributes);
    return packet(our_family, flags, payload);
}

/** An acknowledgement or a refusal; echo is what the kernel repeats of the request. */
Bytes verdict(int code, std::uint16_t flags, const Bytes &tlvs = {}, const Bytes &echo = {})
{
    Bytes payload;
    append(payload, code);
    append(payload,
           nlmsghdr{.nlmsg_len = static_cast<std::uint32_t>(sizeof(nlmsghdr) + echo.size()),
                    .nlmsg_type = our_family,
                    .nlmsg_flags = 0,
                    .nlmsg_seq = our_sequence,
                    .nlmsg_pid = 0});
    append(payload, echo);
    append(payload, tlvs);
    return packet(NLMSG_ERROR, flags, payload);
}

Bytes done(int code, std::uint16_t flags = 0, const Bytes &tlvs = {})
{
    Bytes payload;
    append(payload, code);
    append(payload, tlvs);
    return packet(NLMSG_DONE, flags, payload);
}

Bytes joined(std::initializer_list<Bytes> parts)
{
    Bytes out;
    for (const auto &part : parts)
        append(out, part);
    return out;
}

Message request()
{
    NfvsAttrs attrs;
    attrs.service.emplace();
    attrs.service->af = 2;
    attrs.service->sched_name = "nonesuch";
    return {.command = NFVS_CMD_NEW_SERVICE, .attributes = encoded(attrs)};
}

using State = ReplyCollector::State;

struct Collecting {
    Message asked = request();
    std::vector<Message> messages;
    std::optional<Error> refuses; // what the visitor says of each message
    ReplyCollector collector{
        asked, our_sequence, our_family, [this](const MessageView &message) -> Result<void> {
            messages.push_back(
                {message.command, Bytes(message.attributes.begin(), message.attributes.end())});
            return refuses ? Result<void>(*refuses) : Result<void>();
        }};

    Error refused(const Bytes &datagram)
    {
        auto state = collector.feed(datagram);
        REQUIRE_FALSE(state);
        return state.error();
    }
};

} // namespace

TEST_CASE("an acknowledgement ends a change", "[transport]")
{
    Collecting c;
    CHECK(c.collector.feed(verdict(0, capped)).value() == State::complete);
    CHECK(c.messages.empty());
}

TEST_CASE("the answer comes before its acknowledgement", "[transport]")
{
    Collecting c;
    const auto attributes = unhex("0800 0100 01020100");
    REQUIRE(c.collector.feed(reply(14, attributes)).value() == State::open);
    REQUIRE(c.collector.feed(verdict(0, capped)).value() == State::complete);
    CHECK(c.messages == std::vector<Message>{{.command = 14, .attributes = attributes}});
}

TEST_CASE("a dump is collected over several datagrams", "[transport]")
{
    Collecting c;
    const auto attributes = unhex("0400 0100");
    REQUIRE(
        c.collector
            .feed(joined({reply(1, attributes, NLM_F_MULTI), reply(1, attributes, NLM_F_MULTI)}))
            .value() == State::open);
    REQUIRE(c.collector.feed(joined({reply(1, attributes, NLM_F_MULTI), done(0)})).value() ==
            State::complete);
    CHECK_FALSE(c.collector.interrupted());
    CHECK(c.messages.size() == 3);
}

TEST_CASE("an interrupted dump says so, wherever the flag stands", "[transport]")
{
    Collecting c;
    SECTION("on an entry")
    {
        CHECK(c.collector.feed(reply(1, {}, NLM_F_MULTI | NLM_F_DUMP_INTR)).value() == State::open);
        CHECK(c.collector.feed(done(0)).value() == State::complete);
    }
    SECTION("at the end")
    {
        CHECK(c.collector.feed(done(0, NLM_F_DUMP_INTR)).value() == State::complete);
    }
    CHECK(c.collector.interrupted());
}

TEST_CASE("a dump that fails half way is an error", "[transport]")
{
    Collecting c;
    REQUIRE(c.collector.feed(reply(1, {}, NLM_F_MULTI)).value() == State::open);
    const auto error = c.refused(done(-EMSGSIZE));
    CHECK(error.domain == Domain::kernel);
    CHECK(error.code == EMSGSIZE);
}

TEST_CASE("the raw errno is kept, ESRCH apart from ENOENT", "[transport]")
{
    const int code = GENERATE(ESRCH, ENOENT, EEXIST, EPERM, EAFNOSUPPORT, ENOPROTOOPT);
    Collecting c;
    const auto error = c.refused(verdict(-code, capped));
    CHECK(error.domain == Domain::kernel);
    CHECK(error.code == code);
    CHECK_FALSE(error.message.empty());
    CHECK(error.attribute.empty());
}

TEST_CASE("the kernel's sentence and attribute are kept", "[transport]")
{
    AttrWriter tlvs;
    tlvs.put_string(NLMSGERR_ATTR_MSG, "Unknown scheduler");
    tlvs.put_u32(NLMSGERR_ATTR_OFFS, 16 + 4 + 12); // headers, SERVICE's header, AF
    const auto bytes = std::move(tlvs).take();
    Collecting c;
    Error error;
    SECTION("capped")
    {
        error = c.refused(verdict(-ENOENT, extended, bytes));
    }
    SECTION("with the whole request in between")
    {
        error = c.refused(verdict(-ENOENT, NLM_F_ACK_TLVS, bytes, Bytes(33, 0xff)));
        // 33 bytes are echoed with padding to 36; the attributes begin behind it.
        CHECK(error.message != "Unknown scheduler");
        error = c.refused(verdict(-ENOENT, NLM_F_ACK_TLVS, bytes, Bytes(36, 0xff)));
    }
    SECTION("at the end of a dump")
    {
        error = c.refused(done(-ENOENT, NLM_F_ACK_TLVS, bytes));
    }
    CHECK(error.code == ENOENT);
    CHECK(error.message == "Unknown scheduler");
    CHECK(error.attribute == "service.sched-name");
}

TEST_CASE("an attribute that is missing is named", "[transport]")
{
    AttrWriter tlvs;
    tlvs.put_u32(NLMSGERR_ATTR_MISS_NEST, 16 + 4);
    tlvs.put_u32(NLMSGERR_ATTR_MISS_TYPE, NFVS_SVC_A_NETMASK);
    Collecting c;
    CHECK(c.refused(verdict(-EINVAL, extended, std::move(tlvs).take())).attribute ==
          "service.netmask");
}

TEST_CASE("nonsense beside an errno does not hide it", "[transport]")
{
    const auto tlvs = GENERATE("0300 0100", "0800 0200 02000000", "0800 0200 ffffffff", "ff",
                               "0600 0200 0102 0000", "0800 0500 ffffffff");
    Collecting c;
    const auto error = c.refused(verdict(-EINVAL, extended, unhex(tlvs)));
    CHECK(error.domain == Domain::kernel);
    CHECK(error.code == EINVAL);
}

TEST_CASE("what answers an earlier request is skipped", "[transport]")
{
    Collecting c;
    const auto old_ack = packet(NLMSG_ERROR, capped, Bytes(20, 0), our_sequence - 1);
    const auto old_entry = packet(our_family, 0, {1, 1, 0, 0}, our_sequence - 1);
    REQUIRE(c.collector.feed(joined({old_entry, old_ack})).value() == State::open);
    REQUIRE(c.collector.feed(verdict(0, capped)).value() == State::complete);
    CHECK(c.messages.empty());
}

TEST_CASE("a message of another family is skipped", "[transport]")
{
    Collecting c;
    REQUIRE(c.collector.feed(packet(our_family + 1, 0, {1, 1, 0, 0})).value() == State::open);
    CHECK(c.messages.empty());
}

TEST_CASE("lost answers are an error", "[transport]")
{
    Collecting c;
    const auto error = c.refused(packet(NLMSG_OVERRUN, 0, {}));
    CHECK(error.domain == Domain::transport);
    CHECK(error.code == ENOBUFS);
}

TEST_CASE("malformed messages are refused", "[transport]")
{
    Collecting c;
    Bytes datagram;
    SECTION("shorter than a header")
    {
        datagram = Bytes(15, 0);
    }
    SECTION("a length below the header's")
    {
        datagram = Bytes(16, 0);
    }
    SECTION("a length beyond the datagram")
    {
        datagram = verdict(0, capped);
        datagram.pop_back();
    }
    SECTION("no genetlink header")
    {
        datagram = packet(our_family, 0, {1, 1});
    }
    SECTION("an acknowledgement without a code")
    {
        datagram = packet(NLMSG_ERROR, 0, {});
    }
    SECTION("an end with half a code")
    {
        datagram = packet(NLMSG_DONE, 0, {0, 0});
    }
    CHECK(c.refused(datagram).domain == Domain::protocol);
}

TEST_CASE("an errno beyond all bounds stays positive", "[transport]")
{
    Collecting c;
    CHECK(c.refused(verdict(INT32_MIN, capped)).code > 0);
}

TEST_CASE("a visitor's error comes out when the answer is at its end", "[transport]")
{
    Collecting c;
    c.refuses = protocol_error("no sense");
    REQUIRE(c.collector.feed(reply(1, {}, NLM_F_MULTI)).value() == State::open);
    REQUIRE(c.collector.feed(reply(1, {}, NLM_F_MULTI)).value() == State::open);
    CHECK(c.messages.size() == 1);
    CHECK(c.refused(done(0)).message == "no sense");
}

namespace {

struct Batching {
    RequestList requests;
    std::vector<Refusal> refusals;

    Batching()
    {
        for (int i = 0; i < 4; i++)
            requests.add(request());
    }
};

Bytes verdict_on(std::uint32_t sequence, int code)
{
    Bytes payload;
    append(payload, code);
    append(payload, nlmsghdr{});
    return packet(NLMSG_ERROR, capped, payload, sequence);
}

} // namespace

TEST_CASE("of a batch only the last needs a word, and refusals keep their places", "[transport]")
{
    Batching b;
    BatchCollector collector(b.requests, 1, 4, 100, b.refusals);
    REQUIRE(collector.feed(joined({verdict_on(99, -EPERM), verdict_on(100, -EEXIST)})).value() ==
            State::open);
    REQUIRE(collector.feed(reply(1, {})).value() == State::open);
    REQUIRE(collector.feed(verdict_on(102, 0)).value() == State::complete);
    REQUIRE(b.refusals.size() == 1);
    CHECK(b.refusals[0].index == 1);
    CHECK(b.refusals[0].error.code == EEXIST);
}

TEST_CASE("the last of a batch may be refused, too", "[transport]")
{
    Batching b;
    BatchCollector collector(b.requests, 0, 4, 4294967294U, b.refusals);
    REQUIRE(collector.feed(verdict_on(1, -ESRCH)).value() == State::complete);
    REQUIRE(b.refusals.size() == 1);
    CHECK(b.refusals[0].index == 3);
}

TEST_CASE("a malformed verdict ends a batch", "[transport]")
{
    Batching b;
    BatchCollector collector(b.requests, 0, 4, 1, b.refusals);
    CHECK(collector.feed(packet(NLMSG_ERROR, 0, {1, 2}, 2)).error().domain == Domain::protocol);
    CHECK(collector.feed(Bytes{1, 2, 3}).error().domain == Domain::protocol);
}

TEST_CASE("requests lie in a row, each with its headers", "[transport]")
{
    RequestList requests;
    NfvsAttrs attrs;
    attrs.service.emplace();
    attrs.service->af = 2;
    requests.add(NFVS_CMD_NEW_SERVICE, attrs);
    requests.add(request());
    REQUIRE(requests.size() == 2);
    CHECK(int{requests.view(0).command} == NFVS_CMD_NEW_SERVICE);
    CHECK(Bytes(requests.view(0).attributes.begin(), requests.view(0).attributes.end()) ==
          encoded(attrs));
    requests.seal(1, {.family = our_family, .flags = NLM_F_REQUEST, .sequence = 9});
    nlmsghdr header{};
    std::memcpy(&header, requests.bytes(1, 2).data(), sizeof(header));
    CHECK(header.nlmsg_len == requests.bytes(1, 2).size());
    CHECK(header.nlmsg_type == our_family);
    CHECK(header.nlmsg_flags == NLM_F_REQUEST);
    CHECK(header.nlmsg_seq == 9);
    CHECK(requests.bytes(0, 2).size() == requests.start(2));
    requests.clear();
    CHECK(requests.size() == 0);
}

TEST_CASE("where memory is short, nothing of a request is left", "[transport]")
{
    struct TooLarge {
        void encode(AttrWriter &out) const
        {
            out.put_u32(1, std::uint32_t{7});
            throw std::bad_alloc();
        }
    };
    RequestList requests;
    requests.add({.command = 7, .attributes = {}});
    CHECK_THROWS_AS(requests.add(8, TooLarge()), std::bad_alloc);
    CHECK(requests.size() == 1);
    requests.add({.command = 9, .attributes = {}});
    CHECK(requests.bytes(0, 2).size() == 2 * headers_size);
    CHECK(requests.view(1).command == 9);

    AttrWriter out;
    out.put_u32(1, std::uint32_t{7});
    CHECK_THROWS_AS(out.all_or_nothing([&] { TooLarge().encode(out); }), std::bad_alloc);
    CHECK(out.view().size() == 8);
}

TEST_CASE("a refused transaction says which item, and what of it", "[transport]")
{
    AttrWriter out;
    out.put_u64(NFVS_A_GENERATION, std::uint64_t{5});
    NfvsAttrs attrs;
    attrs.item.resize(3);
    for (ItemAttrs &item : attrs.item)
        item.command = std::uint8_t{NFVS_CMD_NEW_SERVICE};
    attrs.item[2].service.emplace();
    attrs.item[2].service->af = std::uint16_t{2};
    attrs.encode(out);
    const Message request{.command = NFVS_CMD_COMMIT, .attributes = std::move(out).take()};

    const auto refused = [&](std::size_t offset) {
        AttrWriter tlvs;
        tlvs.put_u32(NLMSGERR_ATTR_OFFS, static_cast<std::uint32_t>(headers_size + offset));
        const auto datagram = verdict(-EINVAL, extended, std::move(tlvs).take());
        ByteView rest = datagram;
        return verdict_of(next_message(rest).value(), request).error();
    };
    // 12 bytes of generation, two items of 12, then an item, its command, its service.
    auto error = refused(12 + 24 + 4 + 8 + 4);
    CHECK(error.item == std::size_t{2});
    CHECK(error.attribute == "service.af");
    error = refused(12 + 12);
    CHECK(error.item == std::size_t{1});
    CHECK(error.attribute.empty());
    error = refused(0);
    CHECK_FALSE(error.item);
    CHECK(error.attribute == "generation");
    error = refused(request.attributes.size());
    CHECK_FALSE(error.item);
}
