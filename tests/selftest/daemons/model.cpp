// SPDX-License-Identifier: GPL-2.0-or-later
//
// usage: model NAMESPACE SEED OPERATIONS
//
// Random changes, single ones and transactions, of the table of a network namespace and of a model in
// memory, which is so simple that it is right.  Each is accepted or refused alike; after every
// hundredth the kernel's table is the model's, and so is the one that events alone lead to.  A listener
// who does not read is told of all that he missed.

#include <ipvsctl/client.hpp>
#include <ipvsctl/monitor.hpp>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <random>

using namespace ipvsctl;

namespace {

struct ServiceModel {
    ServiceConfig config;
    std::map<Endpoint, DestinationConfig> servers;

    bool operator==(const ServiceModel &) const = default;
};
using Model = std::map<ServiceKey, ServiceModel>;

[[noreturn]] void fail(const std::string &text)
{
    std::cerr << text << '\n';
    std::exit(1);
}

template <typename T> T need(Result<T> result, const char *what)
{
    if (!result)
        fail(std::string(what) + ": " + result.error().describe());
    return std::move(*result);
}

// --- the model: each function is a change, and returns the errno of its refusal ---

// What a change does not say stays, or is the default.
ServiceConfig settled(ServiceConfig wanted, const ServiceConfig *before)
{
    wanted.flags &= ~service_flag::hashed;
    if (!wanted.on_removal)
        wanted.on_removal = before ? before->on_removal : Removal::by_default;
    if (!wanted.fastpath)
        wanted.fastpath = before ? before->fastpath : FastPath::by_default;
    return wanted;
}

int add_service(Model &model, const ServiceKey &key, const ServiceConfig &config)
{
    return model.try_emplace(key, ServiceModel{settled(config, nullptr), {}}).second ? 0 : EEXIST;
}

int edit_service(Model &model, const ServiceKey &key, const ServiceConfig &config)
{
    const auto found = model.find(key);
    if (found == model.end())
        return ESRCH;
    found->second.config = settled(config, &found->second.config);
    return 0;
}

int delete_service(Model &model, const ServiceKey &key)
{
    return model.erase(key) != 0 ? 0 : ESRCH;
}

int set_server(Model &model, const ServiceKey &key, const DestinationConfig &config, bool is_new)
{
    const auto found = model.find(key);
    if (found == model.end())
        return ESRCH;
    if (config.lower_threshold > config.upper_threshold)
        return ERANGE;
    auto &servers = found->second.servers;
    if (servers.contains(config.endpoint) == is_new)
        return is_new ? EEXIST : ENOENT;
    servers[config.endpoint] = config;
    return 0;
}

int delete_server(Model &model, const ServiceKey &key, const Endpoint &endpoint)
{
    const auto found = model.find(key);
    if (found == model.end())
        return ESRCH;
    return found->second.servers.erase(endpoint) != 0 ? 0 : ENOENT;
}

// --- random changes ---

// A change: of the model, of the table, and as a part of a transaction.
struct Operation {
    std::function<int(Model &)> in_model;
    std::function<Result<void>(Client &)> alone;
    std::function<void(Transaction &)> together;
};

class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    std::uint32_t below(std::uint32_t bound)
    {
        return static_cast<std::uint32_t>(engine_() % bound);
    }

    Operation operation();

private:
    ServiceKey key();
    ServiceConfig config(Family family);
    DestinationConfig server(Family family);
    Endpoint endpoint(Family family, std::uint8_t network, std::uint32_t hosts);

    std::mt19937_64 engine_;
};

Endpoint Dice::endpoint(Family family, std::uint8_t network, std::uint32_t hosts)
{
    const auto host = static_cast<std::uint8_t>(1 + below(hosts));
    const auto port = static_cast<std::uint16_t>(80 + below(2));
    if (family == Family::inet)
        return {Address::v4(0x0a000000U | std::uint32_t{network} << 16 | host), port};
    std::array<std::uint8_t, Address::max_size> bytes{0xfd, network};
    bytes[15] = host;
    return {Address::v6(bytes), port};
}

ServiceKey Dice::key()
{
    const Family family = below(2) != 0 ? Family::inet : Family::inet6;
    if (below(5) == 0)
        return FwmarkServiceKey{1 + below(3), family};
    const Protocol protocol = below(2) != 0 ? Protocol::tcp : Protocol::udp;
    return AddressServiceKey{protocol, endpoint(family, 1, 4)};
}

