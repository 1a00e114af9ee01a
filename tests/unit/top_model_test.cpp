// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What top makes of readings and keys, without kernel and terminal.
 */
#include "top_support.hpp"

#include "tool/top/keys.hpp"
#include "tool/top/read.hpp"

#include <catch2/catch.hpp>

using namespace ipvsctl;
using namespace ipvsctl::test;
using namespace ipvsctl::tool::top;

namespace {

std::string names(const Model &model)
{
    std::string text;
    for (const Line *line : model.lines()) {
        text += line->name.substr(line->name.find('.') + 1) + ' ';
    }
    for (const ConnectionLine *line : model.connections()) {
        text += line->name + ' ';
    }
    return text;
}

Wish type(Model &model, const std::string &text)
{
    Wish wish = Wish::nothing;
    for (const char letter : text) {
        wish = press(model, {KeyKind::letter, letter});
    }
    return wish;
}

Wish press(Model &model, KeyKind kind)
{
    return press(model, {kind, '\0'});
}

// The kernel and the model, which reads it every second.
struct Bench {
    FakeState state;
    std::unique_ptr<tool::Kernel> kernel = make_fake_kernel(state);
    Model model{1000ms};
    Moment now = 0ms;

    Bench()
    {
        state.services = {entry(1, 0), entry(2, 0), entry(3, 0)};
        model.set_page(10);
        read();
    }

    void read()
    {
        REQUIRE(tool::top::read(model, *kernel, now));
        REQUIRE(read_loads(model, *kernel));
        now += 1000ms;
    }

    // With so many connections more.
    void read(std::uint64_t first, std::uint64_t second, std::uint64_t third)
    {
        const std::array more{first, second, third};
        for (std::size_t i = 0; i < more.size(); i++) {
            Service &service = state.services[i].service;
            service.stats = counted(service.stats.connections + more[i]);
        }
        read();
    }
};

} // namespace

TEST_CASE("rates are differences by the time between", "[top]")
{
    const Rates rates = rates_between(counted(100), counted(150), 2000ms);
    CHECK(rates == Rates{25, 250, 200, 25000, 1250000});
    CHECK(rates_between(counted(100), counted(150), 0ms) == Rates{});
}

TEST_CASE("a counter that went back was zeroed", "[top]")
{
    CHECK(rates_between(counted(1000), counted(30), 1000ms)[0] == 30);
    Stats full;
    full.incoming_bytes = UINT64_MAX;
    CHECK(rates_between({}, full, 1000ms)[3] == Approx(1.8446744e19));
}

TEST_CASE("history: seconds that a reading spans have its rate", "[top]")
{
    History history;
    history.add(0ms, 10000ms, {6});
    history.add(10000ms, 20000ms, {12});
    CHECK(history.parts(Metric::connections, 20000ms, 6) ==
          std::vector<double>{-1, -1, -1, -1, 6, 12});
    CHECK(history.parts(Metric::connections, 30000ms, 6) ==
          std::vector<double>{-1, -1, -1, 6, 12, -1});
    CHECK(history.parts(Metric::bytes_in, 20000ms, 6).back() == 0);
    CHECK(history.parts(Metric::connections, 20000ms, 60).size() == 60);
    history.add(20000ms, 200000ms, {1});
    CHECK(history.parts(Metric::connections, 200000ms, 6) == std::vector<double>(6, 1));
    CHECK(history.parts(Metric::connections, 300000ms, 6) == std::vector<double>(6, -1));
}

TEST_CASE("services are sorted by rate; equal ones by address", "[top]")
{
    Bench bench;
    CHECK(names(bench.model) == "0.2.1:80 0.2.2:80 0.2.3:80 ");
    CHECK_FALSE(bench.model.lines()[0]->measured);
    bench.read(0, 0, 50);
    CHECK(names(bench.model) == "0.2.3:80 0.2.1:80 0.2.2:80 ");
    CHECK(bench.model.lines()[0]->rates[0] == 50);
    CHECK(bench.model.total().rates[0] == 50);
    type(bench.model, "r");
    CHECK(names(bench.model) == "0.2.2:80 0.2.1:80 0.2.3:80 ");
    type(bench.model, "1");
    CHECK(names(bench.model) == "0.2.1:80 0.2.2:80 0.2.3:80 ");
    CHECK(bench.model.sort() == Sort{Column::name, false});
}

