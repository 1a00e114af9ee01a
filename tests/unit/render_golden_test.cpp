// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Golden files: tests/golden/NAME.in describes a table and the commands to run on it, NAME.out
 * is what Debian's ipvsadm prints for the same; json.out is ipvsctl's own. GOLDEN_UPDATE=1 writes the .out files again.
 *
 *   service tcp|udp|sctp ADDRESS PORT SCHEDULER FLAGS TIMEOUT NETMASK ENGINE COUNTERS...
 *   fwmark MARK 4|6 SCHEDULER FLAGS TIMEOUT NETMASK ENGINE COUNTERS...
 *   server ADDRESS PORT METHOD WEIGHT UPPER LOWER ACTIVE INACTIVE PERSISTENT TUNNEL COUNTERS...
 *   connection PROTOCOL CLIENT PORT VIRTUAL PORT REAL PORT STATE SECONDS ENGINE DATA
 *   daemon 1|2 INTERFACE SYNC-ID LENGTH GROUP PORT TTL
 *   errno NUMBER      what the kernel answers from here on; 0 for success
 *   counter NAME VALUE
 *   $ WORDS...        a command line of ipvsadm
 *   % WORDS...        a command line of ipvsctl
 *
 * ENGINE, DATA and GROUP are - for none, TUNNEL is TYPE/PORT/CHECKSUM in numbers, COUNTERS are ten numbers in the
 * order of the netlink attributes.
 */
#include "tool_support.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace ipvsctl;
using namespace ipvsctl::test;

