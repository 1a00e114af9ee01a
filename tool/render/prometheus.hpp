// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Everything that is counted, as text that Prometheus reads (exposition format 0.0.4).
 */
#pragma once

#include "../report.hpp"

#include <ostream>

namespace ipvsctl::tool {

void render_metrics(std::ostream &out, const Metrics &metrics);

} // namespace ipvsctl::tool
