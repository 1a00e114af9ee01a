// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * Netlink attributes in memory: a writer for requests, a strict reader for what the kernel
 * sends, and the tables that name an attribute. No sockets in here.
 */
#pragma once

#include "ipvsctl/result.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ipvsctl {
inline namespace v1 {
namespace detail {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline constexpr std::size_t attr_header_size = 4;
/** Of the 16 bits of its length, aligned. */
inline constexpr std::size_t attr_payload_max = 0xfffc - attr_header_size;

// Attributes begin at multiples of four.
constexpr std::size_t attr_aligned(std::size_t size) noexcept
{
    return (size + 3) & ~std::size_t{3};
}

// Set in the type of a nest: commands of nfvs's own insist on it, older ones do not mind.
inline constexpr std::uint16_t nested_flag = 0x8000;

// The kernel sent something that the protocol does not allow; attribute says where.
Error protocol_error(std::string message, std::string attribute = {});

// It left out what every version of it sends.
Error missing_attribute(std::string attribute);

// An attribute's name, and its own attributes where it is a nest.
struct AttrTable;
struct AttrName {
    std::uint16_t type;
    const char *name;
    const AttrTable *nested;
};
struct AttrTable {
    std::span<const AttrName> names;
};

// The place, among the attributes of a type, of the one that has the byte at offset; nothing if
// another one has it.
std::optional<std::size_t> place_of(ByteView attrs, std::uint16_t type, std::size_t offset);

// The dotted name, such as "service.addr", of the attribute whose header begins offset bytes
// into attrs; empty where none does. A missing_type that is not 0 names an attribute that
// should have been inside it; with no offset, one of the top level.
std::string attr_path(const AttrTable &table, ByteView attrs, std::optional<std::size_t> offset,
                      std::uint16_t missing_type = 0);

constexpr std::uint16_t swap_be16(std::uint16_t value) noexcept
{
    if constexpr (std::endian::native == std::endian::big) {
        return value;
    }
    return static_cast<std::uint16_t>((value >> 8) | (value << 8));
}

constexpr std::uint32_t swap_be32(std::uint32_t value) noexcept
{
    if constexpr (std::endian::native == std::endian::big) {
        return value;
    }
    return (value >> 24) | ((value >> 8) & 0xff00U) | ((value << 8) & 0xff0000U) | (value << 24);
}

// One attribute of a message, a view into it.
struct Attr {
    std::uint16_t type;
    ByteView payload;

    Result<std::uint8_t> as_u8() const { return as_struct<std::uint8_t>(); }
    Result<std::uint16_t> as_u16() const { return as_struct<std::uint16_t>(); }
    Result<std::uint32_t> as_u32() const { return as_struct<std::uint32_t>(); }
    Result<std::uint64_t> as_u64() const { return as_struct<std::uint64_t>(); }
    Result<std::uint16_t> as_u16_be() const;
    Result<std::uint32_t> as_u32_be() const;
    Result<Bytes> as_binary() const;
    // Up to the first NUL; the kernel always sends one, but nothing depends on it.
    Result<std::string> as_string() const;

    template <typename T>
    requires std::is_trivially_copyable_v<T> Result<T> as_struct()
    const
    {
        if (payload.size() != sizeof(T)) {
            return wrong_size(sizeof(T));
        }
        T value{};
        std::memcpy(&value, payload.data(), sizeof(value));
        return value;
    }

private:
    Error wrong_size(std::size_t expected) const;
};

// Takes the first attribute off in; false where in is malformed.
inline bool split_attr(ByteView &in, Attr &attr) noexcept
{
    constexpr std::uint16_t type_mask = 0x3fff; // without NLA_F_NESTED and NLA_F_NET_BYTEORDER
    std::uint16_t header[2] = {};
    if (in.size() >= attr_header_size) {
        std::memcpy(header, in.data(), attr_header_size);
    }
    const std::size_t length = header[0];
    if (length < attr_header_size || length > in.size()) {
        return false;
    }
    attr.type = header[1] & type_mask;
    attr.payload = in.subspan(attr_header_size, length - attr_header_size);
    in = in.subspan(std::min(attr_aligned(length), in.size()));
    return true;
}

// Takes the next attribute off the front of in; an error where in is malformed.
Result<Attr> next_attr(ByteView &in);

// Calls visit, which returns Result<void>, for each attribute until one fails.
template <typename Visitor> Result<void> each_attr(ByteView in, Visitor &&visit)
{
    while (!in.empty()) {
        auto attr = next_attr(in);
        if (!attr) {
            return attr.error();
        }
        auto status = visit(*attr);
        if (!status) {
            return status.error();
        }
    }
    return {};
}

// Goes through attributes and takes their values out. Ends at the first that is not as it should
// be; the error names it.
class AttrReader {
public:
    explicit AttrReader(ByteView in) noexcept : rest_(in) {}

    bool next()
    {
        if (error_ || rest_.empty()) {
            return false;
        }
        return split_attr(rest_, attr_) || fail_malformed();
    }

    std::uint16_t type() const noexcept { return attr_.type; }
    // Of an attribute, or of one inside it.
    std::optional<Error> &error() noexcept { return error_; }

    void take_u8(std::optional<std::uint8_t> &into, const char *name) { take_struct(into, name); }
    void take_u16(std::optional<std::uint16_t> &into, const char *name) { take_struct(into, name); }
    void take_u32(std::optional<std::uint32_t> &into, const char *name) { take_struct(into, name); }
    void take_u64(std::optional<std::uint64_t> &into, const char *name) { take_struct(into, name); }
    void take_u16_be(std::optional<std::uint16_t> &into, const char *name);
    void take_u32_be(std::optional<std::uint32_t> &into, const char *name);
    void take_bytes(std::optional<Bytes> &into, const char *name) const;
    void take_string(std::optional<std::string> &into, const char *name) const;
    void take_strings(std::vector<std::string> &into, const char *name) const;

    template <typename T>
    requires std::is_trivially_copyable_v<T>
    void take_struct(std::optional<T> &into, const char *name)
    {
        if (attr_.payload.size() == sizeof(T)) {
            std::memcpy(&into.emplace(), attr_.payload.data(), sizeof(T));
        } else {
            fail(attr_.as_struct<T>().error(), name);
        }
    }

    template <typename T> void take_nest(std::optional<T> &into, const char *name)
    {
        take_inner(into.emplace(), name);
    }

    template <typename T> void take_nests(std::vector<T> &into, const char *name)
    {
        take_inner(into.emplace_back(), name);
    }

private:
    template <typename T> void take_inner(T &into, const char *name)
    {
        AttrReader inner(attr_.payload);
        into.take(inner);
        if (inner.error_) {
            fail(std::move(*inner.error_), name);
        }
    }

    void fail(Error error, const char *name);
    bool fail_malformed(); // false always

    ByteView rest_;
    Attr attr_{};
    std::optional<Error> error_;
};

// The set of attributes that in holds.
template <typename Attrs> Result<Attrs> decoded(ByteView in)
{
    Result<Attrs> result{Attrs()};
    AttrReader reader(in);
    result->take(reader);
    if (reader.error()) {
        result = std::move(*reader.error());
    }
    return result;
}

// An attribute with a value of known size, as it is in a message.
template <typename T>
requires std::is_trivially_copyable_v<T>
class FixedAttr {
public:
    FixedAttr(std::uint16_t type, const T &value) noexcept : type_(type)
    {
        std::memcpy(value_.data(), &value, sizeof(T));
    }

private:
    std::uint16_t length_ = attr_header_size + sizeof(T);
    std::uint16_t type_;
    std::array<std::uint32_t, attr_aligned(sizeof(T)) / sizeof(std::uint32_t)> value_{};
};

// Builds the attributes of a request. Nothing is written for an absent optional.
class AttrWriter {
public:
    void put_u8(std::uint16_t type, std::optional<std::uint8_t> value) { put_scalar(type, value); }
    void put_u16(std::uint16_t type, std::optional<std::uint16_t> value)
    {
        put_scalar(type, value);
    }
    void put_u32(std::uint16_t type, std::optional<std::uint32_t> value)
    {
        put_scalar(type, value);
    }
    void put_u64(std::uint16_t type, std::optional<std::uint64_t> value)
    {
        put_scalar(type, value);
    }
    void put_u16_be(std::uint16_t type, std::optional<std::uint16_t> value);
    void put_u32_be(std::uint16_t type, std::optional<std::uint32_t> value);
    void put_bytes(std::uint16_t type, const std::optional<Bytes> &value);
    // With a terminating NUL, which the kernel's policy asks for.
    void put_string(std::uint16_t type, const std::optional<std::string> &value);
    void put_strings(std::uint16_t type, const std::vector<std::string> &values);

    template <typename T> void put_struct(std::uint16_t type, const std::optional<T> &value)
    {
        put_scalar(type, value);
    }

    template <typename T> void put_nest(std::uint16_t type, const std::optional<T> &value)
    {
        if (value) {
            put_set(type, *value);
        }
    }

    template <typename T> void put_nests(std::uint16_t type, const std::vector<T> &values)
    {
        for (const auto &value : values) {
            put_set(type, value);
        }
    }

    // A nest with all the attributes of a set.
    template <typename T> void put_set(std::uint16_t type, const T &value)
    {
        const std::size_t start = open(static_cast<std::uint16_t>(type | nested_flag));
        value.encode(*this);
        close(start);
    }

    // Many attributes at once, as their bytes: values of FixedAttr behind each other.
    template <typename T>
    requires std::is_trivially_copyable_v<T>
    void put_fixed(const T &attributes)
    {
        static_assert(alignof(T) == attr_header_size && sizeof(T) % attr_header_size == 0);
        std::memcpy(append(sizeof(T)), &attributes, sizeof(T));
    }

    // In place of as many bytes that are there.
    template <typename T>
    requires std::is_trivially_copyable_v<T>
    void overwrite(std::size_t at, const T &attributes) noexcept
    {
        std::memcpy(bytes_.data() + at, &attributes, sizeof(T));
    }

    // Room for so many bytes more.
    void reserve(std::size_t size) { bytes_.reserve(size_ + size); }

    ByteView view() const noexcept { return ByteView(bytes_).first(size_); }

    // Attributes that are encoded already.
    void put_encoded(ByteView attributes)
    {
        std::ranges::copy(attributes, append(attributes.size()));
    }

    // Leaves so many bytes.
    void truncate(std::size_t size) noexcept { size_ = size; }

    // Where memory does not suffice for what work writes, nothing of it is left.
    template <typename Work> void all_or_nothing(Work &&work)
    {
        const std::size_t start = size_;
        try {
            std::forward<Work>(work)();
        } catch (...) {
            size_ = start;
            throw;
        }
    }

    Bytes take() &&
    {
        bytes_.resize(size_);
        return std::move(bytes_);
    }

private:
    template <typename T>
    requires std::is_trivially_copyable_v<T>
    void put_scalar(std::uint16_t type, const std::optional<T> &value)
    {
        if (value) {
            std::memcpy(room(type, sizeof(T)), &*value, sizeof(T));
        }
    }

    void put(std::uint16_t type, const void *payload, std::size_t size);
    // Where what is new goes.
    std::uint8_t *append(std::size_t size)
    {
        constexpr std::size_t more = 256; // enough for most requests
        const std::size_t start = size_;
        if (start + size > bytes_.size()) {
            bytes_.resize(start + size + more);
        }
        size_ = start + size;
        return bytes_.data() + start;
    }
    // Where the payload of a new attribute goes.
    std::uint8_t *room(std::uint16_t type, std::size_t size)
    {
        const auto length = static_cast<std::uint16_t>(attr_header_size + size);
        std::uint8_t *const attr = append(attr_aligned(length));
        std::memcpy(attr, &length, sizeof(length));
        std::memcpy(attr + 2, &type, sizeof(type));
        // What it is filled up with.
        std::memset(attr + length, 0, attr_aligned(length) - length);
        return attr + attr_header_size;
    }
    std::size_t open(std::uint16_t type)
    {
        const std::size_t start = size_;
        (void)room(type, 0);
        return start;
    }
    // What is inside is aligned, and so is the whole.
    void close(std::size_t start) noexcept
    {
        const auto length = static_cast<std::uint16_t>(size_ - start);
        std::memcpy(bytes_.data() + start, &length, sizeof(length));
    }

    Bytes bytes_;          // with room for more
    std::size_t size_ = 0; // of what is written
};

// The encoded form of a whole set of attributes.
template <typename Attrs> Bytes encoded(const Attrs &attrs)
{
    AttrWriter out;
    attrs.encode(out);
    return std::move(out).take();
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
