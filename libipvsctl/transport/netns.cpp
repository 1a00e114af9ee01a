// SPDX-License-Identifier: LGPL-2.1-or-later
#include "netns.hpp"

#include "nl_transport.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

std::string path_of(const std::string &name)
{
    return name.find('/') == std::string::npos ? "/run/netns/" + name : name;
}

} // namespace

Result<void> enter_namespace(const std::string &name)
{
    const std::string path = path_of(name);
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return system_failure("open network namespace " + path, errno);
    const int status = setns(file, CLONE_NEWNET);
    const int code = errno;
    close(file);
    if (status < 0)
        return system_failure("enter network namespace " + path, code);
    return {};
}

Error no_thread(const std::error_code &code)
{
    return system_failure("start a thread for the network namespace", code.value());
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
