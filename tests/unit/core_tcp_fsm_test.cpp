// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The TCP and UDP state machines against the published rules.
 *
 * The tables under test list the next state of every cell. The oracle here is the other way round:
 * sentences of the form "in these states, go there; otherwise stay", read and applied one by one.
 */
#include <catch2/catch.hpp>

#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "core_test.hpp"

namespace {

const std::map<std::string, std::uint8_t> states = {
    {"NO", NFVS_TCP_NONE},     {"ES", NFVS_TCP_ESTABLISHED}, {"SS", NFVS_TCP_SYN_SENT},
    {"SR", NFVS_TCP_SYN_RECV}, {"FW", NFVS_TCP_FIN_WAIT},    {"TW", NFVS_TCP_TIME_WAIT},
    {"CL", NFVS_TCP_CLOSE},    {"CW", NFVS_TCP_CLOSE_WAIT},  {"LA", NFVS_TCP_LAST_ACK},
    {"LI", NFVS_TCP_LISTEN},   {"SA", NFVS_TCP_SYNACK},
};

/*
 * "view event: FROM FROM ... > TO; ...". The first part that names the present state, or "*",
 * decides; where none does the state stays.
 */
const char *const normal_rules = R"(
request SYN: ES SS > ES; * > SR
request FIN: NO > CL; ES > CW; SR FW TW SA > TW
request ACK: NO SR SA > ES; LA > CL
request RST: SR SA > SR; LA > LA; LI > LI; * > CL
reply   SYN: NO SS FW TW CL CW LA > SS; SR SA > SR
reply   FIN: ES > FW; NO SR TW CW SA > TW
reply   ACK: NO SR LI SA > ES
reply   RST: SS > SS; TW > TW; * > CL
oneway  SYN: ES SS > ES; * > SR
oneway  FIN: NO > CL; ES FW > FW; SR TW SA > TW
oneway  ACK: NO SR SA > ES; LA > CL
oneway  RST: SR > SR; LA > LA; LI > LI; * > CL
)";

/* Only what secure_tcp changes. Such a sentence comes before that of the normal rules. */
const char *const secure_rules = R"(
request SYN: SA > SA
request FIN: SA > SA
request ACK: SR > SR; SA > SA
request RST: SA > CL
reply   SYN: SR SA > SA
oneway  SYN: ES SS > ES; SR > SR; * > SA
)";

using Sentence = std::pair<std::vector<std::string>, std::uint8_t>;
using Rules = std::map<std::pair<std::string, std::string>, std::vector<Sentence>>;

Rules read_rules(const char *text)
{
    Rules rules;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.empty())
            continue;
        std::istringstream words(line);
        std::string view;
        std::string event;
        words >> view >> event;
        event.pop_back();
        auto &sentences = rules[{view, event}];
        std::vector<std::string> from;
        for (std::string word; words >> word;) {
            if (word != ">") {
                from.push_back(word);
                continue;
            }
            words >> word;
            sentences.emplace_back(from, states.at(word.substr(0, 2)));
            from.clear();
        }
    }
    return rules;
}

std::optional<std::uint8_t> apply(const std::vector<Sentence> &sentences, std::uint8_t state)
{
    for (const auto &[from, to] : sentences)
        for (const auto &name : from)
            if (name == "*" || states.at(name) == state)
                return to;
    return std::nullopt;
}

std::string event_of(unsigned flags)
{
    if (flags & 4)
        return "RST";
    if (flags & 2)
        return "SYN";
    if (flags & 1)
        return "FIN";
    return flags & 16 ? "ACK" : "";
}

std::uint8_t expected(std::uint8_t state, const std::string &view, unsigned flags, bool secure)
{
    static const Rules normal = read_rules(normal_rules);
    static const Rules hardened = read_rules(secure_rules);
    const std::pair key{view, event_of(flags)};

    if (key.second.empty())
        return NFVS_TCP_CLOSE;
    if (secure && hardened.contains(key))
        if (const auto next = apply(hardened.at(key), state))
            return *next;
    return apply(normal.at(key), state).value_or(state);
}

const std::vector<std::pair<nfvs_view, std::string>> views = {
    {NFVS_VIEW_REQUEST, "request"},
    {NFVS_VIEW_REPLY, "reply"},
    {NFVS_VIEW_REQUEST_ONLY, "oneway"},
};

constexpr std::uint8_t fin = 1;
constexpr std::uint8_t syn = 2;
constexpr std::uint8_t rst = 4;
constexpr std::uint8_t ack = 16;

struct Packet {
    nfvs_view view;
    std::uint8_t flags;
};

std::string walk(const std::vector<Packet> &packets, bool secure)
{
    std::uint8_t state = NFVS_TCP_NONE;
    std::string names;
    for (const auto &packet : packets) {
        state = nfvs_tcp_step(state, packet.view, packet.flags, secure);
        names += std::string(names.empty() ? "" : " ") + nfvs_tcp_state_name(state);
    }
    return names;
}

} // namespace

TEST_CASE("tcp: every state, view, table and flag byte follows the published rules", "[core][tcp]")
{
    for (const bool secure : {false, true})
        for (const auto &[view, name] : views)
            for (std::uint8_t state = 0; state < NFVS_TCP_STATES; state++)
                for (unsigned flags = 0; flags < 256; flags++) {
                    const auto got =
                        nfvs_tcp_step(state, view, static_cast<std::uint8_t>(flags), secure);
                    const auto want = expected(state, name, flags, secure);
                    if (got != want) {
                        INFO("view " << name << " flags " << flags << " secure " << secure);
                        INFO("state " << nfvs_tcp_state_name(state));
                        CHECK(std::string(nfvs_tcp_state_name(got)) == nfvs_tcp_state_name(want));
                    }
                }
    SUCCEED();
}

