// SPDX-License-Identifier: GPL-2.0-or-later
#include "app.hpp"

#include "command/apply.hpp"
#include "command/monitor.hpp"
#include "command/restore.hpp"
#include "command/run.hpp"
#include "command/watch.hpp"
#include "messages.hpp"
#include "options.hpp"
#include "parse.hpp"
#include "render/render.hpp"

#include <algorithm>
#include <cerrno>

namespace ipvsctl::tool {

namespace {

std::string_view base_name(std::string_view program) noexcept
{
    const auto slash = program.rfind('/');
    return slash == std::string_view::npos ? program : program.substr(slash + 1);
}

int fail(const Surroundings &surroundings, const std::string &message, int status)
{
    surroundings.err << message << '\n';
    return status;
}

Result<std::unique_ptr<Kernel>> open_checked(const Surroundings &surroundings)
{
    auto kernel = surroundings.open_kernel();
    if (!kernel) {
        return kernel;
    }
    // Asking for the version first tells a lack of rights from a refusal of this very command.
    if (auto info = (*kernel)->info(); !info) {
        return std::move(info).error();
    }
    return kernel;
}

// Returns the exit status.
int judge(const Command &command, Voice voice, const Result<void> &done,
          const Surroundings &surroundings)
{
    if (done) {
        return exit_success;
    }
    return fail(surroundings, kernel_message(deed_of(command), done.error(), voice),
                kernel_status(command));
}

int show_once(const Command &command, Voice voice, Kernel &kernel, const Surroundings &surroundings)
{
    return judge(command, voice, tool::show(command, kernel, surroundings), surroundings);
}

int show_again(std::chrono::seconds interval, const Command &command, Voice voice, Kernel &kernel,
               const Surroundings &surroundings)
{
    const Output output = output_of(command);
    CounterWatch counters(kernel, surroundings.clock);
    const auto next_counters = [&] {
        const auto done = counters.next().transform([&](const Report &report) {
            render(surroundings.out, report, output, surroundings.names);
        });
        return judge(command, voice, done, surroundings);
    };
    const auto once = [&] { return show_once(command, voice, kernel, surroundings); };
    if (std::holds_alternative<ListCounters>(command)) {
        return watch(interval, output, surroundings, next_counters);
    }
    return watch(interval, output, surroundings, once);
}

int carry_out(const Command &command, Voice voice, const Surroundings &surroundings)
{
    auto kernel = open_checked(surroundings);
    if (!kernel) {
        return fail(surroundings, init_message(kernel.error(), voice), exit_refused);
    }
    if (const auto *watch = std::get_if<WatchTable>(&command)) {
        return surroundings.watch(*watch, std::move(*kernel));
    }
    if (const auto *lines = std::get_if<Restore>(&command)) {
        return restore(*lines, voice, **kernel, surroundings);
    }
    if (const auto *save = std::get_if<SaveConfig>(&command)) {
        return save_config(*save, **kernel, surroundings);
    }
    if (const auto interval = interval_of(command)) {
        return show_again(*interval, command, voice, **kernel, surroundings);
    }
    return show_once(command, voice, **kernel, surroundings);
}

// What is wrong in the file is told before the kernel is asked for anything.
int run_apply(const Apply &command, const Surroundings &surroundings)
{
    const auto config = read_wanted(command, surroundings);
    if (!config) {
        return fail(surroundings, config.error().message, exit_refused);
    }
    const auto kernel = open_checked(surroundings);
    if (!kernel) {
        return fail(surroundings, init_message(kernel.error(), Voice::ipvsctl), exit_refused);
    }
    return apply(command, *config, **kernel, surroundings);
}

int run_monitor(const Watch &command, Voice voice, const Surroundings &surroundings)
{
    const auto events = surroundings.open_events(command);
    if (!events && events.error().code == EOPNOTSUPP) {
        return fail(surroundings, kernel_message(Deed::other, events.error(), voice), exit_failed);
    }
    if (!events) {
        return fail(surroundings, init_message(events.error(), voice), exit_refused);
    }
    const auto end = monitor(command, **events, surroundings);
    return end ? exit_success
               : fail(surroundings, kernel_message(Deed::other, end.error(), voice),
                      exit_listing_failed);
}

int run_line(std::span<const std::string> words, Voice voice, const Surroundings &surroundings)
{
    const auto command = read_options(words, voice).and_then([&](const RawOptions &raw) {
        return parse(raw, surroundings.names);
    });
    if (!command) {
        const Error &error = command.error();
        return fail(surroundings, error.message, usage_status(error));
    }
    if (!needs_kernel(*command)) {
        render(surroundings.out, answer(*command), output_of(*command), surroundings.names);
        return exit_success;
    }
    if (const auto *wanted = std::get_if<Apply>(&*command)) {
        return run_apply(*wanted, surroundings);
    }
    if (const auto *events = std::get_if<Watch>(&*command)) {
        return run_monitor(*events, voice, surroundings);
    }
    return carry_out(*command, voice, surroundings);
}

// ipvsadm-save knows -n, and shows its help for any other option.
int run_save(std::span<const std::string> words, const Surroundings &surroundings)
{
    Save save;
    save.own_words = false;
    for (const auto &word : words.subspan(1)) {
        if (word == "-n") {
            save.format.numeric = true;
        } else if (word.starts_with('-')) {
            surroundings.err << base_name(words[0])
                             << ": Script to save the IPVS table to stdout.\n"
                                "   With the -n option, prints out the table in numeric format.\n";
            return exit_listing_failed;
        }
    }
    return carry_out(save, Voice::ipvsadm, surroundings);
}

// Lines that begin with # are comments.
std::string without_comments(std::string_view text)
{
    std::string kept;
    for (std::string_view rest = text; !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        if (!line.starts_with('#')) {
            kept += line;
            kept += '\n';
        }
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    return kept;
}

// ipvsadm-restore replaces the table. All of the input comes first, as it may come from a program
// that still reads the table.
int run_restore(const Surroundings &surroundings)
{
    const std::string text = without_comments(read_all(surroundings));
    const auto kernel = open_checked(surroundings);
    if (!kernel) {
        return fail(surroundings, init_message(kernel.error(), Voice::ipvsadm), exit_refused);
    }
    (void)show_once(Clear{}, Voice::ipvsadm, **kernel, surroundings);
    std::string_view rest = text;
    Surroundings inner = surroundings;
    inner.read = [&](std::span<char> room) {
        const std::size_t size = rest.copy(room.data(), room.size());
        rest.remove_prefix(size);
        return size;
    };
    return restore({"ipvsadm"}, Voice::ipvsadm, **kernel, inner);
}

} // namespace

int run_program(std::span<const std::string> words, const Surroundings &surroundings)
{
    const auto name = words.empty() ? std::string_view() : base_name(words.front());
    if (name == "ipvsadm-save") {
        return run_save(words, surroundings);
    }
    if (name == "ipvsadm-restore") {
        return run_restore(surroundings);
    }
    return run_line(words, name == "ipvsadm" ? Voice::ipvsadm : Voice::ipvsctl, surroundings);
}

} // namespace ipvsctl::tool
