// SPDX-License-Identifier: LGPL-2.1-or-later
#include "info.hpp"

namespace ipvsctl {
inline namespace v1 {
namespace detail {

Result<Info> decode_info(const InfoAttrs &attrs)
{
    if (!attrs.version)
        return missing_attribute("version");
    if (!attrs.conn_tab_size)
        return missing_attribute("conn-tab-size");
    return Info{.version = *attrs.version,
                .connection_table_size = *attrs.conn_tab_size,
                .module = attrs.module,
                .connections = attrs.conns,
                .connection_limit = attrs.conn_max,
                .generation = attrs.generation};
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
