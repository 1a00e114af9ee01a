// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What most services and real servers of a file look like, understood at a glance: a file of a
 * hundred thousand is read in no time. Whatever else there may be, with its mistakes, is for
 * parse(), which agrees on all that is understood here.
 */
#pragma once

#include "../grammar.hpp"
#include "ipvsctl/destination.hpp"
#include "ipvsctl/service.hpp"

#include <string_view>

namespace ipvsctl::tool {

class QuickRule {
public:
    // A service or, of whichever service, a real server.
    void begin(CommandId command);

    // The service of what is to come.
    void set_service(const ServiceKey &key);

    // The next option; false where it is not for here. A value must live until the next rule.
    bool take(OptionId id, std::string_view value);

    // After the last one; false where it is not for here.
    bool finish();

    // Instead of all of it: the last real server once more, elsewhere.
    bool take_next(std::string_view address);

    const ServiceKey &service() const noexcept { return service_; }
    const ServiceConfig &config() const noexcept { return config_; }
    const DestinationConfig &server() const noexcept { return server_; }

private:
    bool mark(Group group);
    bool take_service(OptionId id, std::string_view value);
    bool take_of_service(OptionId id, std::string_view value);
    bool take_of_server(OptionId id, std::string_view value);
    bool finish_server();

    CommandId command_ = CommandId::add_service;
    GroupSet given_;
    ServiceKey service_;
    OptionId named_by_ = OptionId::fwmark_service; // how service_ was named last
    std::string_view name_;
    ServiceConfig config_;
    DestinationConfig server_;
};

} // namespace ipvsctl::tool
