// SPDX-License-Identifier: GPL-2.0-or-later
#include "messages.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

namespace ipvsctl::tool {

namespace {

// The commands that an errno has a sentence of its own for, as bits.
enum What : unsigned {
    adding_service = 1U << 0,
    editing_service = 1U << 1,
    naming_service = 1U << 2, // deleting, zeroing, listing one
    adding_server = 1U << 3,
    editing_server = 1U << 4,
    deleting_server = 1U << 5,
    other = 1U << 6,
    anything = (1U << 7) - 1,
};

struct Sentence {
    unsigned what;
    int code;
    std::string_view text;
    bool says_all = false; // what the kernel adds would say the same again
};

constexpr std::array sentences{
    Sentence{adding_service, EEXIST, "Service already exists", true},
    Sentence{adding_service | editing_service, ENOENT, "Scheduler or persistence engine not found"},
    Sentence{editing_service | naming_service, ESRCH, "No such service", true},
    Sentence{adding_server | editing_server | deleting_server, ESRCH, "Service not defined", true},
    Sentence{adding_server, EEXIST, "Destination already exists", true},
    Sentence{editing_server | deleting_server, ENOENT, "No such destination", true},
    Sentence{anything, EPERM, "Permission denied (you must be root)"},
    Sentence{anything, EINVAL,
             "Invalid operation.  Possibly wrong module version, address not unicast, ..."},
    Sentence{anything, ENOPROTOOPT, "Protocol not available"},
    Sentence{anything, ENOMEM, "Memory allocation problem"},
    Sentence{anything, EOPNOTSUPP, "Operation not supported with IPv6"},
    Sentence{anything, EAFNOSUPPORT, "Operation not supported with specified address family"},
    Sentence{anything, EMSGSIZE, "Module is wrong version"},
};

What what_of(const Command &command)
{
    const Overloaded visitor{
        [](const AddService &) { return adding_service; },
        [](const EditService &) { return editing_service; },
        [](const DeleteService &) { return naming_service; },
        [](const Zero &) { return naming_service; },
        [](const ListTable &) { return naming_service; },
        [](const AddServer &) { return adding_server; },
        [](const EditServer &) { return editing_server; },
        [](const DeleteServer &) { return deleting_server; },
        [](const auto &) { return other; },
    };
    return std::visit(visitor, command);
}

std::string errno_text(int code)
{
    return std::generic_category().message(code);
}

const Sentence *find_sentence(What what, int code)
{
    const auto *const found = std::ranges::find_if(sentences, [&](const Sentence &known) {
        return known.code == code && (known.what & what) != 0;
    });
    return found == sentences.end() ? nullptr : found;
}

std::string sentence(What what, int code)
{
    const Sentence *found = find_sentence(what, code);
    return found ? std::string(found->text) : errno_text(code);
}

bool says_all(What what, int code)
{
    const Sentence *found = find_sentence(what, code);
    return found && found->says_all;
}

// Without a sentence from the kernel, an error's message is the text of its errno.
bool kernel_explained(const Error &error)
{
    return !error.message.empty() && error.message != errno_text(error.code);
}

// Where the kernel says what is wrong, the guesses that stand for EINVAL would mislead, and so
// would "with IPv6", which EOPNOTSUPP seldom means.
std::string short_sentence(What what, int code)
{
    return code == EINVAL || code == EOPNOTSUPP ? errno_text(code) : sentence(what, code);
}

std::string explain(What what, const Error &error, Voice voice)
{
    if (error.domain != Domain::kernel) {
        return voice == Voice::ipvsadm && error.code != 0 ? sentence(what, error.code)
                                                          : error.describe();
    }
    const bool explained = kernel_explained(error);
    if (voice == Voice::ipvsadm || says_all(what, error.code) ||
        (!explained && error.attribute.empty())) {
        return sentence(what, error.code);
    }
    std::string text = short_sentence(what, error.code);
    if (explained) {
        text += ": " + error.message;
    }
    if (!error.attribute.empty()) {
        text += " (" + error.attribute + ")";
    }
    return text;
}

} // namespace

int usage_status(const Error &error) noexcept
{
    return error.domain == Domain::parse ? exit_failed : exit_refused;
}

std::string init_message(const Error &error, Voice voice)
{
    const bool plain = error.domain == Domain::transport && error.code == ENOPROTOOPT;
    return "Can't initialize ipvs: " + explain(other, error, plain ? Voice::ipvsadm : voice) +
           "\nAre you sure that IP Virtual Server is built in the kernel or as module?";
}

std::string kernel_message(const Command &command, const Error &error, Voice voice)
{
    return explain(what_of(command), error, voice);
}

int kernel_status(const Command &command) noexcept
{
    const bool listing = std::holds_alternative<ListTable>(command) ||
                         std::holds_alternative<ListTimeouts>(command) ||
                         std::holds_alternative<ListCounters>(command);
    return listing ? exit_listing_failed : exit_failed;
}

} // namespace ipvsctl::tool
