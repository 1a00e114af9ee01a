// SPDX-License-Identifier: LGPL-2.1-or-later
#include "netns.hpp"

#include "nl_transport.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

std::string path_of(const std::string &name)
{
    return name.find('/') == std::string::npos ? "/run/netns/" + name : name;
}

constexpr const char *current_path = "/proc/thread-self/ns/net";

} // namespace

Namespace Namespace::current() noexcept
{
    Namespace held;
    held.file_ = open(current_path, O_RDONLY | O_CLOEXEC);
    return held;
}

Namespace::~Namespace()
{
    if (file_ >= 0)
        close(file_);
}

bool Namespace::is_here() const noexcept
{
    struct stat held {};
    struct stat here {};
    return file_ < 0 || (fstat(file_, &held) == 0 && stat(current_path, &here) == 0 &&
                         held.st_dev == here.st_dev && held.st_ino == here.st_ino);
}

Result<void> Namespace::enter() const
{
    if (setns(file_, CLONE_NEWNET) < 0)
        return system_failure("enter the client's network namespace", errno);
    return {};
}

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
