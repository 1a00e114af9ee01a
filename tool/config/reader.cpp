// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader.hpp"

#include "../draft.hpp"
#include "../line.hpp"
#include "../nearest.hpp"
#include "../option_table.hpp"
#include "../parse.hpp"
#include "builder.hpp"
#include "quick.hpp"
#include "scanner.hpp"
#include "words.hpp"

#include <algorithm>
#include <span>

namespace ipvsctl::tool {

namespace {

constexpr std::string_view program = "ipvsctl";

// An option of a statement; its value is a part of the text.
struct Setting {
    OptionId id{};
    std::optional<std::string_view> value;
    std::uint32_t line = 0;
};
using Settings = std::vector<Setting>;

RawOptions raw_options(CommandId command, std::span<const Setting> settings)
{
    RawOptions raw;
    raw.program = program;
    raw.command = command;
    for (const Setting &setting : settings) {
        raw.options.push_back({setting.id, {}});
        if (setting.value) {
            raw.options.back().value.emplace(*setting.value);
        }
    }
    return raw;
}

class ConfigReader {
public:
    ConfigReader(std::string_view file, std::string_view text, Names &names)
        : file_(file), scanner_(text), names_(names), builder_(file),
          lines_(std::string(program), Voice::ipvsctl)
    {}

    Result<Config> read();

private:
    Error wrong(std::string_view sentence) const { return error_at(file_, line_, sentence); }
    Error misplaced(std::string_view wanted) const;

    Result<void> named();
    Result<void> rule();
    bool like_the_last(std::string_view line);
    bool quick_rule(std::string_view line);
    Result<void> slow_rule(std::string_view line);
    Result<void> add(const Command &command);

    Result<void> block();
    Result<void> block_name();
    Result<ServiceKey> block_key();
    Result<void> block_body();
    Result<ServiceConfig> block_config();
    Result<void> statement();
    Result<void> server();
    Result<void> setting(CommandId command, std::string_view word, Settings &settings);

    Result<Command> slow(CommandId command, std::span<const Setting> settings) const;
    std::uint32_t line_of_mistake(CommandId command, std::span<const Setting> settings) const;