TEST_CASE("columns are reached by number and by their neighbours", "[top]")
{
    Bench bench;
    type(bench.model, ">>");
    CHECK(bench.model.sort().column == Column::packets_out);
    type(bench.model, "<<<<<");
    CHECK(bench.model.sort().column == Column::name);
    for (const ColumnSpec &column : columns_of(Level::services)) {
        CHECK(bench.model.sort().column == column.id);
        type(bench.model, ">");
    }
    type(bench.model, "0");
    CHECK(bench.model.sort().column == Column::note);
    type(bench.model, "9");
    CHECK(bench.model.sort().column == Column::weight);
}

TEST_CASE("a service that is gone is forgotten, and a new one has no rate yet", "[top]")
{
    Bench bench;
    bench.read(1, 1, 1);
    bench.state.services.pop_back();
    bench.state.services.push_back(entry(9, 1000));
    bench.read();
    CHECK(names(bench.model) == "0.2.1:80 0.2.2:80 0.2.9:80 ");
    CHECK_FALSE(bench.model.lines()[2]->measured);
    CHECK(bench.model.service_count() == 3);
}

TEST_CASE("readings that follow at once keep the rate", "[top]")
{
    Bench bench;
    bench.read(7, 0, 0);
    bench.now -= 990ms;
    bench.read(1, 0, 0);
    CHECK(bench.model.lines()[0]->rates[0] == 7);
    bench.read(1, 0, 0);
    CHECK(bench.model.lines()[0]->rates[0] == Approx(2 / 1.01));
}

TEST_CASE("the cursor stays with its service, unless it was never moved", "[top]")
{
    Bench bench;
    bench.read(3, 2, 1);
    CHECK(bench.model.cursor().row() == 0);
    bench.read(1, 2, 3);
    CHECK(bench.model.cursor().row() == 0);
    press(bench.model, KeyKind::down); // 192.0.2.2
    bench.read(1, 0, 3);
    CHECK(bench.model.cursor().row() == 2);
    bench.read(1, 4, 3);
    CHECK(bench.model.cursor().row() == 0);
    press(bench.model, KeyKind::end);
    CHECK(bench.model.cursor().row() == 2);
    press(bench.model, KeyKind::down);
    CHECK(bench.model.cursor().row() == 2);
    bench.state.services.erase(bench.state.services.begin());
    bench.read();
    CHECK(bench.model.cursor().row() == 1);
    press(bench.model, KeyKind::home);
    CHECK(bench.model.cursor().name().empty());
}

TEST_CASE("the view follows the cursor and leaves no room at the end", "[top]")
{
    Cursor cursor;
    cursor.set_page(10);
    cursor.place(100, 0);
    CHECK(cursor.end_of_view() == 10);
    cursor.move(10);
    CHECK(cursor.first_in_view() == 1);
    cursor.move(-3);
    CHECK(cursor.first_in_view() == 1);
    cursor.to_last();
    CHECK(cursor.first_in_view() == 90);
    CHECK(cursor.row() == 99);
    cursor.set_page(50);
    CHECK(cursor.first_in_view() == 50);
    cursor.lose(3);
    CHECK(cursor.row() == 2);
    CHECK(cursor.end_of_view() == 3);
    cursor.lose(0);
    CHECK(cursor.row() == 0);
    CHECK(cursor.end_of_view() == 0);
    cursor.move(-5);
    CHECK(cursor.row() == 0);
}

