// SPDX-License-Identifier: GPL-2.0-or-later
#include "restore_whole.hpp"

#include "../line.hpp"
#include "../messages.hpp"
#include "../parse.hpp"
#include "run.hpp"

#include <algorithm>
#include <utility>

namespace ipvsctl::tool {

namespace {

// False for a command that is not about the table.
bool add_item(Transaction &transaction, const Command &command)
{
    const Overloaded visitor{
        [&](const AddService &add) { transaction.add_service(add.key, add.config); },
        [&](const EditService &edit) { transaction.edit_service(edit.key, edit.config); },
        [&](const DeleteService &del) { transaction.delete_service(del.key); },
        [&](const AddServer &add) { transaction.add_destination(add.service, add.config); },
        [&](const EditServer &edit) { transaction.edit_destination(edit.service, edit.config); },
        [&](const DeleteServer &del) { transaction.delete_destination(del.service, del.endpoint); },
        [&](const Clear &) { transaction.flush(); },
        [](const auto &) {},
    };
    const std::size_t before = transaction.size();
    std::visit(visitor, command);
    return transaction.size() > before;
}

class WholeRestorer {
public:
    WholeRestorer(const Restore &command, Kernel &kernel, const Surroundings &surroundings)
        : reader_(command.program, Voice::ipvsctl), kernel_(kernel), surroundings_(surroundings)
    {}

    int run();

private:
    struct Place {
        std::size_t line;
        Deed deed;
    };
    struct Later {
        std::size_t line;
        Command command;
    };

    int read(std::string_view text);
    int line(std::string_view text);
    int commit();
    int do_later();
    int fail(std::size_t line, const std::string &message, int status);

    LineReader reader_;
    Kernel &kernel_;
    const Surroundings &surroundings_;
    Transaction transaction_;
    std::vector<Place> places_; // of its items
    std::vector<Later> later_;
    std::size_t number_ = 0; // of the line
};

int WholeRestorer::run()
{
    const auto text = read_all(surroundings_);
    int status = read(text);
    if (status == exit_success) {
        status = commit();
    }
    return status == exit_success ? do_later() : status;
}

int WholeRestorer::fail(std::size_t line, const std::string &message, int status)
{
    surroundings_.err << "line " << line << ": " << message << '\n';
    return status;
}

int WholeRestorer::read(std::string_view text)
{
    int status = exit_success;
    while (status == exit_success && !text.empty()) {
        const auto one = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(one.size() + 1, text.size()));
        number_++;
        status = line(one);
    }
    return status;
}

int WholeRestorer::line(std::string_view text)
{
    if (text.starts_with('#')) {
        return exit_success;
    }
    const auto raw = reader_.read(text);
    if (!raw) {
        return exit_success;
    }
    if (!*raw) {
        return fail(number_, raw->error().message, exit_failed);
    }
    const auto command = parse(**raw, surroundings_.names);
    if (!command) {
        return fail(number_, command.error().message, usage_status(command.error()));
    }
    if (add_item(transaction_, *command)) {
        places_.push_back({number_, deed_of(*command)});
    } else {
        later_.push_back({number_, *command});
    }
    return exit_success;
}

int WholeRestorer::commit()
{
    if (transaction_.size() == 0) {
        return exit_success;
    }
    auto done = kernel_.commit(transaction_);
    if (done) {
        return exit_success;
    }
    Error &error = done.error();
    const auto item = std::exchange(error.item, std::nullopt);
    if (item && *item < places_.size()) {
        const auto &[line, deed] = places_[*item];
        return fail(line, kernel_message(deed, error, Voice::ipvsctl), exit_failed);
    }
    surroundings_.err << kernel_message(Deed::other, error, Voice::ipvsctl) << '\n';
    return exit_failed;
}

int WholeRestorer::do_later()
{
    int status = exit_success;
    for (const auto &[line, command] : later_) {
        if (const auto done = show(command, kernel_, surroundings_); !done) {
            status = fail(line, kernel_message(deed_of(command), done.error(), Voice::ipvsctl),
                          kernel_status(command));
        }
    }
    return status;
}

} // namespace

int restore_whole(const Restore &command, Kernel &kernel, const Surroundings &surroundings)
{
    return WholeRestorer(command, kernel, surroundings).run();
}

} // namespace ipvsctl::tool
