// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The SCTP state machine against the published rules, read as in core_tcp_fsm_test.cpp: sentences
 * of the form "in these states, go there; otherwise stay".
 */
#include <catch2/catch.hpp>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "core_test.hpp"

namespace {

const std::vector<std::string> states = {"NO", "I1", "IN", "CS", "CR", "CW", "CO",
                                         "CE", "ES", "SS", "SR", "SA", "RJ", "CL"};

/* "pre" are all states before ESTABLISHED. The first part that names the present state decides. */
const char *const rules_text = R"(
request data:              NO > ES
request init:              NO > I1; I1 RJ CL > IN
request init-ack:          NO I1 IN > CW; CW > CO
request cookie-echo:       NO CS > CR; I1 > IN
request cookie-ack:        NO CE > ES
request shutdown:          NO ES > SR
request shutdown-ack:      NO SS SA > CL; I1 > IN
request shutdown-complete: NO I1 IN SA > CL
request error:             NO CE > CL
request abort:             CW > RJ; * > CL
reply   data:              NO > ES
reply   init:              ES > ES; * > CW
reply   init-ack:          NO I1 IN > CS
reply   cookie-echo:       pre > CE
reply   cookie-ack:        pre > ES
reply   shutdown:          pre ES > SS
reply   shutdown-ack:      NO I1 IN CS CR SS SR > SA
reply   shutdown-complete: NO > CL
reply   error:             NO I1 IN CS CR > CL
reply   abort:             I1 > RJ; * > CL
oneway  data:              NO CW > ES
oneway  init:              NO > I1; I1 IN CS CR CW RJ CL > IN
oneway  init-ack:          NO I1 IN CS CR CW > CE
oneway  cookie-echo:       NO I1 IN CS CR CW > ES
oneway  cookie-ack:        NO CS CR CO CE > ES
oneway  shutdown:          NO ES > SR
oneway  shutdown-ack:      NO ES SS SA > CL; I1 > IN
oneway  shutdown-complete: NO I1 IN CS CR SR SA > CL
oneway  error:             NO > CL
oneway  abort:             CW > RJ; * > CL
)";

using Words = std::vector<std::string>;
using Rules = std::map<std::string, std::vector<std::pair<Words, std::string>>>;

Rules read_rules()
{
    Rules rules;
    std::istringstream lines(rules_text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string view;
        std::string event;
        if (!(words >> view >> event))
            continue;
        event.pop_back();
        Words from;
        for (std::string word; words >> word;) {
            if (word != ">") {
                from.push_back(word);
                continue;
            }
            words >> word;
            rules[view + " " + event].emplace_back(from, word.substr(0, 2));
            from.clear();
        }
    }
    return rules;
}

bool names(const std::string &word, unsigned state)
{
    if (word == "pre")
        return state < NFVS_SCTP_ESTABLISHED;
    return word == "*" || word == states[state];
}

std::string expected(unsigned state, const std::string &view, const std::string &event)
{
    static const Rules rules = read_rules();

    for (const auto &[from, to] : rules.at(view + " " + event))
        for (const auto &word : from)
            if (names(word, state))
                return to;
    return states[state];
}

/* Numbers of chunks as in RFC 9260, table 1. */
std::string event_of(unsigned chunk)
{
    static const std::map<unsigned, std::string> events = {
        {1, "init"},         {2, "init-ack"},     {6, "abort"},
        {7, "shutdown"},     {8, "shutdown-ack"}, {9, "error"},
        {10, "cookie-echo"}, {11, "cookie-ack"},  {14, "shutdown-complete"},
    };
    const auto found = events.find(chunk);
    return found == events.end() ? "data" : found->second;
}

const std::vector<std::pair<nfvs_view, std::string>> views = {
    {NFVS_VIEW_REQUEST, "request"},
    {NFVS_VIEW_REPLY, "reply"},
    {NFVS_VIEW_REQUEST_ONLY, "oneway"},
};

struct Packet {
    nfvs_view view;
    std::uint8_t chunk;
};

std::string walk(const std::vector<Packet> &packets)
{
    std::uint8_t state = NFVS_SCTP_NONE;
    std::string said;
    for (const auto &packet : packets) {
        state = nfvs_sctp_step(state, packet.view, packet.chunk);
        said += std::string(said.empty() ? "" : " ") + nfvs_sctp_state_name(state);
    }
    return said;
}

} // namespace

