// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * apply, diff and save against an nfvs in memory.
 */
#include "fake_nfvs.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <random>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace ipvsctl;
using namespace ipvsctl::test;

namespace {

// A folder that goes with its files.
class Folder {
public:
    Folder() { REQUIRE(::mkdtemp(path_.data())); }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;
    ~Folder()
    {
        for (const auto &file : files_)
            ::unlink(file.c_str());
        ::rmdir(path_.c_str());
    }

    std::string file(const std::string &name)
    {
        files_.push_back(path_ + "/" + name);
        return files_.back();
    }
    std::string file(const std::string &name, const std::string &text)
    {
        std::ofstream(file(name)) << text;
        return files_.back();
    }

private:
    std::string path_ = "/tmp/nfvs-apply-XXXXXX";
    std::vector<std::string> files_;
};

std::string text_of(const std::string &path)
{
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

const std::string two_services = "service tcp 192.0.2.1:80 {\n"
                                 "    scheduler wlc\n"
                                 "    server 10.0.0.1:8080 nat weight 2\n"
                                 "    server 10.0.0.2:8080 nat weight 1\n"
                                 "}\n"
                                 "\n"
                                 "service fwmark 7 ipv6 {\n"
                                 "    scheduler sh\n"
                                 "    persistent 600\n"
                                 "    netmask 64\n"
                                 "    sched-flags sh-port\n"
                                 "    on-removal drop\n"
                                 "}\n";

} // namespace

TEST_CASE("what is not there is added, and then there is nothing to do", "[apply]")
{
    NfvsState state;
    auto outcome = run_with_nfvs(state, "ipvsctl apply -", two_services);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    CHECK(outcome.out ==
          "+ tcp 192.0.2.1:80 scheduler wlc\n"
          "+ tcp 192.0.2.1:80 server 10.0.0.1:8080 nat weight 2\n"
          "+ tcp 192.0.2.1:80 server 10.0.0.2:8080 nat weight 1\n"
          "+ fwmark 7 ipv6 scheduler sh persistent 600 netmask 64 sched-flags sh-port "
          "on-removal drop\n");
    CHECK(state.commits == std::vector<std::size_t>{4});
    CHECK(run_with_nfvs(state, "ipvsctl save").out == two_services);

    outcome = run_with_nfvs(state, "ipvsctl apply -", two_services);
    CHECK(outcome.status == 0);
    CHECK(outcome.out.empty());
    CHECK(state.commits.size() == 1);
    CHECK(run_with_nfvs(state, "ipvsctl apply --verbose -", two_services).out == "nothing to do\n");
    CHECK(run_with_nfvs(state, "ipvsctl diff -", two_services).status == 0);
    CHECK(state.other_changes == 0);
}

TEST_CASE("only what differs is changed", "[apply]")
{
    NfvsState state;
    run_with_nfvs(state, "ipvsctl apply -", two_services);
    const std::string wanted = "-A -t 192.0.2.1:80 -s rr -p\n"
                               "-a -t 192.0.2.1:80 -r 10.0.0.3:8080 -m\n"
                               "-a -t 192.0.2.1:80 -r 10.0.0.2:8080 -g\n"
                               "-a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 3 -x 9\n"
                               "-A -u 192.0.2.1:53 -o\n";
    const std::string plan =
        "- fwmark 7 ipv6 with 0 servers\n"
        "~ tcp 192.0.2.1:80: scheduler wlc -> rr, persistent off -> 360, netmask off -> "
        "255.255.255.255\n"
        "- tcp 192.0.2.1:80 server 10.0.0.2:8080\n"
        "+ tcp 192.0.2.1:80 server 10.0.0.3:8080 nat weight 1\n"
        "+ tcp 192.0.2.1:80 server 10.0.0.2:80 direct weight 1\n"
        "~ tcp 192.0.2.1:80 server 10.0.0.1:8080: weight 2 -> 3, u-threshold 0 -> 9\n"
        "+ udp 192.0.2.1:53 scheduler wlc ops\n";
    auto outcome = run_with_nfvs(state, "ipvsctl diff -", wanted);
    CHECK(outcome.status == 1);
    CHECK(outcome.out == plan);
    CHECK(run_with_nfvs(state, "ipvsctl apply --dry-run -", wanted).status == 1);
    CHECK(run_with_nfvs(state, "ipvsctl diff --quiet -", wanted).out.empty());
    CHECK(state.commits.size() == 1);

    outcome = run_with_nfvs(state, "ipvsctl apply -", wanted);
    CHECK(outcome.status == 0);
    CHECK(outcome.out == plan);
    CHECK(state.commits == std::vector<std::size_t>{4, 7});
    CHECK(run_with_nfvs(state, "ipvsctl diff -", wanted).status == 0);
    CHECK(run_with_nfvs(state, "ipvsctl apply --quiet -", "\n").out.empty());
    CHECK(state.table.empty());
    const auto nothing = run_with_nfvs(state, "ipvsctl save").out;
    CHECK(nothing == "# no services\n");
    CHECK(run_with_nfvs(state, "ipvsctl apply -", nothing).status == 0);
}

TEST_CASE("what is not mentioned any more gets its default", "[apply]")
{
    NfvsState state;
    run_with_nfvs(state, "ipvsctl apply -",
                  "service udp 192.0.2.1:53 { fastpath off; on-removal reset; persistent 5\n"
                  "server 10.0.0.1 tunnel tun-type gue tun-port 77 tun-remcsum }");
    const auto outcome = run_with_nfvs(state, "ipvsctl apply -",
                                       "service udp 192.0.2.1:53 { server 10.0.0.1 tunnel }");
    CHECK(outcome.out ==
          "~ udp 192.0.2.1:53: persistent 5 -> off, netmask 255.255.255.255 -> off, "
          "on-removal reset -> default, fastpath off -> default\n"
          "~ udp 192.0.2.1:53 server 10.0.0.1:53: tun-type gue -> ipip, tun-port 77 -> off, "
          "tun-remcsum -> off\n");
    CHECK(run_with_nfvs(state, "ipvsctl save").out == "service udp 192.0.2.1:53 {\n"
                                                      "    scheduler wlc\n"
                                                      "    server 10.0.0.1:53 tunnel weight 1\n"
                                                      "}\n");
}

TEST_CASE("a file that is wrong changes nothing", "[apply]")
{
    NfvsState state;
    Folder folder;
    run_with_nfvs(state, "ipvsctl apply -", two_services);
    const auto file = folder.file("wrong", "service tcp 192.0.2.9:80 {\n server nowhere nat\n}\n");
    auto outcome = run_with_nfvs(state, "ipvsctl apply " + file);
    CHECK(outcome.status == 2);
    CHECK(outcome.err == file + ":2: illegal real server address[:port] specified\n");
    CHECK(run_with_nfvs(state, "ipvsctl diff " + file).status == 2);
    outcome = run_with_nfvs(state, "ipvsctl apply " + file + ".none");
    CHECK(outcome.status == 2);
    CHECK(outcome.err == file + ".none: No such file or directory\n");
    CHECK(run_with_nfvs(state, "ipvsctl apply").err ==
          "the command needs a file, or - for standard input\n");
    CHECK(run_with_nfvs(state, "ipvsctl apply a b").err == "unexpected argument b\n");
    CHECK(state.commits.size() == 1);
}

TEST_CASE("what the kernel refuses is told with its line", "[apply]")
{
    NfvsState state;
    auto outcome = run_with_nfvs(state, "ipvsctl apply -",
                                 "service tcp 192.0.2.1:80 { }\n\n"
                                 "service tcp 192.0.2.2:80 {\n scheduler nosuch\n}\n");
    CHECK(outcome.status == 255);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == "-:4: Scheduler or persistence engine not found: no such scheduler "
                         "(service.sched-name)\n");
    outcome = run_with_nfvs(state, "ipvsctl apply -",
                            "-A -t 192.0.2.1:80\n"
                            "-a -t 192.0.2.1:80 -r 10.0.0.1 -y 5\n");
    CHECK(outcome.err == "-:2: Numerical result out of range: lower threshold must not be above "
                         "the upper one (dest.l-thresh)\n");
    CHECK(state.table.empty());
}

