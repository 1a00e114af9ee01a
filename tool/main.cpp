// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * ipvsctl: configures the balancer in the kernel. Called as ipvsadm it behaves as ipvsadm does.
 */
#include "app.hpp"
#include "messages.hpp"

#include <exception>
#include <iostream>
#include <string>
#include <vector>

int main(int argc, char **argv)
{
    using namespace ipvsctl::tool;
    try {
        const std::vector<std::string> words(argv, argv + argc);
        SystemNames names;
        const int status = run_program(words, {std::cout, std::cerr, names, open_kernel});
        std::cout.flush();
        if (!std::cout) {
            std::cerr << "cannot write the output\n";
            return exit_listing_failed;
        }
        return status;
    } catch (const std::exception &problem) {
        std::cerr << "internal error: " << problem.what() << '\n';
        return exit_failed;
    }
}