TEST_CASE("tcp: a state or view that does not exist closes", "[core][tcp]")
{
    for (unsigned state = NFVS_TCP_STATES; state < 256; state++) {
        CHECK(nfvs_tcp_step(static_cast<u8>(state), NFVS_VIEW_REQUEST, ack, false) ==
              NFVS_TCP_CLOSE);
        CHECK_FALSE(nfvs_tcp_is_active(static_cast<u8>(state)));
        CHECK(std::string(nfvs_tcp_state_name(static_cast<u8>(state))) == "ERR!");
    }
    CHECK(nfvs_tcp_step(NFVS_TCP_ESTABLISHED, NFVS_VIEWS, ack, false) == NFVS_TCP_CLOSE);
    CHECK(nfvs_tcp_step(NFVS_TCP_STATES, NFVS_VIEW_REPLY, ack, true) == NFVS_TCP_CLOSE);
}

TEST_CASE("tcp: whole connections", "[core][tcp]")
{
    const auto client = NFVS_VIEW_REQUEST;
    const auto server = NFVS_VIEW_REPLY;
    const auto oneway = NFVS_VIEW_REQUEST_ONLY;
    const std::vector<Packet> handshake = {{client, syn}, {server, syn | ack}, {client, ack}};

    CHECK(walk(handshake, false) == "SYN_RECV SYN_RECV ESTABLISHED");
    CHECK(walk(handshake, true) == "SYN_RECV SYNACK SYNACK");
    CHECK(walk({{client, syn}, {server, syn | ack}, {client, ack}, {server, ack}}, true) ==
          "SYN_RECV SYNACK SYNACK ESTABLISHED");
    CHECK(walk({{client, syn},
                {server, syn | ack},
                {client, ack},
                {client, fin | ack},
                {server, fin | ack},
                {client, ack}},
               false) == "SYN_RECV SYN_RECV ESTABLISHED CLOSE_WAIT TIME_WAIT TIME_WAIT");
    CHECK(walk({{client, syn},
                {server, syn | ack},
                {client, ack},
                {server, fin | ack},
                {client, fin | ack}},
               false) == "SYN_RECV SYN_RECV ESTABLISHED FIN_WAIT TIME_WAIT");
    CHECK(walk({{oneway, syn}, {oneway, ack}, {oneway, fin | ack}, {oneway, ack}}, false) ==
          "SYN_RECV ESTABLISHED FIN_WAIT FIN_WAIT");
    CHECK(walk({{oneway, syn}, {oneway, ack}, {oneway, rst}}, true) == "SYNACK ESTABLISHED CLOSE");
}

TEST_CASE("tcp: under secure_tcp no client alone reaches ESTABLISHED from NONE by a SYN",
          "[core][tcp]")
{
    Random random;
    for (int run = 0; run < 2000; run++) {
        auto state = nfvs_tcp_step(NFVS_TCP_NONE, NFVS_VIEW_REQUEST, syn, true);
        bool reached = false;
        for (int packet = 0; packet < 20; packet++) {
            const std::uint8_t flags[] = {syn, syn | ack, ack};
            state = nfvs_tcp_step(state, NFVS_VIEW_REQUEST, flags[random.between(0, 2)], true);
            reached = reached || state == NFVS_TCP_ESTABLISHED;
        }
        REQUIRE_FALSE(reached);
    }
}

TEST_CASE("tcp: timeouts, active states and names", "[core][tcp]")
{
    struct Row {
        std::uint8_t state;
        const char *name;
        std::uint32_t seconds;
        bool active;
    };
    const Row rows[] = {
        {0, "NONE", 2, false},     {1, "ESTABLISHED", 900, true}, {2, "SYN_SENT", 120, true},
        {3, "SYN_RECV", 60, true}, {4, "FIN_WAIT", 120, false},   {5, "TIME_WAIT", 120, false},
        {6, "CLOSE", 10, false},   {7, "CLOSE_WAIT", 60, false},  {8, "LAST_ACK", 30, false},
        {9, "LISTEN", 120, false}, {10, "SYNACK", 120, true},
    };
    REQUIRE(std::size(rows) == NFVS_TCP_STATES);
    for (const auto &row : rows) {
        INFO(row.name);
        CHECK(std::string(nfvs_tcp_state_name(row.state)) == row.name);
        CHECK(nfvs_tcp_timeout_default[row.state] == row.seconds);
        CHECK(nfvs_tcp_is_active(row.state) == row.active);
    }
}

TEST_CASE("udp: one state, five minutes, never active", "[core][udp]")
{
    REQUIRE(NFVS_UDP_STATES == 1);
    CHECK(nfvs_udp_timeout_default[NFVS_UDP_NORMAL] == 300);
    CHECK(std::string(nfvs_udp_state_name(NFVS_UDP_NORMAL)) == "UDP");
    CHECK(std::string(nfvs_udp_state_name(1)) == "ERR!");
    for (unsigned state = 0; state < 256; state++) {
        CHECK(nfvs_udp_step(static_cast<u8>(state)) == NFVS_UDP_NORMAL);
        CHECK_FALSE(nfvs_udp_is_active(static_cast<u8>(state)));
    }
}