TEST_CASE("somebody else may be quicker, but not for ever", "[apply]")
{
    NfvsState state;
    int others = 3;
    state.before_commit = [&] { state.generation += others-- > 0 ? 1 : 0; };
    CHECK(run_with_nfvs(state, "ipvsctl apply -", two_services).status == 0);
    CHECK(state.table.size() == 2);
    others = 1000;
    const auto outcome = run_with_nfvs(state, "ipvsctl apply -", "# nothing\n");
    CHECK(outcome.status == 255);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == "nothing was changed: each time, somebody else changed the table first\n");
    CHECK(state.table.size() == 2);
}

TEST_CASE("a table that never holds still is guarded by its generation", "[apply]")
{
    NfvsState state;
    state.interrupted = 1000;
    CHECK(run_with_nfvs(state, "ipvsctl apply -", two_services).status == 0);
    CHECK(run_with_nfvs(state, "ipvsctl apply -", two_services).err.empty());
    const std::string warning =
        "the table changed all the time: this is not what it was at one moment\n";
    CHECK(run_with_nfvs(state, "ipvsctl diff -", two_services).err == warning);
    auto outcome = run_with_nfvs(state, "ipvsctl -Ln");
    CHECK(outcome.status == 0);
    CHECK(outcome.err == warning);
    CHECK(outcome.out.find("10.0.0.1:8080") != std::string::npos);
    CHECK(run_with_nfvs(state, "ipvsctl -Sn").err == warning);
    CHECK(run_with_nfvs(state, "ipvsctl save").err == warning);
}

