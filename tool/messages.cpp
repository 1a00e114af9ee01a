// SPDX-License-Identifier: GPL-2.0-or-later
#include "messages.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <initializer_list>
#include <string_view>
#include <system_error>

namespace ipvsctl::tool {

namespace {

// A set of deeds that share a sentence.
constexpr unsigned of(std::initializer_list<Deed> deeds)
{
    unsigned bits = 0;
    for (const Deed deed : deeds) {
        bits |= 1U << static_cast<unsigned>(deed);
    }
    return bits;
}
constexpr unsigned anything = ~0U;

struct Sentence {
    unsigned deeds;
    int code;
    std::string_view text;
    bool says_all = false; // what the kernel adds would say the same again
};

constexpr std::array sentences{
    Sentence{of({Deed::adding_service}), EEXIST, "Service already exists", true},
    Sentence{of({Deed::adding_service, Deed::editing_service}), ENOENT,
             "Scheduler or persistence engine not found"},
    Sentence{of({Deed::editing_service, Deed::naming_service}), ESRCH, "No such service", true},
    Sentence{of({Deed::adding_server, Deed::editing_server, Deed::deleting_server}), ESRCH,
             "Service not defined", true},
    Sentence{of({Deed::adding_server}), EEXIST, "Destination already exists", true},
    Sentence{of({Deed::editing_server, Deed::deleting_server}), ENOENT, "No such destination",
             true},
    Sentence{of({Deed::starting_daemon}), EEXIST, "Daemon has already run", true},
    Sentence{of({Deed::stopping_daemon}), ESRCH, "No daemon is running", true},
    Sentence{anything, EPERM, "Permission denied (you must be root)"},
    Sentence{anything, EINVAL,
             "Invalid operation.  Possibly wrong module version, address not unicast, ..."},
    Sentence{anything, ENOPROTOOPT, "Protocol not available"},
    Sentence{anything, ENOMEM, "Memory allocation problem"},
    Sentence{anything, EOPNOTSUPP, "Operation not supported with IPv6"},
    Sentence{anything, EAFNOSUPPORT, "Operation not supported with specified address family"},
    Sentence{anything, EMSGSIZE, "Module is wrong version"},
};

std::string errno_text(int code)
{
    return std::generic_category().message(code);
}

const Sentence *find_sentence(Deed deed, int code)
{
    const auto *const found = std::ranges::find_if(sentences, [&](const Sentence &known) {
        return known.code == code && (known.deeds & of({deed})) != 0;
    });
    return found == sentences.end() ? nullptr : found;
}

std::string sentence(Deed deed, int code)
{
    const Sentence *found = find_sentence(deed, code);
    return found ? std::string(found->text) : errno_text(code);
}

bool says_all(Deed deed, int code)
{
    const Sentence *found = find_sentence(deed, code);
    return found && found->says_all;
}

// Without a sentence from the kernel, an error's message is the text of its errno.
bool kernel_explained(const Error &error)
{
    return !error.message.empty() && error.message != errno_text(error.code);
}

// Where the kernel says what is wrong, the guesses that stand for EINVAL would mislead, and so
// would "with IPv6", which EOPNOTSUPP seldom means.
std::string short_sentence(Deed deed, int code)
{
    return code == EINVAL || code == EOPNOTSUPP ? errno_text(code) : sentence(deed, code);
}

std::string explain(Deed deed, const Error &error, Voice voice)
{
    // ipvsadm says which file it is, and not why.
    if (voice == Voice::ipvsadm && deed == Deed::listing_connections &&
        error.domain == Domain::transport) {
        return error.message;
    }
    if (error.domain != Domain::kernel) {
        return voice == Voice::ipvsadm && error.code != 0 ? sentence(deed, error.code)
                                                          : error.describe();
    }
    const bool explained = kernel_explained(error);
    if (voice == Voice::ipvsadm || says_all(deed, error.code) ||
        (!explained && error.attribute.empty())) {
        return sentence(deed, error.code);
    }
    std::string text = short_sentence(deed, error.code);
    if (explained) {
        text += ": " + error.message;
    }
    if (!error.attribute.empty()) {
        text += " (" + error.attribute + ")";
    }
    return text;
}

} // namespace

Deed deed_of(const Command &command)
{
    const Overloaded visitor{
        [](const AddService &) { return Deed::adding_service; },
        [](const EditService &) { return Deed::editing_service; },
        [](const DeleteService &) { return Deed::naming_service; },
        [](const Zero &) { return Deed::naming_service; },
        [](const ListTable &) { return Deed::naming_service; },
        [](const AddServer &) { return Deed::adding_server; },
        [](const EditServer &) { return Deed::editing_server; },
        [](const DeleteServer &) { return Deed::deleting_server; },
        [](const StartDaemon &) { return Deed::starting_daemon; },
        [](const StopDaemon &) { return Deed::stopping_daemon; },
        [](const ListConnections &) { return Deed::listing_connections; },
        [](const auto &) { return Deed::other; },
    };
    return std::visit(visitor, command);
}

int usage_status(const Error &error) noexcept
{
    return error.domain == Domain::parse ? exit_failed : exit_refused;
}

std::string init_message(const Error &error, Voice voice)
{
    const bool plain = error.domain == Domain::transport && error.code == ENOPROTOOPT;
    return "Can't initialize ipvs: " + explain(Deed::other, error, plain ? Voice::ipvsadm : voice) +
           "\nAre you sure that IP Virtual Server is built in the kernel or as module?";
}

std::string kernel_message(Deed deed, const Error &error, Voice voice)
{
    return explain(deed, error, voice);
}

int kernel_status(const Command &command)
{
    const Overloaded listing{
        [](const ListTable &) { return true; },       [](const Save &) { return true; },
        [](const ListTimeouts &) { return true; },    [](const ListDaemons &) { return true; },
        [](const ListConnections &) { return true; }, [](const ListCounters &) { return true; },
        [](const ListMetrics &) { return true; },     [](const ShowLimits &) { return true; },
        [](const SaveConfig &) { return true; },      [](const Watch &) { return true; },
        [](const auto &) { return false; },
    };
    return std::visit(listing, command) ? exit_listing_failed : exit_failed;
}

} // namespace ipvsctl::tool