namespace {

Stats read_stats(std::istream &in)
{
    Stats stats;
    in >> stats.connections >> stats.incoming_packets >> stats.outgoing_packets >>
        stats.incoming_bytes >> stats.outgoing_bytes >> stats.connection_rate >>
        stats.incoming_packet_rate >> stats.outgoing_packet_rate >> stats.incoming_byte_rate >>
        stats.outgoing_byte_rate;
    REQUIRE(in);
    return stats;
}

Address read_address(std::istream &in)
{
    std::string text;
    in >> text;
    return Address::parse(text).value();
}

Service read_service(ServiceKey key, std::istream &in)
{
    Service service;
    service.key = key;
    std::string netmask;
    std::string engine;
    in >> service.config.scheduler >> service.config.flags >> service.config.persistence_timeout >>
        netmask >> engine;
    service.config.netmask = Netmask::parse(family_of(key), netmask).value();
    service.config.persistence_engine = engine == "-" ? "" : engine;
    service.stats = read_stats(in);
    return service;
}

Protocol protocol_of(const std::string &word)
{
    if (word == "tcp") {
        return Protocol::tcp;
    }
    REQUIRE((word == "udp" || word == "sctp"));
    return word == "udp" ? Protocol::udp : Protocol::sctp;
}

Service read_address_service(std::istream &in)
{
    std::string protocol;
    in >> protocol;
    AddressServiceKey key{protocol_of(protocol), {read_address(in), 0}};
    in >> key.endpoint.port;
    return read_service(key, in);
}

Service read_fwmark_service(std::istream &in)
{
    FwmarkServiceKey key;
    int family = 0;
    in >> key.fwmark >> family;
    key.family = family == 6 ? Family::inet6 : Family::inet;
    return read_service(key, in);
}

Destination read_server(std::istream &in)
{
    Destination server;
    server.config.endpoint.address = read_address(in);
    unsigned method = 0;
    in >> server.config.endpoint.port >> method >> server.config.weight >>
        server.config.upper_threshold >> server.config.lower_threshold >>
        server.active_connections >> server.inactive_connections >> server.persistent_connections;
    server.config.method = static_cast<ForwardingMethod>(method);
    unsigned type = 0;
    unsigned checksum = 0;
    char slash = 0;
    in >> type >> slash >> server.config.tunnel.port >> slash >> checksum;
    server.config.tunnel.type = static_cast<TunnelType>(type);
    server.config.tunnel.checksum = static_cast<TunnelChecksum>(checksum);
    server.stats = read_stats(in);
    return server;
}

Endpoint read_endpoint(std::istream &in)
{
    Endpoint endpoint;
    endpoint.address = read_address(in);
    in >> endpoint.port;
    return endpoint;
}

std::string read_word(std::istream &in)
{
    std::string word;
    in >> word;
    REQUIRE(in);
    return word == "-" ? "" : word;
}

Connection read_connection(std::istream &in)
{
    Connection connection;
    in >> connection.protocol;
    connection.client = read_endpoint(in);
    connection.virtual_server = read_endpoint(in);
    connection.real_server = read_endpoint(in);
    in >> connection.state >> connection.expires;
    connection.persistence_engine = read_word(in);
    connection.persistence_data = read_word(in);
    return connection;
}

SyncDaemon read_daemon(std::istream &in)
{
    SyncDaemon daemon;
    unsigned role = 0;
    in >> role >> daemon.interface >> daemon.sync_id >> daemon.max_length;
    daemon.role = static_cast<DaemonRole>(role);
    if (const auto group = read_word(in); !group.empty()) {
        daemon.group = Address::parse(group).value();
    }
    unsigned ttl = 0;
    in >> daemon.port >> ttl;
    daemon.ttl = static_cast<std::uint8_t>(ttl);
    REQUIRE(in);
    return daemon;
}

Counter read_counter(std::istream &in)
{
    Counter counter;
    in >> counter.name >> counter.value;
    REQUIRE(in);
    return counter;
}

std::string run_line(const std::string &program, const std::string &line, FakeState &state,
                     FakeNames &names)
{
    auto words = split_words(line);
    words.insert(words.begin(), program);
    const Outcome outcome = run_tool(words, state, names);
    return "$ " + program + line + '\n' + outcome.out + outcome.err + '[' +
           std::to_string(outcome.status) + "]\n";
}

std::string run_golden(const std::filesystem::path &path)
{
    FakeState state;
    FakeNames names;
    names.ports = {{"http", 80}};
    names.hosts = {{"localhost", Address::v4(0x7f000001)}};
    std::string output;
    std::ifstream file(path);
    REQUIRE(file);
    for (std::string line; std::getline(file, line);) {
        std::istringstream in(line);
        std::string word;
        in >> word;
        if (word == "service") {
            state.services.push_back({read_address_service(in), {}});
        } else if (word == "fwmark") {
            state.services.push_back({read_fwmark_service(in), {}});
        } else if (word == "server") {
            REQUIRE_FALSE(state.services.empty());
            state.services.back().destinations.push_back(read_server(in));
        } else if (word == "connection") {
            state.connections.push_back(read_connection(in));
        } else if (word == "daemon") {
            state.daemons.push_back(read_daemon(in));
        } else if (word == "errno") {
            int code = 0;
            in >> code;
            state.error = code ? std::optional(kernel_error(code)) : std::nullopt;
        } else if (word == "counter") {
            state.counters.push_back(read_counter(in));
        } else if (word == "$" || word == "%") {
            output += run_line(word == "$" ? "ipvsadm" : "ipvsctl", line.substr(1), state, names);
        } else {
            REQUIRE((word.empty() || word.starts_with('#')));
        }
    }
    return output;
}

std::string read_file(const std::filesystem::path &path)
{
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::filesystem::path> golden_inputs()
{
    std::vector<std::filesystem::path> inputs;
    for (const auto &entry : std::filesystem::directory_iterator("tests/golden")) {
        if (entry.path().extension() == ".in") {
            inputs.push_back(entry.path());
        }
    }
    return inputs;
}

} // namespace

TEST_CASE("the golden files are there", "[golden]")
{
    REQUIRE(golden_inputs().size() >= 4);
}

TEST_CASE("output equals the golden files", "[golden]")
{
    for (const auto &input : golden_inputs()) {
        DYNAMIC_SECTION(input.stem().string())
        {
            auto expected_path = input;
            expected_path.replace_extension(".out");
            const std::string output = run_golden(input);
            if (std::getenv("GOLDEN_UPDATE")) {
                std::ofstream(expected_path) << output;
            }
            CHECK(output == read_file(expected_path));
        }
    }
}
