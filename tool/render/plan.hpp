// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A plan, a line for each change: + for what is added, - for what is deleted, ~ for what is
 * edited, with its old and its new values.
 */
#pragma once

#include "../config/plan.hpp"

#include <optional>
#include <string>

namespace ipvsctl::tool {

class PlanRenderer {
public:
    explicit PlanRenderer(std::string &out) noexcept : out_(out) {}

    void step(const Step &step);

private:
    std::string &out_;
    std::optional<ServiceKey> key_; // of the last step
    std::string name_;              // of that service
};

} // namespace ipvsctl::tool