TEST_CASE("a filter takes letters of both cases, and goes by escape", "[top]")
{
    Bench bench;
    type(bench.model, "/tcp");
    CHECK(bench.model.lines().size() == 3);
    type(bench.model, " q.2");
    CHECK(bench.model.lines().empty());
    for (int i = 0; i < 4; i++) {
        press(bench.model, KeyKind::erase);
    }
    type(bench.model, " 192.0.2.2");
    CHECK(names(bench.model) == "0.2.2:80 ");
    CHECK(bench.model.mode() == Mode::typing_filter);
    press(bench.model, KeyKind::enter);
    CHECK(bench.model.mode() == Mode::list);
    CHECK(bench.model.lines().size() == 1);
    press(bench.model, KeyKind::escape);
    CHECK(bench.model.lines().size() == 3);
}

TEST_CASE("services open to real servers, and these to connections", "[top]")
{
    Bench bench;
    bench.read(0, 5, 0);
    CHECK(press(bench.model, KeyKind::enter) == Wish::read);
    CHECK(bench.model.level() == Level::servers);
    CHECK(bench.model.service() == web(2));
    bench.state.services[1].destinations[1].stats = counted(0);
    bench.read(0, 5, 0);
    bench.state.services[1].destinations[1].stats = counted(9);
    bench.read(0, 5, 0);
    CHECK(names(bench.model) == "0.0.2:8080 0.0.1:8080 ");
    CHECK(bench.model.lines()[0]->rates[0] == 9);
    CHECK(bench.model.lines()[0]->load == Load{22, 2, 2});
    CHECK(bench.model.total().rates[0] == 5);
    CHECK(press(bench.model, KeyKind::enter) == Wish::read);
    CHECK(bench.model.level() == Level::connections);
    CHECK(bench.model.server() == server(2));
    CHECK(press(bench.model, KeyKind::enter) == Wish::nothing);
    CHECK(press(bench.model, KeyKind::left) == Wish::read);
    CHECK(type(bench.model, "b") == Wish::read);
    CHECK(bench.model.level() == Level::services);
    CHECK(press(bench.model, KeyKind::escape) == Wish::nothing);
}

TEST_CASE("a service that goes while it is open", "[top]")
{
    Bench bench;
    press(bench.model, KeyKind::right);
    bench.read();
    CHECK_FALSE(bench.model.is_gone());
    bench.state.services.erase(bench.state.services.begin());
    bench.read();
    CHECK(bench.model.is_gone());
    CHECK(bench.model.lines().empty());
    CHECK(press(bench.model, KeyKind::enter) == Wish::nothing);
}

TEST_CASE("connections of a real server, by its filter", "[top]")
{
    Bench bench;
    Connection connection;
    connection.protocol = 6;
    connection.virtual_server = std::get<AddressServiceKey>(web(1)).endpoint;
    connection.real_server = server(1);
    connection.state = "ESTABLISHED";
    for (std::uint16_t port = 1; port <= 3; port++) {
        connection.client = {Address::v4(0xc6336401), port};
        bench.state.connections.push_back(connection);
    }
    connection.real_server = server(2);
    bench.state.connections.push_back(connection);
    press(bench.model, KeyKind::enter);
    bench.read();
    press(bench.model, KeyKind::enter);
    bench.read();
    CHECK(bench.model.connection_count() == 3);
    CHECK(bench.state.last_filter.real_server.port == std::uint16_t{8080});
    CHECK(bench.state.last_filter.virtual_server.port == std::uint16_t{80});
    CHECK(type(bench.model, "/:2") == Wish::read);
    bench.read();
    CHECK(bench.model.connection_count() == 1);
    CHECK(names(bench.model) == "TCP 198.51.100.1:2 ");
}

