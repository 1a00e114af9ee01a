// SPDX-License-Identifier: GPL-2.0-or-later
#include "restore.hpp"

#include "../messages.hpp"
#include "../options.hpp"
#include "../parse.hpp"
#include "../render/render.hpp"
#include "connections.hpp"
#include "run.hpp"

#include <algorithm>

namespace ipvsctl::tool {

namespace {

constexpr std::size_t chunk_size = std::size_t{64} << 10;
constexpr std::string_view blanks = " \t\r";

// Changes are queued, and carried out when there is no more input at hand, or something else is
// to be done: so what a line says happens before the next line is waited for, and in its order.
class Restorer {
public:
    Restorer(const Restore &command, Voice voice, Kernel &kernel, const Surroundings &surroundings)
        : words_{command.program}, voice_(voice), kernel_(kernel), surroundings_(surroundings)
    {}

    int run();

private:
    // A change that is queued.
    struct Pending {
        std::size_t line;
        Deed deed;
    };

    void read_lines(std::string_view &text);
    void line(std::string_view text);
    std::size_t split(std::string_view text);
    Result<RawOptions> read_words(std::size_t count);
    void carry_out(const Command &command);
    void settle();
    void say(std::size_t line, const std::string &message);
    void end(int status);

    std::vector<std::string> words_; // grows, so that their memory is used again
    Voice voice_;
    Kernel &kernel_;
    const Surroundings &surroundings_;
    std::vector<Pending> pending_;
    std::size_t number_ = 0; // of the line
    int status_ = exit_success;
    bool ended_ = false; // by a line that nothing may follow
};

int Restorer::run()
{
    std::string text;
    std::vector<char> chunk(chunk_size);
    while (!ended_) {
        const std::size_t size = surroundings_.read(chunk);
        if (size == 0) {
            break;
        }
        text.append(chunk.data(), size);
        std::string_view rest = text;
        read_lines(rest);
        text.erase(0, text.size() - rest.size());
        settle();
    }
    if (!ended_ && !text.empty()) {
        line(text);
        settle();
    }
    return status_;
}

// Leaves what has no end of line yet.
void Restorer::read_lines(std::string_view &text)
{
    while (!ended_) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) {
            return;
        }
        line(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
}

void Restorer::end(int status)
{
    status_ = status;
    ended_ = true;
}

// By its own name the program says which line it means.
void Restorer::say(std::size_t line, const std::string &message)
{
    if (voice_ == Voice::ipvsctl) {
        surroundings_.err << "line " << line << ": ";
    }
    surroundings_.err << message << '\n';
}

// Returns the number of words, the program's name included.
std::size_t Restorer::split(std::string_view text)
{
    std::size_t count = 1;
    for (;;) {
        text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
        if (text.empty()) {
            return count;
        }
        const auto word = text.substr(0, text.find_first_of(blanks));
        text.remove_prefix(word.size());
        if (word == "ipvsadm" || (voice_ == Voice::ipvsctl && count == 1 && word == "ipvsctl")) {
            continue;
        }
        if (count == words_.size()) {
            words_.emplace_back();
        }
        words_[count++].assign(word);
    }
}

Result<RawOptions> Restorer::read_words(std::size_t count)
{
    const auto words = std::span<const std::string>(words_).first(count);
    auto plain = read_plain_options(words, voice_);
    auto raw = plain ? Result<RawOptions>(std::move(*plain)) : read_options(words, voice_);
    // Standard input is being read already.
    if (raw && (raw->command == CommandId::restore || raw->command == CommandId::watch_table)) {
        return parse_error(try_help(words_.front()));
    }
    return raw;
}

void Restorer::line(std::string_view text)
{
    number_++;
    if (voice_ == Voice::ipvsctl && text.starts_with('#')) {
        return;
    }
    const std::size_t count = split(text);
    if (count == 1) {
        return;
    }
    const auto raw = read_words(count);
    if (!raw) {
        settle();
        say(number_, raw.error().message);
        return end(exit_failed);
    }
    const auto command = parse(*raw, surroundings_.names);
    if (!command) {
        settle();
        say(number_, command.error().message);
        status_ = usage_status(command.error());
        ended_ = status_ == exit_refused;
        return;
    }
    status_ = exit_success;
    if (is_change(*command)) {
        kernel_.post(*command);
        pending_.push_back({number_, deed_of(*command)});
        return;
    }
    settle();
    if (!ended_) {
        carry_out(*command);
    }
}

// Anything but a change.
void Restorer::carry_out(const Command &command)
{
    if (!needs_kernel(command)) {
        render(surroundings_.out, answer(command), output_of(command), surroundings_.names);
        return end(exit_success);
    }
    Result<void> done;
    if (const auto *list = std::get_if<ListConnections>(&command)) {
        done = list_connections(*list, kernel_, surroundings_);
    } else {
        done = tool::run(command, kernel_).transform([&](const Report &report) {
            render(surroundings_.out, report, output_of(command), surroundings_.names);
        });
    }
    if (!done) {
        say(number_, kernel_message(deed_of(command), done.error(), voice_));
        end(kernel_status(command));
    }
}

void Restorer::settle()
{
    if (pending_.empty()) {
        return;
    }
    const auto failures = kernel_.settle();
    if (!failures) {
        say(pending_.front().line, kernel_message(Deed::other, failures.error(), voice_));
        end(exit_failed);
    } else {
        for (const BatchFailure &failure : *failures) {
            const Pending &change = pending_[failure.index];
            say(change.line, kernel_message(change.deed, failure.error, voice_));
            if (change.line == number_) {
                status_ = exit_failed;
            }
        }
    }
    pending_.clear();
}

} // namespace

int restore(const Restore &command, Voice voice, Kernel &kernel, const Surroundings &surroundings)
{
    return Restorer(command, voice, kernel, surroundings).run();
}

} // namespace ipvsctl::tool
