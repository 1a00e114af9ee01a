// SPDX-License-Identifier: LGPL-2.1-or-later
/** Transactions, for C. */
#include "convert.hpp"

using namespace ipvsctl;

struct ipvsctl_transaction {
    Transaction changes;
};

namespace {

/** Calls add, which adds a change to the transaction. */
template <typename Add> int then(ipvsctl_error *error, Add &&add) noexcept
{
    return c::guarded(error, [&] {
        add();
        return 0;
    });
}

} // namespace

ipvsctl_transaction *ipvsctl_new_transaction(void)
{
    ipvsctl_transaction *transaction = nullptr;
    (void)then(nullptr, [&] { transaction = new ipvsctl_transaction(); });
    return transaction;
}

void ipvsctl_free_transaction(ipvsctl_transaction *transaction)
{
    delete transaction;
}

int ipvsctl_then_add_service(ipvsctl_transaction *transaction, const ipvsctl_service *service,
                             ipvsctl_error *error)
{
    return then(error, [&] {
        transaction->changes.add_service(c::key_of(service->key), c::config_of(*service));
    });
}

int ipvsctl_then_edit_service(ipvsctl_transaction *transaction, const ipvsctl_service *service,
                              ipvsctl_error *error)
{
    return then(error, [&] {
        transaction->changes.edit_service(c::key_of(service->key), c::config_of(*service));
    });
}

int ipvsctl_then_delete_service(ipvsctl_transaction *transaction, const ipvsctl_key *key,
                                ipvsctl_error *error)
{
    return then(error, [&] { transaction->changes.delete_service(c::key_of(*key)); });
}

int ipvsctl_then_add_server(ipvsctl_transaction *transaction, const ipvsctl_key *key,
                            const ipvsctl_server *server, ipvsctl_error *error)
{
    return then(error, [&] {
        transaction->changes.add_destination(c::key_of(*key), c::config_of(*server));
    });
}

int ipvsctl_then_edit_server(ipvsctl_transaction *transaction, const ipvsctl_key *key,
                             const ipvsctl_server *server, ipvsctl_error *error)
{
    return then(error, [&] {
        transaction->changes.edit_destination(c::key_of(*key), c::config_of(*server));
    });
}

int ipvsctl_then_delete_server(ipvsctl_transaction *transaction, const ipvsctl_key *key,
                               const ipvsctl_endpoint *endpoint, ipvsctl_error *error)
{
    return then(error, [&] {
        transaction->changes.delete_destination(c::key_of(*key), c::endpoint_of(*endpoint));
    });
}

int ipvsctl_then_flush(ipvsctl_transaction *transaction, ipvsctl_error *error)
{
    return then(error, [&] { transaction->changes.flush(); });
}

void ipvsctl_expect_generation(ipvsctl_transaction *transaction, uint64_t generation)
{
    (void)then(nullptr, [&] { transaction->changes.expect_generation(generation); });
}

size_t ipvsctl_transaction_size(const ipvsctl_transaction *transaction)
{
    return transaction->changes.size();
}

void ipvsctl_clear_transaction(ipvsctl_transaction *transaction)
{
    transaction->changes.clear();
}

int ipvsctl_commit(ipvsctl_client *client, const ipvsctl_transaction *transaction,
                   ipvsctl_commit_result *result, ipvsctl_error *error)
{
    return c::guarded(error, [&] {
        const auto done = client->client.commit(transaction->changes);
        if (!done)
            return c::fail(done.error(), error);
        if (result)
            *result = {.generation = done->generation, .count = done->count};
        return 0;
    });
}