ServiceConfig Dice::config(Family family)
{
    constexpr std::array schedulers{"rr", "wrr", "lc", "wlc", "sed", "nq", "dh", "sh", "mh"};
    ServiceConfig config;
    config.scheduler = schedulers[below(schedulers.size())];
    config.netmask = Netmask::host(family);
    if (below(3) == 0) {
        config.flags |= service_flag::persistent;
        config.persistence_timeout = 60 * (1 + below(9));
        config.netmask = family == Family::inet ? Netmask::v4(0xffffff00) : Netmask::v6(64);
    }
    if (below(3) == 0)
        config.on_removal = static_cast<Removal>(below(4));
    if (below(3) == 0)
        config.fastpath = static_cast<FastPath>(below(4));
    return config;
}

DestinationConfig Dice::server(Family family)
{
    DestinationConfig config;
    config.endpoint = endpoint(family, 2, 6);
    config.method = below(2) != 0 ? ForwardingMethod::masquerade : ForwardingMethod::tunnel;
    config.weight = below(5);
    config.upper_threshold = below(4);
    config.lower_threshold = config.upper_threshold > 0 && below(4) == 0 ? below(4) : 0;
    return config;
}

Operation Dice::operation()
{
    const ServiceKey service = key();
    const Family family = family_of(service);
    const ServiceConfig settings = config(family);
    const DestinationConfig one = server(family);
    switch (below(20)) {
    case 0:
    case 1:
    case 2:
        return {[=](Model &model) { return add_service(model, service, settings); },
                [=](Client &client) { return client.add_service(service, settings); },
                [=](Transaction &changes) { changes.add_service(service, settings); }};
    case 3:
    case 4:
        return {[=](Model &model) { return edit_service(model, service, settings); },
                [=](Client &client) { return client.edit_service(service, settings); },
                [=](Transaction &changes) { changes.edit_service(service, settings); }};
    case 5:
        return {[=](Model &model) { return delete_service(model, service); },
                [=](Client &client) { return client.delete_service(service); },
                [=](Transaction &changes) { changes.delete_service(service); }};
    case 6:
        if (below(20) != 0)
            break;
        return {[](Model &model) { return model.clear(), 0; },
                [](Client &client) { return client.flush(); },
                [](Transaction &changes) { changes.flush(); }};
    case 7:
    case 8:
    case 9:
        return {[=](Model &model) { return delete_server(model, service, one.endpoint); },
                [=](Client &client) { return client.delete_destination(service, one.endpoint); },
                [=](Transaction &changes) { changes.delete_destination(service, one.endpoint); }};
    case 10:
    case 11:
    case 12:
    case 13:
        return {[=](Model &model) { return set_server(model, service, one, false); },
                [=](Client &client) { return client.edit_destination(service, one); },
                [=](Transaction &changes) { changes.edit_destination(service, one); }};
    default:
        break;
    }
    return {[=](Model &model) { return set_server(model, service, one, true); },
            [=](Client &client) { return client.add_destination(service, one); },
            [=](Transaction &changes) { changes.add_destination(service, one); }};
}

// --- what the kernel says ---

Model model_of(const std::vector<TableEntry> &table)
{
    Model model;
    for (const TableEntry &entry : table) {
        ServiceModel &service = model[entry.service.key];
        service.config = settled(entry.service.config, nullptr);
        for (const Destination &server : entry.destinations)
            service.servers[server.config.endpoint] = server.config;
    }
    return model;
}

// The events of the group config, and the table that they lead to.
class Replay {
public:
    explicit Replay(std::uint32_t port_id) : port_id_(port_id) {}

    void take(const Event &event);

    Model model;
    std::uint64_t count = 0;
    std::uint64_t generation = 0;

private:
    void replay(const ServiceEvent &event);
    void replay(const DestinationEvent &event);
    template <typename T> void replay(const T &) { fail("an event of another kind"); }

    std::uint32_t port_id_;
    std::uint64_t first_ = 0;
};

void Replay::replay(const ServiceEvent &event)
{
    if (model.contains(event.key) == (event.change == Change::added))
        fail("an event of a service that is or is not there: " + to_string(event.key));
    if (event.change == Change::removed)
        model.erase(event.key);
    else
        model[event.key].config = settled(*event.config, nullptr);
}

void Replay::replay(const DestinationEvent &event)
{
    const auto service = model.find(event.service);
    if (service == model.end())
        fail("an event of a real server without a service");
    auto &servers = service->second.servers;
    if (servers.contains(event.endpoint) == (event.change == Change::added))
        fail("an event of a real server that is or is not there: " + event.endpoint.to_string());
    if (event.change == Change::removed)
        servers.erase(event.endpoint);
    else
        servers[event.endpoint] = *event.config;
}

