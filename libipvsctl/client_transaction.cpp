// SPDX-License-Identifier: LGPL-2.1-or-later
/** Changes that happen together. */
#include "client_impl.hpp"

namespace ipvsctl {
inline namespace v1 {

namespace {

using detail::DestAttrs;
using detail::NfvsAttrs;
using detail::SvcAttrs;

/** An item of the message, out of sets of attributes that lie elsewhere. */
template <typename Dest> struct Item {
    std::uint8_t command;
    const SvcAttrs *service;
    const Dest *dest;

    void encode(detail::AttrWriter &out) const
    {
        out.put_u8(NFVS_ITEM_A_COMMAND, command);
        if (service)
            out.put_set(NFVS_ITEM_A_SERVICE, *service);
        if (dest)
            out.put_set(NFVS_ITEM_A_DEST, *dest);
    }
};

} // namespace

using GenerationAttr = detail::FixedAttr<std::uint64_t>;

/** The message grows with each change. It begins with the generation, wanted or not. */
class Transaction::Impl {
public:
    Impl() { attributes_.put_fixed(GenerationAttr(NFVS_A_GENERATION, 0)); }

    void change_service(std::uint8_t command, const ServiceKey &key, const SvcAttrs &service)
    {
        put<DestAttrs>({.command = command, .service = &service, .dest = nullptr});
        service_ = key;
    }

    void change_service(std::uint8_t command, const ServiceKey &key,
                        const Result<SvcAttrs> &service)
    {
        if (service)
            change_service(command, key, service.value());
        else
            refuse(service.error());
    }

    template <typename Dest>
    void change_destination(std::uint8_t command, const ServiceKey &key, const Dest &dest)
    {
        // An item without a service means that of the item before it.
        if (service_ == key)
            return put<Dest>({.command = command, .service = nullptr, .dest = &dest});
        const SvcAttrs service = detail::encode_service_key(key);
        put<Dest>({.command = command, .service = &service, .dest = &dest});
        service_ = key;
    }

    void flush()
    {
        put<DestAttrs>({.command = NFVS_CMD_FLUSH, .service = nullptr, .dest = nullptr});
        service_.reset();
    }

    void expect_generation(std::uint64_t generation) noexcept
    {
        attributes_.overwrite(0, GenerationAttr(NFVS_A_GENERATION, generation));
        expects_generation_ = true;
    }

    void reserve(std::size_t changes)
    {
        constexpr std::size_t item_size = 64; // of most of them
        attributes_.reserve(changes * item_size);
    }

    std::size_t size() const noexcept { return size_; }

    void clear() noexcept
    {
        attributes_.truncate(sizeof(GenerationAttr));
        service_.reset();
        inexpressible_.reset();
        expects_generation_ = false;
        size_ = 0;
    }

    Result<CommitResult> commit(detail::Transport &transport) const
    {
        if (inexpressible_)
            return *inexpressible_;
        const std::size_t unwanted = expects_generation_ ? 0 : sizeof(GenerationAttr);
        const auto replies = transport.transact(detail::MessageView{
            .command = NFVS_CMD_COMMIT, .attributes = attributes_.view().subspan(unwanted)});
        if (!replies)
            return replies.error();
        for (const auto &reply : *replies)
            if (reply.command == NFVS_CMD_COMMIT)
                return NfvsAttrs::decode(reply.attributes).and_then(result_in);
        return detail::protocol_error("the kernel did not answer");
    }

private:
    static Result<CommitResult> result_in(const NfvsAttrs &attrs)
    {
        if (!attrs.generation)
            return detail::missing_attribute("generation");
        if (!attrs.count)
            return detail::missing_attribute("count");
        return CommitResult{.generation = *attrs.generation, .count = *attrs.count};
    }

    template <typename Dest> void put(const Item<Dest> &item)
    {
        attributes_.all_or_nothing([&] { attributes_.put_set(NFVS_A_ITEM, item); });
        size_++;
    }

    // The first change that cannot be expressed is the one that fails the whole.
    void refuse(const Error &error)
    {
        if (!inexpressible_) {
            inexpressible_ = error;
            inexpressible_->item = size_;
        }
        size_++;
    }

    detail::AttrWriter attributes_;
    std::optional<ServiceKey> service_; // of the last item
    std::optional<Error> inexpressible_;
    bool expects_generation_ = false;
    std::size_t size_ = 0;
};

Transaction::Transaction() : impl_(std::make_unique<Impl>()) {}
Transaction::Transaction(Transaction &&other) noexcept = default;
Transaction &Transaction::operator=(Transaction &&other) noexcept = default;
Transaction::~Transaction() = default;

void Transaction::add_service(const ServiceKey &key, const ServiceConfig &config)
{
    impl_->change_service(NFVS_CMD_NEW_SERVICE, key, detail::encode_service(key, config));
}

void Transaction::edit_service(const ServiceKey &key, const ServiceConfig &config)
{
    impl_->change_service(NFVS_CMD_SET_SERVICE, key, detail::encode_service(key, config));
}

void Transaction::delete_service(const ServiceKey &key)
{
    impl_->change_service(NFVS_CMD_DEL_SERVICE, key, detail::encode_service_key(key));
}

void Transaction::add_destination(const ServiceKey &key, const DestinationConfig &config)
{
    impl_->change_destination(NFVS_CMD_NEW_DEST, key,
                              detail::DestinationNest{config, family_of(key)});
}

void Transaction::edit_destination(const ServiceKey &key, const DestinationConfig &config)
{
    impl_->change_destination(NFVS_CMD_SET_DEST, key,
                              detail::DestinationNest{config, family_of(key)});
}

void Transaction::delete_destination(const ServiceKey &key, const Endpoint &endpoint)
{
    impl_->change_destination(NFVS_CMD_DEL_DEST, key, detail::encode_destination_key(endpoint));
}

void Transaction::flush()
{
    impl_->flush();
}

void Transaction::expect_generation(std::uint64_t generation)
{
    impl_->expect_generation(generation);
}

void Transaction::reserve(std::size_t changes)
{
    impl_->reserve(changes);
}

std::size_t Transaction::size() const noexcept
{
    return impl_->size();
}

void Transaction::clear() noexcept
{
    impl_->clear();
}

Result<CommitResult> Client::commit(const Transaction &transaction)
{
    if (!impl_->is_nfvs())
        return detail::not_with_ip_vs("ip_vs has no transactions");
    return transaction.impl_->commit(impl_->transport());
}

} // namespace v1
} // namespace ipvsctl
