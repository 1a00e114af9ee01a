// SPDX-License-Identifier: GPL-2.0-or-later
#include "app.hpp"

#include "command/run.hpp"
#include "messages.hpp"
#include "options.hpp"
#include "parse.hpp"
#include "render/render.hpp"

namespace ipvsctl::tool {

namespace {

Voice voice_of(std::string_view program) noexcept
{
    const auto slash = program.rfind('/');
    const auto name = slash == std::string_view::npos ? program : program.substr(slash + 1);
    return name == "ipvsadm" ? Voice::ipvsadm : Voice::ipvsctl;
}

int fail(const Surroundings &surroundings, const std::string &message, int status)
{
    surroundings.err << message << '\n';
    return status;
}

Result<Command> understand(std::span<const std::string> words, Voice voice, Names &names)
{
    const auto verbs = voice == Voice::ipvsadm ? Verbs::refused : Verbs::allowed;
    return read_options(words, verbs).and_then([&](const RawOptions &raw) {
        return parse(raw, names);
    });
}

int carry_out(const Command &command, Voice voice, const Surroundings &surroundings)
{
    const auto kernel = surroundings.open_kernel();
    if (!kernel) {
        return fail(surroundings, init_message(kernel.error(), voice), exit_refused);
    }
    // Asking for the version first tells a lack of rights from a refusal of this very command.
    if (const auto info = (*kernel)->info(); !info) {
        return fail(surroundings, init_message(info.error(), voice), exit_refused);
    }
    const auto report = run(command, **kernel);
    if (!report) {
        return fail(surroundings, kernel_message(command, report.error(), voice),
                    kernel_status(command));
    }
    render(surroundings.out, *report, surroundings.names);
    return exit_success;
}

} // namespace

int run_program(std::span<const std::string> words, const Surroundings &surroundings)
{
    const Voice voice = voice_of(words.empty() ? std::string_view() : words.front());
    const auto command = understand(words, voice, surroundings.names);
    if (!command) {
        const Error &error = command.error();
        return fail(surroundings, error.message, usage_status(error));
    }
    if (!needs_kernel(*command)) {
        render(surroundings.out, answer(*command), surroundings.names);
        return exit_success;
    }
    return carry_out(*command, voice, surroundings);
}

} // namespace ipvsctl::tool
