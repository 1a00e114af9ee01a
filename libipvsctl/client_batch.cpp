// SPDX-License-Identifier: LGPL-2.1-or-later
/** Many changes at a time. */
#include "client_impl.hpp"
#include "codec/timeouts.hpp"

#include <algorithm>

namespace ipvsctl {
inline namespace v1 {

using detail::NfvsAttrs;

/** Changes that could not be expressed take a place in the batch, but none in the requests. */
class Batch::Impl {
public:
    void add(std::uint8_t command, const NfvsAttrs &attrs)
    {
        requests_.add(command, attrs);
        places_.push_back(size_++);
    }

    void add(std::uint8_t command, const Result<NfvsAttrs> &attrs)
    {
        if (attrs)
            add(command, attrs.value());
        else
            inexpressible_.push_back({.index = size_++, .error = attrs.error()});
    }

    std::size_t size() const noexcept { return size_; }

    void clear() noexcept
    {
        requests_.clear();
        places_.clear();
        inexpressible_.clear();
        size_ = 0;
    }

    Result<std::vector<BatchFailure>> apply(detail::Transport &transport)
    {
        auto refusals = transport.batch(requests_);
        if (!refusals)
            return std::move(refusals).error();
        std::vector<BatchFailure> failures = inexpressible_;
        for (auto &refusal : *refusals)
            failures.push_back(
                {.index = places_[refusal.index], .error = std::move(refusal.error)});
        std::ranges::sort(failures, {}, &BatchFailure::index);
        return failures;
    }

private:
    detail::RequestList requests_;
    std::vector<std::size_t> places_; // of each request in the batch
    std::vector<BatchFailure> inexpressible_;
    std::size_t size_ = 0;
};

Batch::Batch() : impl_(std::make_unique<Impl>()) {}
Batch::Batch(Batch &&other) noexcept = default;
Batch &Batch::operator=(Batch &&other) noexcept = default;
Batch::~Batch() = default;

void Batch::add_service(const ServiceKey &key, const ServiceConfig &config)
{
    impl_->add(NFVS_CMD_NEW_SERVICE, detail::configuring(key, config));
}

void Batch::edit_service(const ServiceKey &key, const ServiceConfig &config)
{
    impl_->add(NFVS_CMD_SET_SERVICE, detail::configuring(key, config));
}

void Batch::delete_service(const ServiceKey &key)
{
    impl_->add(NFVS_CMD_DEL_SERVICE, detail::naming(key));
}

void Batch::add_destination(const ServiceKey &key, const DestinationConfig &config)
{
    impl_->add(NFVS_CMD_NEW_DEST, detail::naming(key, detail::encode_destination(config)));
}

void Batch::edit_destination(const ServiceKey &key, const DestinationConfig &config)
{
    impl_->add(NFVS_CMD_SET_DEST, detail::naming(key, detail::encode_destination(config)));
}

void Batch::delete_destination(const ServiceKey &key, const Endpoint &endpoint)
{
    impl_->add(NFVS_CMD_DEL_DEST, detail::naming(key, detail::encode_destination_key(endpoint)));
}

void Batch::zero()
{
    impl_->add(NFVS_CMD_ZERO, NfvsAttrs());
}

void Batch::zero(const ServiceKey &key)
{
    impl_->add(NFVS_CMD_ZERO, detail::naming(key));
}

void Batch::flush()
{
    impl_->add(NFVS_CMD_FLUSH, NfvsAttrs());
}

void Batch::set_timeouts(const Timeouts &timeouts)
{
    impl_->add(NFVS_CMD_SET_CONFIG, detail::encode_timeouts(timeouts));
}

void Batch::start_daemon(const SyncDaemon &daemon)
{
    impl_->add(NFVS_CMD_NEW_DAEMON, detail::starting(daemon));
}

void Batch::stop_daemon(DaemonRole role)
{
    impl_->add(NFVS_CMD_DEL_DAEMON, detail::naming(role));
}

std::size_t Batch::size() const noexcept
{
    return impl_->size();
}

void Batch::clear() noexcept
{
    impl_->clear();
}

Result<std::vector<BatchFailure>> Client::apply(const Batch &batch)
{
    return batch.impl_->apply(impl_->transport());
}

} // namespace v1
} // namespace ipvsctl
