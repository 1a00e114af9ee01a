// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan.hpp"

#include "column.hpp"
#include "settings.hpp"

namespace ipvsctl::tool {

namespace {

void render_server(std::string &out, const Step &step)
{
    out += " server ";
    if (!step.server) {
        step.old_server->config.endpoint.append_to(out);
    } else if (!step.old_server) {
        append_server(out, step.server->config);
    } else {
        step.server->config.endpoint.append_to(out);
        out += ": ";
        append_server_changes(out, step.old_server->config, step.server->config);
    }
}

void render_service(std::string &out, const Step &step)
{
    if (!step.service) {
        const auto count = step.old_service->destinations.size();
        out += " with ";
        append_number(out, count);
        out += count == 1 ? " server" : " servers";
    } else if (!step.old_service) {
        append_service_settings(out, step.service->config, " ");
    } else {
        out += ": ";
        append_service_changes(out, step.old_service->service.config, step.service->config);
    }
}

// A real server that is new may be in a service that is not.
std::string_view sign(const Step &step) noexcept
{
    const bool is_new = step.of_server ? !step.old_server : !step.old_service;
    const bool goes = step.of_server ? !step.server : !step.service;
    return is_new ? "+ " : goes ? "- " : "~ ";
}

} // namespace

void PlanRenderer::step(const Step &step)
{
    if (key_ != step.key()) {
        key_ = step.key();
        name_.clear();
        append_service_name(name_, step.key());
    }
    out_ += sign(step);
    out_ += name_;
    if (step.of_server) {
        render_server(out_, step);
    } else {
        render_service(out_, step);
    }
    out_ += '\n';
}

} // namespace ipvsctl::tool