TEST_CASE("connections of a firewall mark are those that say so", "[top]")
{
    CHECK(filter_for(FwmarkServiceKey{7, Family::inet}, server(1)).protocol == std::nullopt);
    FakeState state;
    Connection connection;
    connection.real_server = server(1);
    for (const std::optional<std::uint32_t> mark :
         {std::optional<std::uint32_t>(7), std::optional<std::uint32_t>(8), {}}) {
        connection.fwmark = mark;
        state.connections.push_back(connection);
    }
    TableEntry marked = entry(1, 0);
    marked.service.key = FwmarkServiceKey{7, Family::inet};
    state.services = {marked};
    Model model(1000ms);
    const auto kernel = make_fake_kernel(state);
    model.open_service(marked.service.key);
    REQUIRE(tool::top::read(model, *kernel, 0ms));
    press(model, KeyKind::enter);
    REQUIRE(tool::top::read(model, *kernel, 0ms));
    CHECK(model.connection_count() == 2);
}

TEST_CASE("only what is shown is asked for", "[top]")
{
    Bench bench;
    bench.state.services.clear();
    for (std::uint32_t i = 1; i <= 200; i++) {
        bench.state.services.push_back(entry(i, i));
    }
    bench.state.requests = 0;
    bench.read();
    CHECK(bench.state.requests == 1 + 10); // services, and loads of those in view
    CHECK_FALSE(bench.state.last_query.statistics);
    bench.state.requests = 0;
    REQUIRE(read_loads(bench.model, *bench.kernel));
    CHECK(bench.state.requests == 0);
    press(bench.model, KeyKind::page_down);
    REQUIRE(read_loads(bench.model, *bench.kernel));
    CHECK(bench.state.requests == 1); // one has come into view
    CHECK(type(bench.model, "7") == Wish::read);
    bench.state.requests = 0;
    bench.read();
    CHECK(bench.state.requests == 1); // the table has it all
    CHECK(bench.model.lines()[0]->load->active == 30 + 2 * 200);
    CHECK(bench.model.total().load->weight == 600);
}

TEST_CASE("a failure is shown until a reading succeeds", "[top]")
{
    Bench bench;
    bench.state.error = kernel_error(1);
    CHECK_FALSE(tool::top::read(bench.model, *bench.kernel, bench.now));
    bench.model.fail("no");
    CHECK(bench.model.problem() == "no");
    CHECK(bench.model.lines().size() == 3);
    bench.state.error.reset();
    bench.read();
    CHECK(bench.model.problem().empty());
}

TEST_CASE("keys: pause, help, quit", "[top]")
{
    Bench bench;
    CHECK(type(bench.model, " ") == Wish::nothing);
    CHECK(bench.model.paused());
    CHECK(type(bench.model, "p") == Wish::read);
    CHECK_FALSE(bench.model.paused());
    type(bench.model, "?");
    CHECK(bench.model.mode() == Mode::help);
    CHECK(type(bench.model, "q") == Wish::nothing);
    CHECK(bench.model.mode() == Mode::list);
    CHECK(type(bench.model, "x") == Wish::nothing);
    CHECK(type(bench.model, "q") == Wish::quit);
}

TEST_CASE("the command line of top", "[top]")
{
    FakeState state;
    FakeNames names;
    CHECK(run_tool({"ipvsctl", "top"}, state, names).status == 0);
    CHECK(state.watched->pace == 2);
    CHECK_FALSE(state.watched->service);
    CHECK(run_tool(split_words("ipvsctl top -t 192.0.2.1:80 --interval 10"), state, names).status ==
          0);
    CHECK(state.watched->pace == 10);
    CHECK(state.watched->service == web(1));
    CHECK(run_tool(split_words("ipvsctl top --interval 0"), state, names).err ==
          "illegal interval specified\n");
    CHECK(run_tool(split_words("ipvsctl top -s rr"), state, names).status == 2);
    CHECK(run_tool(split_words("ipvsctl tpo"), state, names)
              .err.starts_with("no such command: tpo; did you mean top?\n"));
    state.input = "top\n";
    state.watched.reset();
    CHECK(run_tool({"ipvsctl", "-R"}, state, names).status == 255);
    CHECK_FALSE(state.watched);
}
