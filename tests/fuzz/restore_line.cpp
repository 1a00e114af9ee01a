// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Lines of a saved table: the quick reader must understand what it takes as popt does, and a
 * whole restore must end with one of the statuses that there are.
 */
#include "../../tool/app.hpp"
#include "../../tool/options.hpp"
#include "input.hpp"
#include "no_names.hpp"

#include <sstream>

using namespace ipvsctl;

namespace {

// Accepts everything and has nothing.
class EmptyKernel final : public tool::Kernel {
public:
    explicit EmptyKernel(bool has_transactions) : has_transactions_(has_transactions) {}

    Result<Info> info() override
    {
        Info info;
        if (has_transactions_)
            info.generation = 1;
        return info;
    }
    Result<std::vector<TableEntry>> table(const TableQuery &) override
    {
        return std::vector<TableEntry>();
    }
    Result<Limits> limits() override { return Limits{}; }
    Result<std::vector<Service>> services() override { return std::vector<Service>(); }
    Result<Timeouts> timeouts() override { return Timeouts{}; }
    Result<std::vector<Counter>> counters() override { return std::vector<Counter>(); }
    Result<std::vector<SyncDaemon>> daemons() override { return std::vector<SyncDaemon>(); }
    Result<void> connections(const ConnectionFilter &, const ConnectionVisitor &) override
    {
        return {};
    }
    Result<std::uint32_t> end_connections(const ConnectionFilter &) override
    {
        return std::uint32_t{0};
    }
    Result<CommitResult> commit(const Transaction &) override { return CommitResult{}; }
    void post(const tool::Command &) override {}
    Result<std::vector<BatchFailure>> settle() override { return std::vector<BatchFailure>(); }

private:
    bool has_transactions_;
};

// The user has seen enough after the first time.
class EndingClock final : public tool::Clock {
public:
    Time now() override { return {}; }
    bool wait(std::chrono::seconds) override { return false; }
};

std::vector<std::string> split(std::string_view line)
{
    std::vector<std::string> words{"ipvsctl"};
    std::istringstream in{std::string(line)};
    for (std::string word; in >> word;)
        words.push_back(std::string(word.c_str()));
    return words;
}

void compare(std::string_view line, tool::Voice voice)
{
    const auto words = split(line);
    const auto plain = tool::read_plain_options(words, voice);
    if (!plain)
        return;
    const auto popt = tool::read_options(words, voice);
    must(popt.has_value());
    must(!popt->problem && popt->command == plain->command && popt->arguments.empty());
    must(popt->options.size() == plain->options.size());
    for (std::size_t i = 0; i < popt->options.size(); i++) {
        must(popt->options[i].id == plain->options[i].id);
        must(popt->options[i].value == plain->options[i].value);
    }
}

void restore(std::string_view text, bool has_transactions)
{
    NoNames names;
    std::ostringstream out;
    std::ostringstream err;
    std::string_view rest = text;
    const std::vector<std::string> words{"ipvsctl", "-R"};
    const auto open = [&] {
        return Result<std::unique_ptr<tool::Kernel>>(
            std::make_unique<EmptyKernel>(has_transactions));
    };
    const auto read = [&](std::span<char> room) {
        const std::size_t taken = rest.copy(room.data(), room.size());
        rest.remove_prefix(taken);
        return taken;
    };
    const auto listen = [](const tool::Watch &) -> Result<std::unique_ptr<tool::Events>> {
        return usage_error("nothing to hear");
    };
    const auto watch = [](const tool::WatchTable &, std::unique_ptr<tool::Kernel>) { return 0; };
    EndingClock clock;
    const int status =
        tool::run_program(words, {out, err, names, open, listen, read, clock, false, watch});
    must(status == 0 || status == 1 || status == 2 || status == 255);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    for (std::string_view rest = text; !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        compare(line, tool::Voice::ipvsctl);
        compare(line, tool::Voice::ipvsadm);
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    restore(text, false);
    restore(text, true);
    return 0;
}