TEST_CASE("sctp: every state, view and chunk follows the published rules", "[core][sctp]")
{
    REQUIRE(states.size() == NFVS_SCTP_STATES);
    for (const auto &[view, name] : views)
        for (unsigned state = 0; state < NFVS_SCTP_STATES; state++)
            for (unsigned chunk = 0; chunk < 256; chunk++) {
                const auto got = nfvs_sctp_step(static_cast<std::uint8_t>(state), view,
                                                static_cast<std::uint8_t>(chunk));
                REQUIRE(got < NFVS_SCTP_STATES);
                const auto want = expected(state, name, event_of(chunk));
                if (states[got] != want) {
                    INFO("view " << name << " chunk " << chunk << " state " << states[state]);
                    CHECK(states[got] == want);
                }
            }
    SUCCEED();
}

TEST_CASE("sctp: a state or view that does not exist closes", "[core][sctp]")
{
    for (unsigned state = NFVS_SCTP_STATES; state < 256; state++) {
        const auto odd = static_cast<std::uint8_t>(state);
        CHECK(nfvs_sctp_step(odd, NFVS_VIEW_REQUEST, 0) == NFVS_SCTP_CLOSED);
        CHECK_FALSE(nfvs_sctp_is_active(odd));
        CHECK(std::string(nfvs_sctp_state_name(odd)) == "ERR!");
    }
    CHECK(nfvs_sctp_step(NFVS_SCTP_ESTABLISHED, NFVS_VIEWS, 0) == NFVS_SCTP_CLOSED);
}

TEST_CASE("sctp: whole associations", "[core][sctp]")
{
    const auto client = NFVS_VIEW_REQUEST;
    const auto server = NFVS_VIEW_REPLY;
    const auto oneway = NFVS_VIEW_REQUEST_ONLY;

    CHECK(walk({{client, 1},
                {server, 2},
                {client, 10},
                {server, 11},
                {client, 0},
                {client, 7},
                {server, 8},
                {client, 14}}) ==
          "INIT1 C-SENT C-REPLIED ESTABLISHED ESTABLISHED S-RECEIVED S-ACK-SENT CLOSED");
    CHECK(walk({{client, 1}, {client, 1}, {server, 2}}) == "INIT1 INIT C-SENT");
    CHECK(walk({{client, 1}, {server, 6}, {client, 1}}) == "INIT1 REJECTED INIT");
    CHECK(walk({{oneway, 1}, {oneway, 10}, {oneway, 3}, {oneway, 7}, {oneway, 14}}) ==
          "INIT1 ESTABLISHED ESTABLISHED S-RECEIVED CLOSED");
}

TEST_CASE("sctp: an ABORT counts behind what would open", "[core][sctp]")
{
    for (unsigned chunk = 0; chunk < 256; chunk++)
        CHECK(nfvs_sctp_may_abort(static_cast<std::uint8_t>(chunk)) ==
              (chunk == 10 || chunk == 11));
}

TEST_CASE("sctp: timeouts, active states and names", "[core][sctp]")
{
    struct Row {
        const char *name;
        std::uint32_t seconds;
    };
    const Row rows[] = {
        {"NONE", 2},          {"INIT1", 4},   {"INIT", 61},       {"C-SENT", 61},
        {"C-REPLIED", 61},    {"C-WAIT", 61}, {"COOKIE", 61},     {"C-ECHOED", 61},
        {"ESTABLISHED", 900}, {"S-SENT", 61}, {"S-RECEIVED", 61}, {"S-ACK-SENT", 61},
        {"REJECTED", 4},      {"CLOSED", 61},
    };
    REQUIRE(std::size(rows) == NFVS_SCTP_STATES);
    for (std::uint8_t state = 0; state < NFVS_SCTP_STATES; state++) {
        INFO(rows[state].name);
        CHECK(std::string(nfvs_sctp_state_name(state)) == rows[state].name);
        CHECK(nfvs_sctp_timeout_default[state] == rows[state].seconds);
        CHECK(nfvs_sctp_is_active(state) == (state == 8));
    }
}