TEST_CASE("what was deleted and added while it was listed is shown once", "[apply]")
{
    NfvsState state;
    state.interrupted = 1000;
    run_with_nfvs(state, "ipvsctl apply -", two_services);
    state.table.push_back(state.table.front());
    state.table.back().service.config.scheduler = "rr";
    state.table.back().destinations.push_back(state.table.back().destinations.front());
    const auto saved = run_with_nfvs(state, "ipvsctl save").out;
    CHECK(saved.find("scheduler wlc") == std::string::npos);
    CHECK(saved.find("scheduler rr") != std::string::npos);
    CHECK(run_with_nfvs(state, "ipvsctl diff -", saved).status == 0);
    const auto outcome = run_with_nfvs(state, "ipvsctl -Sn");
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "-A -t 192.0.2.1:80 -s rr\n"
                         "-a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 2\n"
                         "-a -t 192.0.2.1:80 -r 10.0.0.2:8080 -m -w 1\n"
                         "-A -f 7 -6 -s sh -p 600 -M 64 -b sh-port --on-removal drop\n");
    const auto metrics = run_with_nfvs(state, "ipvsctl prometheus");
    CHECK(metrics.err.starts_with("the table changed all the time: "));
}

TEST_CASE("nothing on standard input is no table, an empty file is", "[apply]")
{
    NfvsState state;
    Folder folder;
    run_with_nfvs(state, "ipvsctl apply -", two_services);
    for (const std::string command : {"apply", "diff"}) {
        const auto outcome = run_with_nfvs(state, "ipvsctl " + command + " -", "");
        CHECK(outcome.status == 2);
        CHECK(outcome.err == "there is nothing on standard input; ipvsctl -C clears the table\n");
    }
    CHECK(state.table.size() == 2);
    CHECK(run_with_nfvs(state, "ipvsctl apply " + folder.file("empty", "")).status == 0);
    CHECK(state.table.empty());
}

TEST_CASE("ip_vs has no transactions", "[apply]")
{
    FakeState state;
    FakeNames names;
    state.input = "-A -t 192.0.2.1:80";
    const auto outcome = run_tool({"ipvsctl", "apply", "-"}, state, names);
    CHECK(outcome.status == 255);
    CHECK(outcome.err == "this needs transactions, which ip_vs has not\n");
    CHECK(run_tool({"ipvsctl", "diff", "-"}, state, names).status == 1);
    state.open_error = usage_error("no module");
    CHECK(run_tool({"ipvsctl", "diff", "-"}, state, names).status == 2);
    CHECK(run_tool({"ipvsctl", "apply", "-"}, state, names).status == 2);
}

