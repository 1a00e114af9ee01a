// SPDX-License-Identifier: GPL-2.0-or-later
// usage: follow-directory ADDRESS:PORT FOLDER
// Keeps the real servers of a TCP service equal to what a folder says: each file is named by address
// and port of a real server, and holds its weight.  Files are moved there when they are whole.  What
// others change is put right at once.

#include <ipvsctl/client.hpp>
#include <ipvsctl/monitor.hpp>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

using namespace ipvsctl;
using Weights = std::map<Endpoint, std::uint32_t>;

template <typename T> T need(Result<T> result)
{
    if (result)
        return std::move(*result);
    std::cerr << "follow-directory: " << result.error().describe() << '\n';
    std::exit(1);
}

Weights read_folder(const std::filesystem::path &folder)
{
    Weights weights;
    for (const auto &file : std::filesystem::directory_iterator(folder)) {
        std::uint32_t weight = 0;
        const auto endpoint = Endpoint::parse(file.path().filename().string());
        if (endpoint && std::ifstream(file.path()) >> weight)
            weights[*endpoint] = weight;
    }
    return weights;
}

// What makes the service equal to the folder.
Transaction changes(const TableEntry &entry, Weights wanted)
{
    Transaction transaction;
    for (const Destination &server : entry.destinations) {
        auto file = wanted.extract(server.config.endpoint);
        if (!file) {
            transaction.delete_destination(entry.service.key, server.config.endpoint);
        } else if (server.config.weight != file.mapped()) {
            DestinationConfig config = server.config;
            config.weight = file.mapped();
            transaction.edit_destination(entry.service.key, config);
        }
    }
    for (const auto &[endpoint, weight] : wanted)
        transaction.add_destination(entry.service.key,
                                    {endpoint, ForwardingMethod::masquerade, weight, 0, 0, {}});
    return transaction;
}

void put_right(Client &client, const TableQuery &query, const std::filesystem::path &folder)
{
    for (;;) {
        const auto generation = need(client.info()).generation.value_or(0);
        const auto table = need(client.table(query));
        Transaction todo =
            table.empty() ? Transaction() : changes(table.front(), read_folder(folder));
        if (todo.size() == 0)
            return;
        todo.expect_generation(generation);
        const auto done = client.commit(todo);
        if (done || done.error().code != ESTALE)
            std::cout << need(done).count << " changes" << std::endl;
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    TableQuery query;
    query.service = AddressServiceKey{Protocol::tcp, need(Endpoint::parse(argv[1]))};
    Monitor monitor = need(Monitor::open());
    Client client = need(Client::open());
    const int files = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    inotify_add_watch(files, argv[2], IN_CLOSE_WRITE | IN_MOVE | IN_DELETE);
    for (bool others = true;;) {
        if (others)
            put_right(client, query, argv[2]);
        pollfd both[] = {{monitor.descriptor(), POLLIN, 0}, {files, POLLIN, 0}};
        poll(both, 2, -1);
        char notices[4096];
        others = read(files, notices, sizeof(notices)) > 0;
        while (const auto event = need(monitor.next()))
            others |= event->port_id != client.port_id(); // also of events that are missing
    }
}
