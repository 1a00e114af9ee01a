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
        noting(places_, [&] { requests_.add(command, attrs); });
        size_++;
    }

    void add(std::uint8_t command, const Result<NfvsAttrs> &attrs)
    {
        if (attrs)
            add(command, attrs.value());
        else
            refuse(attrs.error());
    }

    void add_service(std::uint8_t command, const ServiceKey &key, const ServiceConfig &config)
    {
        const auto add_it = [&] { add(command, detail::configuring(key, config)); };
        if (detail::wants_nfvs(config))
            noting(for_nfvs_, add_it);
        else
            add_it();
    }

    std::size_t size() const noexcept { return size_; }

    void clear() noexcept
    {
        for_nfvs_.clear();
        requests_.clear();
        places_.clear();
        inexpressible_.clear();
        size_ = 0;
    }

    Result<std::vector<BatchFailure>> apply(detail::Transport &transport, bool is_nfvs)
    {
        return is_nfvs || for_nfvs_.empty() ? send(transport) : for_ip_vs().send(transport);
    }

private:
    void refuse(const Error &error)
    {
        inexpressible_.push_back({.index = size_, .error = error});
        size_++;
    }

    /** Takes a place for what comes next, unless memory does not suffice for that. */
    template <typename Work> void noting(std::vector<std::size_t> &places, Work &&work)
    {
        places.push_back(size_);
        try {
            std::forward<Work>(work)();
        } catch (...) {
            places.pop_back();
            throw;
        }
    }

    /** What ip_vs can do of it; all else is refused. */
    Impl for_ip_vs() const
    {
        Impl rest;
        rest.inexpressible_ = inexpressible_;
        for (std::size_t i = 0; i < requests_.size(); i++) {
            const auto place = places_[i];
            if (std::ranges::binary_search(for_nfvs_, place)) {
                rest.inexpressible_.push_back(
                    {.index = place, .error = detail::no_such_settings()});
                continue;
            }
            const auto request = requests_.view(i);
            rest.requests_.add(request);
            rest.places_.push_back(place);
        }
        return rest;
    }

    Result<std::vector<BatchFailure>> send(detail::Transport &transport)
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

    detail::RequestList requests_;
    std::vector<std::size_t> places_; // of each request in the batch
    std::vector<BatchFailure> inexpressible_;
    std::size_t size_ = 0;
    std::vector<std::size_t> for_nfvs_; // places of changes that ip_vs would take in part
};

Batch::Batch() : impl_(std::make_unique<Impl>()) {}
Batch::Batch(Batch &&other) noexcept = default;
Batch &Batch::operator=(Batch &&other) noexcept = default;
Batch::~Batch() = default;

void Batch::add_service(const ServiceKey &key, const ServiceConfig &config)
{
    impl_->add_service(NFVS_CMD_NEW_SERVICE, key, config);
}

void Batch::edit_service(const ServiceKey &key, const ServiceConfig &config)
{
    impl_->add_service(NFVS_CMD_SET_SERVICE, key, config);
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
    return batch.impl_->apply(impl_->transport(), impl_->is_nfvs());
}

} // namespace v1
} // namespace ipvsctl
