// SPDX-License-Identifier: GPL-2.0-or-later
#include "run.hpp"

#include "../render/render.hpp"
#include "connections.hpp"
#include "list.hpp"

namespace ipvsctl::tool {

namespace {

Result<Report> change(const Command &command, Kernel &kernel)
{
    kernel.post(command);
    auto failures = kernel.settle();
    if (!failures) {
        return std::move(failures).error();
    }
    if (!failures->empty()) {
        return std::move(failures->front().error);
    }
    return Report(Silence{});
}

} // namespace

bool needs_kernel(const Command &command) noexcept
{
    return !std::holds_alternative<ShowHelp>(command) &&
           !std::holds_alternative<ShowVersion>(command) &&
           !std::holds_alternative<ShowCompletion>(command);
}

Output output_of(const Command &command)
{
    const auto visitor = [](const auto &any) {
        if constexpr (requires { any.output; }) {
            return any.output;
        } else {
            return Output::text;
        }
    };
    return std::visit(visitor, command);
}

Report answer(const Command &command)
{
    const Overloaded visitor{
        [](const ShowHelp &help) { return Report(help); },
        [](const ShowVersion &) { return Report(Version{}); },
        [](const ShowCompletion &) { return Report(Completion{}); },
        [](const auto &) { return Report(Silence{}); },
    };
    return std::visit(visitor, command);
}

bool is_change(const Command &command)
{
    const Overloaded visitor{
        [](const AddService &) { return true; },    [](const EditService &) { return true; },
        [](const DeleteService &) { return true; }, [](const AddServer &) { return true; },
        [](const EditServer &) { return true; },    [](const DeleteServer &) { return true; },
        [](const Clear &) { return true; },         [](const Zero &) { return true; },
        [](const SetTimeouts &) { return true; },   [](const StartDaemon &) { return true; },
        [](const StopDaemon &) { return true; },    [](const auto &) { return false; },
    };
    return std::visit(visitor, command);
}

Result<Report> run(const Command &command, Kernel &kernel)
{
    if (is_change(command)) {
        return change(command, kernel);
    }
    const Overloaded visitor{
        [&](const ListTable &list) { return list_table(list, kernel); },
        [&](const Save &save) { return save_table(save, kernel); },
        [&](const ListTimeouts &) { return list_timeouts(kernel); },
        [&](const ListCounters &) { return list_counters(kernel); },
        [&](const ListDaemons &) { return list_daemons(kernel); },
        [&](const ListMetrics &) { return list_metrics(kernel); },
        [&](const ShowLimits &) { return list_limits(kernel); },
        [&](const FlushConnections &flush) {
            return kernel.end_connections(flush.filter).transform([](std::uint32_t count) {
                return Report(EndedConnections{count});
            });
        },
        [&](const auto &) { return Result<Report>(answer(command)); },
    };
    return std::visit(visitor, command);
}

Result<void> show(const Command &command, Kernel &kernel, const Surroundings &surroundings)
{
    if (const auto *list = std::get_if<ListConnections>(&command)) {
        return list_connections(*list, kernel, surroundings);
    }
    const bool of_table = std::holds_alternative<ListTable>(command) ||
                          std::holds_alternative<Save>(command) ||
                          std::holds_alternative<ListMetrics>(command);
    return run(command, kernel).transform([&](const Report &report) {
        if (of_table) {
            warn_if_changing(kernel, surroundings);
        }
        render(surroundings.out, report, output_of(command), surroundings.names);
    });
}

} // namespace ipvsctl::tool
