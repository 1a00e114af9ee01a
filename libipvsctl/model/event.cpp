// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ipvsctl/event.hpp"

namespace ipvsctl {
inline namespace v1 {

std::string_view to_string(EventGroup group) noexcept
{
    switch (group) {
    case EventGroup::config:
        break;
    case EventGroup::overload:
        return "overload";
    case EventGroup::connections:
        return "conn";
    }
    return "config";
}

} // namespace v1
} // namespace ipvsctl
