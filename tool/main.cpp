// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * ipvsctl: configures the balancer in the kernel. Called as ipvsadm it behaves as ipvsadm does.
 */
#include "app.hpp"
#include "messages.hpp"
#include "top/run.hpp"

#include <cerrno>
#include <exception>
#include <iostream>
#include <span>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace {

std::size_t read_standard_input(std::span<char> room)
{
    for (;;) {
        const ssize_t size = read(STDIN_FILENO, room.data(), room.size());
        if (size >= 0) {
            return static_cast<std::size_t>(size);
        }
        if (errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "cannot read the input");
        }
    }
}

// What is opened first takes the place of a descriptor that is closed: listings would go to the
// kernel's socket, and rules be read from there.
void occupy_standard_descriptors()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(descriptor, F_GETFD) < 0) {
            // So that using it fails, as it would.
            open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    using namespace ipvsctl::tool;
    occupy_standard_descriptors();
    try {
        const std::vector<std::string> words(argv, argv + argc);
        SystemNames names;
        SystemClock clock;
        const auto watch = [](const WatchTable &command, std::unique_ptr<Kernel> kernel) {
            return top::run(command, std::move(kernel), open_loaded_kernel, std::cerr);
        };
        const int status =
            run_program(words, {std::cout, std::cerr, names, open_kernel, open_events,
                                read_standard_input, clock, isatty(STDOUT_FILENO) == 1, watch});
        std::cout.flush();
        if (!std::cout) {
            std::cerr << "cannot write the output\n";
            return exit_listing_failed;
        }
        return status;
    } catch (const std::system_error &problem) {
        std::cerr << problem.what() << '\n';
        return exit_failed;
    } catch (const std::exception &problem) {
        std::cerr << "internal error: " << problem.what() << '\n';
        return exit_failed;
    }
}
