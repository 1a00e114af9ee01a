// SPDX-License-Identifier: GPL-2.0-or-later
#include "restore.hpp"

#include "../block.hpp"
#include "../line.hpp"
#include "../messages.hpp"
#include "../parse.hpp"
#include "restore_whole.hpp"
#include "run.hpp"

namespace ipvsctl::tool {

namespace {

// Changes are queued, and carried out when there is no more input at hand, or something else is
// to be done: so what a line says happens before the next line is waited for, and in its order.
class Restorer {
public:
    Restorer(const Restore &command, Voice voice, Kernel &kernel, const Surroundings &surroundings)
        : reader_(command.program, voice), voice_(voice), kernel_(kernel),
          surroundings_(surroundings)
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
    void carry_out(const Command &command);
    void settle();
    void say(std::size_t line, const std::string &message);
    void end(int status);

    LineReader reader_;
    Voice voice_;
    Kernel &kernel_;
    const Surroundings &surroundings_;
    std::vector<Pending> pending_;
    std::size_t number_ = 0;       // of the line
    std::size_t last_command_ = 0; // the line of the last command so far
    int status_ = exit_success;
    bool ended_ = false; // by a line that nothing may follow
};

int Restorer::run()
{
    std::string text;
    std::vector<char> chunk(block_size);
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

void Restorer::line(std::string_view text)
{
    number_++;
    if (voice_ == Voice::ipvsctl && text.starts_with('#')) {
        return;
    }
    const auto raw = reader_.read(text);
    if (!raw) {
        return;
    }
    last_command_ = number_;
    if (!*raw) {
        settle();
        say(number_, raw->error().message);
        return end(exit_failed);
    }
    const auto command = parse(**raw, surroundings_.names);
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
    const auto done = show(command, kernel_, surroundings_);
    if (done && !needs_kernel(command)) {
        return end(exit_success);
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
            if (change.line == last_command_) {
                status_ = exit_failed;
            }
        }
    }
    pending_.clear();
}

} // namespace

int restore(const Restore &command, Voice voice, Kernel &kernel, const Surroundings &surroundings)
{
    if (voice == Voice::ipvsctl) {
        if (const auto info = kernel.info(); info && info->generation) {
            return restore_whole(command, kernel, surroundings);
        }
    }
    return Restorer(command, voice, kernel, surroundings).run();
}

} // namespace ipvsctl::tool
