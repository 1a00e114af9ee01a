// SPDX-License-Identifier: GPL-2.0-or-later
#include "words.hpp"

#include "../nearest.hpp"
#include "../option_table.hpp"
#include "../rules.hpp"

#include <algorithm>
#include <vector>

namespace ipvsctl::tool {

namespace {

struct Word {
    std::string_view text;
    OptionId id{};
};

constexpr std::array short_words{
    Word{word_nat, OptionId::masquerading},
    Word{word_direct, OptionId::gatewaying},
    Word{word_tunnel, OptionId::ipip},
};

constexpr std::array kinds{
    Word{"tcp", OptionId::tcp_service},
    Word{"udp", OptionId::udp_service},
    Word{"sctp", OptionId::sctp_service},
    Word{"fwmark", OptionId::fwmark_service},
};

constexpr auto by_text = [] {
    std::array<Word, option_specs.size() + short_words.size()> table{};
    auto row = std::ranges::copy(short_words, table.begin()).out;
    for (const OptionSpec &spec : option_specs) {
        *row++ = {spec.long_name, spec.id};
    }
    std::ranges::sort(table, {}, &Word::text);
    return table;
}();

// The service stands in front of the block, and the real server behind its own word.
bool is_setting(CommandId command, const OptionSpec &spec) noexcept
{
    return spec.group != Group::service && spec.group != Group::real_server &&
           spec.group != Group::unchecked && presence(command, spec.group) != Presence::forbidden;
}

} // namespace

const OptionSpec *find_setting(CommandId command, std::string_view word) noexcept
{
    const auto *const found = std::ranges::lower_bound(by_text, word, {}, &Word::text);
    if (found == by_text.end() || found->text != word) {
        return nullptr;
    }
    const OptionSpec &spec = spec_of(found->id);
    return is_setting(command, spec) ? &spec : nullptr;
}

std::string nearest_setting(CommandId command, std::string_view word)
{
    std::vector<std::string> known;
    for (const Word &one : by_text) {
        if (is_setting(command, spec_of(one.id))) {
            known.emplace_back(one.text);
        }
    }
    known.emplace_back(command == CommandId::add_service ? "server" : "");
    return nearest_word(word, known);
}

std::optional<OptionId> find_kind(std::string_view word) noexcept
{
    const auto *const found = std::ranges::find(kinds, word, &Word::text);
    return found == kinds.end() ? std::nullopt : std::optional(found->id);
}

} // namespace ipvsctl::tool