TEST_CASE("a table is saved to a file at once", "[apply]")
{
    NfvsState state;
    Folder folder;
    run_with_nfvs(state, "ipvsctl apply -", two_services);
    const auto file = folder.file("saved");
    CHECK(run_with_nfvs(state, "ipvsctl save " + file).status == 0);
    CHECK(text_of(file) == two_services);
    REQUIRE(::chmod(file.c_str(), 0600) == 0);
    const auto link = folder.file("link");
    REQUIRE(::symlink(file.c_str(), link.c_str()) == 0);
    state.table.pop_back();
    CHECK(run_with_nfvs(state, "ipvsctl save " + link).status == 0);
    CHECK(text_of(file) == two_services.substr(0, two_services.find("\nservice fw")));
    struct stat status {};
    REQUIRE(::lstat(link.c_str(), &status) == 0);
    CHECK(S_ISLNK(status.st_mode));
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    const auto new_link = folder.file("new-link");
    const auto new_file = folder.file("new");
    REQUIRE(::symlink(new_file.c_str(), new_link.c_str()) == 0);
    CHECK(run_with_nfvs(state, "ipvsctl save " + new_link).status == 0);
    CHECK(text_of(new_file) == text_of(file));
    const auto outcome = run_with_nfvs(state, "ipvsctl save " + file + "/none");
    CHECK(outcome.status == 255);
    CHECK(outcome.err.starts_with(file + "/none: "));
}

TEST_CASE("what is no file is written to", "[apply]")
{
    NfvsState state;
    Folder folder;
    run_with_nfvs(state, "ipvsctl apply -", two_services);
    const auto pipe = folder.file("pipe");
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    REQUIRE(reader >= 0);
    CHECK(run_with_nfvs(state, "ipvsctl save " + pipe).status == 0);
    std::string text(two_services.size() + 1, ' ');
    CHECK(::read(reader, text.data(), text.size()) == static_cast<ssize_t>(two_services.size()));
    text.pop_back();
    CHECK(text == two_services);
    CHECK(::close(reader) == 0);
    struct stat status {};
    REQUIRE(::lstat(pipe.c_str(), &status) == 0);
    CHECK(S_ISFIFO(status.st_mode));
}

TEST_CASE("a saved file belongs to whom the old one belonged to", "[apply]")
{
    if (::geteuid() != 0) {
        return;
    }
    NfvsState state;
    Folder folder;
    const auto file = folder.file("saved");
    std::ofstream(file).close();
    REQUIRE(::chown(file.c_str(), 1, 2) == 0);
    CHECK(run_with_nfvs(state, "ipvsctl save " + file).status == 0);
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK(status.st_uid == 1);
    CHECK(status.st_gid == 2);
}

