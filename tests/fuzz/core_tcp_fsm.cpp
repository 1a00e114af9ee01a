// SPDX-License-Identifier: GPL-2.0-or-later
/* Drives the TCP state machine with any packets, from any state a peer may have sent. */
#include "input.hpp"

extern "C" {
#include "core/tcp_fsm.h"
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Input input(data, size);
    auto state = input.take<std::uint8_t>();
    while (!input.empty()) {
        const auto how = input.take<std::uint8_t>();
        const auto flags = input.take<std::uint8_t>();
        const auto view = static_cast<nfvs_view>(how % (NFVS_VIEWS + 1));
        const bool secure = (how & 0x80) != 0;
        const bool known = state < NFVS_TCP_STATES && view < NFVS_VIEWS;
        const auto next = nfvs_tcp_step(state, view, flags, secure);

        must(next < NFVS_TCP_STATES);
        must(nfvs_tcp_timeout_default[next] > 0);
        must(known || next == NFVS_TCP_CLOSE);
        must((flags & 0x17) != 0 || next == NFVS_TCP_CLOSE);
        must(nfvs_tcp_state_name(next)[0] >= 'A');
        /* A reset never leads to an established connection. */
        must((flags & NFVS_TCP_FLAG_RST) == 0 || next != NFVS_TCP_ESTABLISHED);
        state = next;
    }
    return 0;
}