void Replay::take(const Event &event)
{
    if (first_ == 0)
        first_ = event.number;
    if (event.number != first_ + count || event.generation < generation)
        fail("an event is out of order");
    if (event.port_id != port_id_)
        fail("an event says that somebody else asked for it");
    count++;
    generation = event.generation;
    std::visit([this](const auto &what) { replay(what); }, event.what);
}

void check(Client &client, Monitor &monitor, Replay &replay, const Model &model)
{
    if (model_of(need(client.table(), "list the table")) != model)
        fail("the table is not the model's");
    while (const auto event = need(monitor.next(), "read an event"))
        replay.take(*event);
    if (replay.model != model)
        fail("the table that events lead to is not the model's");
    if (replay.generation > need(client.info(), "ask for the generation").generation.value_or(0))
        fail("an event is of a later generation than the table");
}

// --- the run ---

void say_refusal(const char *what, int expected, int got)
{
    fail(std::string(what) + ": the model says " + std::strerror(expected) + ", the kernel " +
         std::strerror(got));
}

void run_alone(Client &client, Model &model, const Operation &operation)
{
    const int expected = operation.in_model(model);
    const auto done = operation.alone(client);
    const int got = done ? 0 : done.error().code;
    if (got != expected)
        say_refusal("a change", expected, got);
}

void run_together(Client &client, Model &model, Dice &dice)
{
    Model changed = model;
    Transaction transaction;
    int expected = 0;
    const std::uint32_t size = 1 + dice.below(12);
    std::size_t refused = 0;
    for (std::uint32_t i = 0; i < size; i++) {
        // Most are tried before, so that many transactions are carried out.
        Operation operation = dice.operation();
        for (int tries = 0; tries < 50; tries++) {
            Model trial = changed;
            if (operation.in_model(trial) == 0 || dice.below(400) == 0)
                break;
            operation = dice.operation();
        }
        operation.together(transaction);
        if (expected == 0 && (expected = operation.in_model(changed)) != 0)
            refused = i;
    }
    const auto done = client.commit(transaction);
    const int got = done ? 0 : done.error().code;
    if (got != expected)
        say_refusal("a transaction", expected, got);
    if (done)
        model = changed;
    else if (done.error().item != refused)
        fail("another item was refused");
}

// What a listener got, and what he was told that he did not get.
struct Tally {
    std::uint64_t got = 0;
    std::uint64_t missed = 0;
    bool overrun = false;
};

void read_all(Monitor &monitor, Tally &tally)
{
    while (const auto event = need(monitor.next(), "read an event")) {
        const auto *const missed = std::get_if<MissedEvents>(&event->what);
        tally.got += missed ? 0 : 1;
        tally.missed += missed ? missed->count.value_or(0) : 0;
        tally.overrun = tally.overrun || (missed && !missed->count);
    }
}

// He learns at once that there is a gap, and by the next event how large it is.
void check_slow(Client &client, Monitor &slow, std::uint64_t count)
{
    Tally tally;
    read_all(slow, tally);
    if (!tally.overrun || tally.missed != 0)
        fail("the slow one was not told");
    ServiceConfig config;
    config.scheduler = "rr";
    if (const auto last = client.add_service(FwmarkServiceKey{1000, Family::inet}, config); !last)
        fail(last.error().describe());
    read_all(slow, tally);
    if (tally.missed == 0 || tally.got + tally.missed != count + 1)
        fail("the slow one got " + std::to_string(tally.got) + " events and missed " +
             std::to_string(tally.missed) + ", of " + std::to_string(count + 1));
}

std::uint64_t number_of(const char *text)
{
    std::uint64_t number = 0;
    std::from_chars(text, text + std::strlen(text), number);
    return number;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4)
        fail("usage: model NAMESPACE SEED OPERATIONS");
    ClientOptions where;
    where.network_namespace = argv[1];
    MonitorOptions listening;
    listening.network_namespace = argv[1];
    listening.receive_buffer = std::size_t{64} << 20;
    Client client = need(Client::open(where), "open the client");
    Monitor monitor = need(Monitor::open(listening), "open the monitor");
    listening.receive_buffer = 4096;
    Monitor slow = need(Monitor::open(listening), "open the slow monitor");
    Replay replay(client.port_id());
    Dice dice(number_of(argv[2]));
    Model model;
    const std::uint64_t operations = number_of(argv[3]);
    for (std::uint64_t i = 1; i <= operations; i++) {
        if (dice.below(4) == 0)
            run_together(client, model, dice);
        else
            run_alone(client, model, dice.operation());
        if (i % 100 == 0)
            check(client, monitor, replay, model);
    }
    check_slow(client, slow, replay.count);
    std::cout << operations << " operations, " << replay.count << " events\n";
}
