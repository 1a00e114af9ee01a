// SPDX-License-Identifier: LGPL-2.1-or-later
#include "counter.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

Result<Counter> decode_counter(const CounterAttrs &attrs)
{
    if (!attrs.name)
        return missing_attribute("counter.name");
    if (!attrs.value)
        return missing_attribute("counter.value");
    return Counter{.name = *attrs.name, .value = *attrs.value};
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
