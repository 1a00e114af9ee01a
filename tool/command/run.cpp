// SPDX-License-Identifier: GPL-2.0-or-later
#include "run.hpp"

#include "list.hpp"

namespace ipvsctl::tool {

namespace {

Result<Report> silently(Result<void> outcome)
{
    return std::move(outcome).transform([] { return Report(Silence{}); });
}

} // namespace

bool needs_kernel(const Command &command) noexcept
{
    return !std::holds_alternative<ShowHelp>(command) &&
           !std::holds_alternative<ShowVersion>(command);
}

Report answer(const Command &command)
{
    if (const auto *help = std::get_if<ShowHelp>(&command)) {
        return Help{help->program};
    }
    if (std::holds_alternative<ShowVersion>(command)) {
        return Version{};
    }
    return Silence{};
}

Result<Report> run(const Command &command, Kernel &kernel)
{
    const Overloaded visitor{
        [&](const AddService &add) { return silently(kernel.add_service(add.key, add.config)); },
        [&](const EditService &edit) {
            return silently(kernel.edit_service(edit.key, edit.config));
        },
        [&](const DeleteService &del) { return silently(kernel.delete_service(del.key)); },
        [&](const AddServer &add) {
            return silently(kernel.add_destination(add.service, add.config));
        },
        [&](const EditServer &edit) {
            return silently(kernel.edit_destination(edit.service, edit.config));
        },
        [&](const DeleteServer &del) {
            return silently(kernel.delete_destination(del.service, del.endpoint));
        },
        [&](const Clear &) { return silently(kernel.flush()); },
        [&](const Zero &zero) { return silently(kernel.zero(zero.service)); },
        [&](const ListTable &list) { return list_table(list, kernel); },
        [&](const ListTimeouts &) { return list_timeouts(kernel); },
        [&](const SetTimeouts &set) { return silently(kernel.set_timeouts(set.timeouts)); },
        [&](const ListCounters &) { return list_counters(kernel); },
        [&](const ShowHelp &) { return Result<Report>(answer(command)); },
        [&](const ShowVersion &) { return Result<Report>(answer(command)); },
    };
    return std::visit(visitor, command);
}

} // namespace ipvsctl::tool