namespace {

using Random = std::mt19937;

std::uint32_t below(Random &random, std::uint32_t bound)
{
    return std::uniform_int_distribution<std::uint32_t>(0, bound - 1)(random);
}

Address random_address(Random &random, Family family)
{
    if (family == Family::inet)
        return Address::v4(0x0a000000 + below(random, 200));
    std::array<std::uint8_t, 16> bytes{0x20, 0x01, 0x0d, 0xb8};
    bytes[15] = static_cast<std::uint8_t>(below(random, 200));
    bytes[below(random, 4) + 4] = static_cast<std::uint8_t>(below(random, 3));
    return Address::v6(bytes);
}

ServiceKey random_key(Random &random)
{
    const auto family = below(random, 3) == 0 ? Family::inet6 : Family::inet;
    if (below(random, 4) == 0)
        return FwmarkServiceKey{.fwmark = 1 + below(random, 20), .family = family};
    const std::array protocols{Protocol::tcp, Protocol::udp, Protocol::sctp};
    return AddressServiceKey{.protocol = protocols.at(below(random, 3)),
                             .endpoint = {.address = random_address(random, family),
                                          .port = static_cast<std::uint16_t>(below(random, 3))}};
}

ServiceConfig random_config(Random &random, const ServiceKey &key)
{
    const std::array<const char *, 4> schedulers{"rr", "wlc", "sh", "mh"};
    ServiceConfig config;
    config.scheduler = schedulers.at(below(random, 4));
    config.netmask = Netmask::host(family_of(key));
    const auto *address = std::get_if<AddressServiceKey>(&key);
    if ((address && address->endpoint.port == 0) || below(random, 3) == 0) {
        config.flags |= service_flag::persistent;
        config.persistence_timeout = 1 + below(random, 1000);
        if (below(random, 2) == 0)
            config.netmask = family_of(key) == Family::inet ? Netmask::v4(0xffffff00)
                                                            : Netmask::v6(1 + below(random, 127));
    }
    if (address && address->protocol == Protocol::udp && below(random, 3) == 0)
        config.flags |= service_flag::one_packet;
    if (below(random, 3) == 0)
        config.flags |= below(random, 8) * service_flag::sched1;
    config.on_removal = static_cast<Removal>(below(random, 4));
    config.fastpath = static_cast<FastPath>(below(random, 4));
    return config;
}

DestinationConfig random_server(Random &random, const ServiceKey &key)
{
    const std::array methods{ForwardingMethod::masquerade, ForwardingMethod::direct,
                             ForwardingMethod::tunnel};
    DestinationConfig config;
    config.method = methods.at(below(random, 3));
    const bool tunnel = config.method == ForwardingMethod::tunnel;
    auto family = family_of(key);
    if (tunnel && below(random, 3) == 0)
        family = family == Family::inet ? Family::inet6 : Family::inet;
    config.endpoint = {.address = random_address(random, family),
                       .port = static_cast<std::uint16_t>(below(random, 3))};
    if (config.method != ForwardingMethod::masquerade &&
        std::holds_alternative<AddressServiceKey>(key))
        config.endpoint.port = port_of(key);
    config.weight = below(random, 5);
    config.upper_threshold = below(random, 2) * 100;
    config.lower_threshold = config.upper_threshold / 2 * below(random, 2);
    if (tunnel)
        config.tunnel.type = static_cast<TunnelType>(below(random, 3));
    if (tunnel && config.tunnel.type == TunnelType::gue)
        config.tunnel.port = static_cast<std::uint16_t>(1 + below(random, 65535));
    if (tunnel && config.tunnel.type != TunnelType::ipip)
        config.tunnel.checksum = static_cast<TunnelChecksum>(
            below(random, config.tunnel.type == TunnelType::gue ? 3 : 2));
    return config;
}

std::vector<TableEntry> random_table(Random &random)
{
    std::vector<TableEntry> table;
    const auto has = [&](const ServiceKey &key) {
        return std::ranges::any_of(
            table, [&](const TableEntry &entry) { return entry.service.key == key; });
    };
    for (std::uint32_t i = below(random, 12); i > 0; i--) {
        TableEntry entry;
        entry.service.key = random_key(random);
        if (has(entry.service.key))
            continue;
        entry.service.config = random_config(random, entry.service.key);
        for (std::uint32_t j = below(random, 6); j > 0; j--) {
            const auto config = random_server(random, entry.service.key);
            if (std::ranges::none_of(entry.destinations, [&](const Destination &one) {
                    return one.config.endpoint == config.endpoint;
                }))
                entry.destinations.push_back({.config = config, .stats = {}});
        }
        table.push_back(std::move(entry));
    }
    return table;
}

} // namespace

TEST_CASE("what save writes apply makes again, from any table to any other", "[apply]")
{
    const char *const given = std::getenv("NFVS_SEED");
    const auto seed = given ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : 1U;
    CAPTURE(seed);
    Random random(seed);
    for (int round = 0; round < 300; round++) {
        NfvsState wanted;
        wanted.table = random_table(random);
        const bool lines = round % 2 == 0;
        // An empty input would be refused.
        const auto text = run_with_nfvs(wanted, lines ? "ipvsctl -Sn" : "ipvsctl save").out + "\n";
        CAPTURE(text);

        NfvsState state;
        state.table = random_table(random);
        const auto before = run_with_nfvs(state, "ipvsctl save").out;
        CAPTURE(before);
        const auto outcome = run_with_nfvs(state, "ipvsctl apply -", text);
        CAPTURE(outcome.out, outcome.err);
        REQUIRE(outcome.status == 0);
        REQUIRE(run_with_nfvs(state, "ipvsctl diff -", text).out.empty());
        REQUIRE(run_with_nfvs(state, "ipvsctl save").out ==
                run_with_nfvs(wanted, "ipvsctl save").out);
        REQUIRE(run_with_nfvs(state, "ipvsctl -Sn").out ==
                run_with_nfvs(wanted, "ipvsctl -Sn").out);
    }
}
