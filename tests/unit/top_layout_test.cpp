// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What top shows: tests/golden/top/screens.in has a model and its screens' sizes a line each,
 * screens.out the screens. GOLDEN_UPDATE=1 writes it again.
 *
 *   read CONNECTIONS...  a reading two seconds later, with so many connections more of each service
 *   type TEXT            keys; \r is Enter, \e Escape
 *   fail TEXT            reading failed
 *   screen WIDTH HEIGHT [ascii]
 *   styles WIDTH HEIGHT  a letter for each cell instead of its character
 */
#include "top_support.hpp"

#include "tool/top/keys.hpp"
#include "tool/top/read.hpp"
#include "tool/top/text.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

using namespace ipvsctl;
using namespace ipvsctl::test;
using namespace ipvsctl::tool::top;

namespace {

class Player {
public:
    Player()
    {
        state_.info.connections = 1234;
        state_.info.connection_limit = 1048576;
        state_.services = {entry(1, 0), entry(2, 0), entry(3, 0)};
        TableEntry long_name = entry(4, 0);
        long_name.service.key = AddressServiceKey{
            Protocol::udp, Endpoint::parse("[2001:db8:1:2:3:4:5:6]:65535").value()};
        state_.services.push_back(long_name);
        Connection connection;
        connection.protocol = 6;
        connection.virtual_server = std::get<AddressServiceKey>(web(1)).endpoint;
        connection.real_server = server(2);
        connection.state = "ESTABLISHED";
        for (std::uint16_t port = 1; port <= 12; port++) {
            connection.client = {Address::v4(0xc6336400U + port), port};
            connection.expires = port * 75U;
            state_.connections.push_back(connection);
        }
    }

    void play(std::istream &in)
    {
        std::string word;
        in >> word;
        if (word == "read") {
            read(in);
        } else if (word == "type") {
            type(in);
        } else if (word == "fail") {
            std::string text;
            std::getline(in >> std::ws, text);
            model_.fail(text);
        } else if (word == "screen" || word == "styles") {
            show(in, word == "styles");
        } else {
            FAIL("unknown word " << word);
        }
    }

    std::string out;

private:
    void read(std::istream &in)
    {
        for (auto &entry : state_.services) {
            std::uint64_t more = 0;
            in >> more;
            entry.service.stats = counted(entry.service.stats.connections + more);
            for (auto &server : entry.destinations) {
                server.stats = counted(server.stats.connections + more / 2);
            }
        }
        now_ += 2000ms;
        REQUIRE(tool::top::read(model_, *kernel_, now_));
    }

    void type(std::istream &in)
    {
        std::string text;
        in >> text;
        for (std::size_t i = 0; i < text.size(); i++) {
            Key key{KeyKind::letter, text[i]};
            if (text[i] == '\\') {
                key = {text[++i] == 'r' ? KeyKind::enter : KeyKind::escape, '\0'};
            }
            if (press(model_, key) == Wish::read) {
                REQUIRE(tool::top::read(model_, *kernel_, now_));
            }
        }
    }

    void show(std::istream &in, bool styles)
    {
        Size size;
        std::string glyphs;
        in >> size.width >> size.height >> glyphs;
        model_.set_page(page_of(model_, size));
        REQUIRE(read_loads(model_, *kernel_));
        auto rows = lay_out(model_, size, glyphs == "ascii" ? Glyphs::ascii : Glyphs::blocks);
        CHECK(rows.size() <= size.height);
        for (Row &row : rows) {
            std::size_t width = 0;
            for (Piece &piece : row) {
                width += cells(piece.text);
                if (styles) {
                    piece.text.assign(cells(piece.text),
                                      ".THStqcmph"[static_cast<std::size_t>(piece.style)]);
                }
            }
            CHECK(width <= size.width);
        }
        out += text_of(rows);
    }

    FakeState state_;
    std::unique_ptr<tool::Kernel> kernel_ = make_fake_kernel(state_);
    Model model_{2000ms};
    Moment now_ = 0ms;
};

} // namespace

TEST_CASE("screens", "[top]")
{
    std::ifstream in("tests/golden/top/screens.in");
    REQUIRE(in);
    Player player;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        player.out += "$ " + line + '\n';
        std::istringstream words(line);
        player.play(words);
    }
    const std::string path = "tests/golden/top/screens.out";
    if (std::getenv("GOLDEN_UPDATE")) {
        std::ofstream(path) << player.out;
    }
    std::ifstream expected(path);
    std::ostringstream text;
    text << expected.rdbuf();
    CHECK(player.out == text.str());
}

TEST_CASE("numbers have five digits at most", "[top]")
{
    const std::vector<std::pair<double, std::string>> known{
        {0, "0"},
        {0.04, "0"},
        {0.26, "0.3"},
        {1, "1"},
        {9.94, "9.9"},
        {9.96, "10"},
        {123.4, "123"},
        {99999, "99999"},
        {99999.6, "100k"},
        {999499, "999k"},
        {999500, "1.00M"},
        {12345678, "12.3M"},
        {99949999, "99.9M"},
        {99950000, "100M"},
        {1.8446744e19, "18.4E"},
    };
    for (const auto &[number, text] : known) {
        CHECK(short_number(number) == text);
    }
    for (double number = 1e-3; number < 1.9e19; number *= 1.0137) {
        CAPTURE(number);
        CHECK(short_number(number).size() <= 5);
    }
}

TEST_CASE("bars: the highest part has the highest, nothing but zero the lowest", "[top]")
{
    CHECK(sparkline(std::vector<double>{-1, 0, 1, 50, 100}, Glyphs::ascii) == " _.=#");
    CHECK(sparkline(std::vector<double>{-1, 0, 1, 50, 100}, Glyphs::blocks) == " ▁▂▅█");
    CHECK(sparkline(std::vector<double>{0, 0}, Glyphs::ascii) == "__");
    CHECK(sparkline({}, Glyphs::ascii).empty());
}

TEST_CASE("durations", "[top]")
{
    CHECK(duration(0) == "00:00");
    CHECK(duration(61) == "01:01");
    CHECK(duration(3600 + 59) == "60:59");
}
