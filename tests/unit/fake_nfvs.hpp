// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * An nfvs in memory behind the transport: it has a table, a generation and transactions, and
 * refuses what the kernel refuses.  For tests of the client and of the tool.
 */
#pragma once

#include "../../libipvsctl/client_factory.hpp"
#include "../../libipvsctl/gen/nfvs_attrs.hpp"

#include "tool_support.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace ipvsctl::test {

// What it holds, where the test can see and change it.
struct NfvsState {
    std::vector<TableEntry> table;
    std::uint64_t generation = 1;
    int interrupted = 0;                 // how many dumps from here on are
    std::function<void()> before_commit; // somebody else comes first

    std::vector<std::size_t> commits; // the number of items in each
    int other_changes = 0;            // those outside of transactions
};

std::unique_ptr<detail::Transport> make_nfvs(NfvsState &state);

// A client of it.
Client make_nfvs_client(NfvsState &state, const char *family = "NFVS");

// The tool with it; line is split at blanks, and what it reads is input.
Outcome run_with_nfvs(NfvsState &state, const std::string &line, const std::string &input = {});

} // namespace ipvsctl::test
