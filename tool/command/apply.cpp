// SPDX-License-Identifier: GPL-2.0-or-later
#include "apply.hpp"

#include "../block.hpp"
#include "../config/builder.hpp"
#include "../config/plan.hpp"
#include "../config/reader.hpp"
#include "../files.hpp"
#include "../messages.hpp"
#include "../render/config.hpp"
#include "../render/plan.hpp"
#include "list.hpp"

#include <cerrno>

namespace ipvsctl::tool {

namespace {

// How often somebody else may be quicker.
constexpr int attempts = 8;

constexpr int exit_same = 0;
constexpr int exit_different = 1;
constexpr int exit_trouble = 2;

// What there is, and since which change.
struct Present {
    std::optional<std::uint64_t> generation;
    std::vector<TableEntry> table;
};

class Applier {
public:
    Applier(const Apply &command, const Config &config, Kernel &kernel,
            const Surroundings &surroundings)
        : command_(command), config_(config), kernel_(kernel), surroundings_(surroundings)
    {}

    int show();
    int carry_out();

private:
    Result<Present> look();
    Result<void> confirm(const Present &present);
    Result<void> commit(const Plan &plan, const Present &present);
    Error explained(const Plan &plan, Error error) const;
    void print(const Plan &plan);
    int fail(const Error &error, int status);

    const Apply &command_;
    const Config &config_;
    Kernel &kernel_;
    const Surroundings &surroundings_;
};

// The generation comes first: if it still is the same when the change is made, then the table that
// was read after it is what there is.
Result<Present> Applier::look()
{
    auto info = kernel_.info();
    if (!info) {
        return std::move(info).error();
    }
    TableQuery query;
    query.statistics = false;
    return kernel_.table(query).transform([&](std::vector<TableEntry> table) {
        return Present{info->generation, std::move(table)};
    });
}

int Applier::show()
{
    const auto present = look();
    if (!present) {
        return fail(present.error(), exit_trouble);
    }
    warn_if_changing(kernel_, surroundings_);
    const Plan plan = make_plan(config_, present->table);
    print(plan);
    return plan.empty() ? exit_same : exit_different;
}

int Applier::carry_out()
{
    for (int i = 0; i < attempts; i++) {
        const auto present = look();
        if (!present) {
            return fail(present.error(), exit_failed);
        }
        const Plan plan = make_plan(config_, present->table);
        const auto done = plan.empty() ? confirm(*present) : commit(plan, *present);
        if (done) {
            print(plan);
            return exit_success;
        }
        if (done.error().code != ESTALE) {
            return fail(done.error(), exit_failed);
        }
    }
    return fail(
        usage_error("nothing was changed: each time, somebody else changed the table first"),
        exit_failed);
}

// Whether the table was as it was read.
Result<void> Applier::confirm(const Present &present)
{
    if (kernel_.table_is_whole()) {
        return {};
    }
    return kernel_.info().and_then([&](const Info &info) -> Result<void> {
        if (info.generation != present.generation) {
            return Error{Domain::kernel, ESTALE, {}, {}};
        }
        return {};
    });
}

Result<void> Applier::commit(const Plan &plan, const Present &present)
{
    if (!present.generation) {
        return usage_error("this needs transactions, which ip_vs has not");
    }
    Transaction transaction = transaction_of(plan);
    transaction.expect_generation(*present.generation);
    auto committed = kernel_.commit(transaction);
    if (!committed) {
        return explained(plan, std::move(committed).error());
    }
    return {};
}

Deed deed_of(const Step &step) noexcept
{
    if (step.of_server) {
        return !step.server      ? Deed::deleting_server
               : step.old_server ? Deed::editing_server
                                 : Deed::adding_server;
    }
    return !step.service      ? Deed::naming_service
           : step.old_service ? Deed::editing_service
                              : Deed::adding_service;
}

// Of the file; 0 where it says nothing of that. Which schedulers there are, only the kernel knows.
std::uint32_t line_of(const Step &step, const Error &error) noexcept
{
    const bool at_scheduler = step.service && error.attribute == "service.sched-name";
    return at_scheduler ? step.service->scheduler_line : step.line();
}

// By its line; what the file does not have, and is deleted for that, by its name.
Error Applier::explained(const Plan &plan, Error error) const
{
    if (!error.item || *error.item >= plan.size()) {
        return error;
    }
    const Step &step = plan[*error.item];
    const std::uint32_t line = line_of(step, error);
    error.item.reset();
    const auto sentence = kernel_message(deed_of(step), error, Voice::ipvsctl);
    return usage_error(line != 0 ? error_at(command_.file, line, sentence).message
                                 : command_.file + ": " + to_string(step.key()) + ": " + sentence);
}

void Applier::print(const Plan &plan)
{
    if (plan.empty() && command_.verbose) {
        surroundings_.out << "nothing to do\n";
    }
    if (command_.quiet) {
        return;
    }
    std::string text;
    PlanRenderer renderer(text);
    for (const Step &step : plan) {
        renderer.step(step);
        if (text.size() >= block_size) {
            surroundings_.out << text;
            text.clear();
        }
    }
    surroundings_.out << text;
}

// What is not the kernel's own has its sentence already.
int Applier::fail(const Error &error, int status)
{
    surroundings_.err << (error.domain == Domain::usage
                              ? error.message
                              : kernel_message(Deed::other, error, Voice::ipvsctl))
                      << '\n';
    return status;
}

} // namespace

Result<Config> read_wanted(const Apply &command, const Surroundings &surroundings)
{
    const auto text =
        command.file == "-" ? Result<std::string>(read_all(surroundings)) : read_file(command.file);
    if (!text) {
        return text.error();
    }
    // Whoever should have written it may have failed. A file has been written by somebody.
    if (text->empty() && command.file == "-") {
        return usage_error("there is nothing on standard input; ipvsctl -C clears the table");
    }
    return read_config(command.file, *text, surroundings.names);
}

int apply(const Apply &command, const Config &config, Kernel &kernel,
          const Surroundings &surroundings)
{
    Applier applier(command, config, kernel, surroundings);
    return command.dry_run ? applier.show() : applier.carry_out();
}

int save_config(const SaveConfig &command, Kernel &kernel, const Surroundings &surroundings)
{
    TableQuery query;
    query.statistics = false;
    auto table = kernel.table(query);
    if (!table) {
        surroundings.err << kernel_message(Deed::other, table.error(), Voice::ipvsctl) << '\n';
        return exit_listing_failed;
    }
    warn_if_changing(kernel, surroundings);
    sort_table(*table);
    std::string text;
    render_config(text, *table);
    if (command.file.empty() || command.file == "-") {
        surroundings.out << text;
        return exit_success;
    }
    if (const auto done = replace_file(command.file, text); !done) {
        surroundings.err << done.error().message << '\n';
        return exit_failed;
    }
    return exit_success;
}

} // namespace ipvsctl::tool