    std::string_view file_;
    Scanner scanner_;
    Names &names_;
    ConfigBuilder builder_;
    LineReader lines_;
    QuickRule rule_;
    // The rule before, if it was a real server's: what was in front of its address, and behind it.
    std::string_view head_;
    std::string_view tail_;
    std::uint32_t line_ = 1; // of the statement
    Settings service_;       // of the block: its name, and from name_size_ on what it is like
    std::size_t name_size_ = 0;
    ServiceKey key_;
    Settings server_;
};

// What stands where it cannot: a mark, the end, or a word.
Error ConfigReader::misplaced(std::string_view wanted) const
{
    Scanner ahead = scanner_;
    if (ahead.at_end()) {
        return wrong("the file ends in the middle of a service");
    }
    if (ahead.peek() == '\n') {
        return wrong("the line ends too early");
    }
    const auto word = ahead.word();
    return wrong("unexpected `" +
                 (word.empty() ? std::string(1, ahead.peek()) : std::string(word)) +
                 "' in place of " + std::string(wanted));
}

Result<Config> ConfigReader::read()
{
    for (;;) {
        scanner_.skip_lines();
        if (scanner_.at_end()) {
            return std::move(builder_).finish();
        }
        line_ = scanner_.line();
        if (auto done = scanner_.peek() == '-' ? rule() : named(); !done) {
            return done.error();
        }
    }
}

// What begins with a name.
Result<void> ConfigReader::named()
{
    Scanner ahead = scanner_;
    const auto word = ahead.word();
    if (word == program || word == "ipvsadm") {
        return rule();
    }
    if (word == "service") {
        scanner_ = ahead;
        return block();
    }
    return misplaced("`service' or a rule");
}

Result<void> ConfigReader::rule()
{
    const auto line = scanner_.rest_of_line();
    if (!like_the_last(line) && !quick_rule(line)) {
        return slow_rule(line);
    }
    return line[1] == 'A' ? builder_.add_service(rule_.service(), rule_.config(), line_)
                          : builder_.add_server(rule_.service(), rule_.server(), line_);
}

// Real servers of a service often differ in their address alone.
bool ConfigReader::like_the_last(std::string_view line)
{
    if (head_.empty() || !line.starts_with(head_)) {
        return false;
    }
    line.remove_prefix(head_.size());
    if (!line.ends_with(tail_)) {
        return false;
    }
    line.remove_suffix(tail_.size());
    return rule_.take_next(line);
}

// Only what is written in single letters.
bool ConfigReader::quick_rule(std::string_view line)
{
    const auto whole = line;
    std::string_view head;
    std::string_view tail;
    head_ = {};
    const auto command = take_word(line);
    if (command != "-A" && command != "-a") {
        return false;
    }
    rule_.begin(command == "-A" ? CommandId::add_service : CommandId::add_server);
    for (auto word = take_word(line); !word.empty(); word = take_word(line)) {
        const OptionSpec *spec =
            word.size() == 2 && word[0] == '-' ? option_of_letter(word[1]) : nullptr;
        if (!spec) {
            return false;
        }
        std::string_view value;
        auto behind = line;
        if (spec->argument != Argument::none) {
            value = take_word(behind);
        }
        if (spec->argument == Argument::optional && value.starts_with('-')) {
            value = {};
        }
        if (!value.empty()) {
            line = behind;
        }
        if (!rule_.take(spec->id, value)) {
            return false;
        }
        if (spec->id == OptionId::real_server) {
            head = {whole.begin(), value.begin()};
            tail = {value.end(), whole.end()};
        }
    }
    if (!rule_.finish()) {
        return false;
    }
    head_ = head;
    tail_ = tail;
    return true;
}

Result<void> ConfigReader::slow_rule(std::string_view line)
{
    const auto raw = lines_.read(line);
    if (!raw) {
        return {};
    }
    if (!*raw) {
        return wrong(raw->error().message);
    }
    const auto command = parse(**raw, names_);
    return command ? add(*command) : Result<void>(wrong(command.error().message));
}

Result<void> ConfigReader::add(const Command &command)
{
    const Overloaded visitor{
        [&](const AddService &one) { return builder_.add_service(one.key, one.config, line_); },
        [&](const AddServer &one) { return builder_.add_server(one.service, one.config, line_); },
        [&](const Clear &) {
            builder_.clear();
            return Result<void>();
        },
        [&](const auto &) {
            return Result<void>(wrong("of commands, only -A, -a and -C say what the table should "
                                      "be"));
        },
    };
    return std::visit(visitor, command);
}

Result<void> ConfigReader::block()
{
    head_ = {};
    if (auto named = block_name(); !named) {
        return named;
    }
    auto key = block_key();
    if (!key) {
        return key.error();
    }
    key_ = *key;
    scanner_.skip_lines();
    if (scanner_.peek() != '{') {
        return misplaced("`{'");
    }
    scanner_.skip();
    const std::uint32_t first_line = line_;
    if (auto added = builder_.add_service(key_, {}, first_line); !added) {
        return added;
    }
    if (auto done = block_body(); !done) {
        return done;
    }
    line_ = first_line;
    const auto scheduler = std::ranges::find(service_, OptionId::scheduler, &Setting::id);
    const std::uint32_t line = scheduler == service_.end() ? first_line : scheduler->line;
    return block_config().transform(
        [&](ServiceConfig config) { builder_.set_config(std::move(config), line); });
}

// "tcp HOST:PORT", or "fwmark MARK ipv6".
Result<void> ConfigReader::block_name()
{
    service_.clear();
    scanner_.skip_blanks();
    const auto kind = find_kind(Scanner(scanner_).word());
    if (!kind) {
        return misplaced("tcp, udp, sctp or fwmark");
    }
    (void)scanner_.word();
    scanner_.skip_blanks();
    const auto value = scanner_.word();
    if (value.empty()) {
        return misplaced("what the service is known by");
    }
    service_.push_back({*kind, value, line_});
    scanner_.skip_blanks();
    if (*kind == OptionId::fwmark_service && Scanner(scanner_).word() == "ipv6") {
        (void)scanner_.word();
        service_.push_back({OptionId::ipv6, std::nullopt, line_});
    }
    name_size_ = service_.size();
    return {};
}

Result<ServiceKey> ConfigReader::block_key()
{
    rule_.begin(CommandId::add_service);
    if (rule_.take(service_.front().id, *service_.front().value)) {
        return rule_.service();
    }
    const auto named = slow(CommandId::delete_service, service_);
    if (!named) {
        return named.error();
    }
    return std::get<DeleteService>(*named).key;
}

Result<void> ConfigReader::block_body()
{
    for (;;) {
        scanner_.skip_lines();
        line_ = scanner_.line();
        if (scanner_.peek() == '}') {
            scanner_.skip();
            return {};
        }
        if (scanner_.peek() == ';') {
            scanner_.skip();
            continue;
        }
        if (auto done = statement(); !done) {
            return done;
        }
        scanner_.skip_blanks();
        const char end = scanner_.peek();
        if (end != '\n' && end != ';' && end != '}') {
            return misplaced("the end of the line");
        }
    }
}

Result<void> ConfigReader::statement()
{
    Scanner ahead = scanner_;
    const auto word = ahead.word();
    if (word.empty()) {
        return misplaced("a setting");
    }
    scanner_ = ahead;
    return word == "server" ? server() : setting(CommandId::add_service, word, service_);
}

Result<void> ConfigReader::setting(CommandId command, std::string_view word, Settings &settings)
{
    const OptionSpec *spec = find_setting(command, word);
    if (!spec) {
        return wrong("unknown word `" + std::string(word) + "'" +
                     did_you_mean(nearest_setting(command, word)));
    }
    Setting setting{spec->id, std::nullopt, line_};
    if (spec->argument != Argument::none) {
        scanner_.skip_blanks();
        if (const auto value = scanner_.word(); !value.empty()) {
            setting.value = value;
        } else if (spec->argument == Argument::required) {
            return wrong("`" + std::string(word) + "' needs a value");
        }
    }
    settings.push_back(setting);
    return {};
}

Result<void> ConfigReader::server()
{
    scanner_.skip_blanks();
    const auto host = scanner_.word();
    if (host.empty()) {
        return misplaced("an address");
    }
    server_.assign(service_.begin(), service_.begin() + static_cast<std::ptrdiff_t>(name_size_));
    server_.push_back({OptionId::real_server, host, line_});
    for (;;) {
        scanner_.skip_blanks();
        const auto word = scanner_.word();
        if (word.empty()) {
            break;
        }
        if (auto done = setting(CommandId::add_server, word, server_); !done) {
            return done;
        }
    }
    rule_.begin(CommandId::add_server);
    rule_.set_service(key_);
    bool quick = true;
    for (std::size_t i = name_size_; i < server_.size() && quick; i++) {
        quick = rule_.take(server_[i].id, server_[i].value.value_or(std::string_view()));
    }
    if (quick && rule_.finish()) {
        return builder_.add_server(key_, rule_.server(), line_);
    }
    return slow(CommandId::add_server, server_).and_then([&](const Command &one) {
        return add(one);
    });
}

Result<ServiceConfig> ConfigReader::block_config()
{
    rule_.begin(CommandId::add_service);
    bool quick = true;
    for (std::size_t i = 0; i < service_.size() && quick; i++) {
        quick = rule_.take(service_[i].id, service_[i].value.value_or(std::string_view()));
    }
    if (quick && rule_.finish()) {
        return rule_.config();
    }
    return slow(CommandId::add_service, service_).transform([](const Command &command) {
        return std::get<AddService>(command).config;
    });
}

Result<Command> ConfigReader::slow(CommandId command, std::span<const Setting> settings) const
{
    auto parsed = parse(raw_options(command, settings), names_);
    if (!parsed) {
        return error_at(file_, line_of_mistake(command, settings), parsed.error().message);
    }
    return parsed;
}

// The settings of a service are spread over lines: the first that makes no sense counts, or all of
// them where each does by itself.
std::uint32_t ConfigReader::line_of_mistake(CommandId command,
                                            std::span<const Setting> settings) const
{
    for (std::size_t size = 1; size <= settings.size(); size++) {
        if (!make_draft(raw_options(command, settings.first(size)), names_)) {
            return settings[size - 1].line;
        }
    }
    return line_;
}

} // namespace

Result<Config> read_config(std::string_view file, std::string_view text, Names &names)
{
    return ConfigReader(file, text, names).read();
}

} // namespace ipvsctl::tool
