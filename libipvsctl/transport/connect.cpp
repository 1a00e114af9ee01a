// SPDX-License-Identifier: LGPL-2.1-or-later
#include "connect.hpp"

#include <array>
#include <cerrno>
#include <fstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <linux/nfvs.h>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

constexpr std::array<std::string_view, 2> families = {NFVS_GENL_NAME, NFVS_GENL_COMPAT_NAME};
constexpr std::array<const char *, 2> modules = {"nfvs", "ip_vs"};

/** The program that the kernel itself would run. */
std::string modprobe_path()
{
    std::string path;
    std::ifstream file("/proc/sys/kernel/modprobe");
    if (!std::getline(file, path) || path.empty())
        path = "/sbin/modprobe";
    return path;
}

/**
 * Runs modprobe with an empty environment and no output. What it achieved shows in the list of
 * families, so its exit status does not count; a program that ignores SIGCHLD has none anyway.
 */
void load(const char *module)
{
    const std::string path = modprobe_path();
    std::string quiet = "-q";
    std::string dashes = "--";
    std::string name = module;
    std::string program = path;
    char *arguments[] = {program.data(), quiet.data(), dashes.data(), name.data(), nullptr};
    char *environment[] = {nullptr};

    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return;
    pid_t child = 0;
    const bool started =
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawn(&child, path.c_str(), &actions, nullptr, arguments, environment) == 0;
    posix_spawn_file_actions_destroy(&actions);
    if (!started)
        return;
    while (waitpid(child, nullptr, 0) < 0 && errno == EINTR)
        continue;
}

Result<std::optional<FamilyId>> find_or_load(nl_sock *socket, bool load_module)
{
    auto family = find_family(socket, families);
    for (const char *const module : modules) {
        if (!family || *family || !load_module)
            break;
        load(module);
        family = find_family(socket, families);
    }
    return family;
}

struct Opened {
    SocketPtr socket;
    Namespace network_namespace;
};

Result<Opened> open_there()
{
    return open_socket().transform([](SocketPtr socket) {
        return Opened{.socket = std::move(socket), .network_namespace = Namespace::current()};
    });
}

} // namespace

Result<FamilyId> find_balancer(nl_sock *socket, bool load_module)
{
    auto family = find_or_load(socket, load_module);
    if (!family)
        return std::move(family).error();
    if (!*family)
        return Error{.domain = Domain::transport,
                     .code = ENOPROTOOPT,
                     .message = "the kernel has neither nfvs nor ip_vs",
                     .attribute = {}};
    return std::move(**family);
}

Result<Link> connect(bool load_module, const std::string &network_namespace)
{
    auto opened = in_namespace(network_namespace, open_there);
    if (!opened)
        return std::move(opened).error();
    auto &[socket, held] = *opened;
    auto family = find_balancer(socket.get(), load_module);
    if (!family)
        return std::move(family).error();
    const std::uint32_t port_id = port_of(socket.get());
    return Link{.transport = std::make_unique<NlTransport>(std::move(socket), family->number),
                .family = std::move(family->name),
                .port_id = port_id,
                .network_namespace = std::move(held)};
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
