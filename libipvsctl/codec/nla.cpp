// SPDX-License-Identifier: LGPL-2.1-or-later
#include "nla.hpp"

#include <algorithm>
#include <cerrno>
#include <stdexcept>

namespace ipvsctl {
inline namespace v1 {
namespace detail {
namespace {

Error malformed()
{
    return protocol_error("the kernel sent a malformed attribute");
}

// Up to the first NUL.
std::string_view text_of(ByteView payload) noexcept
{
    const std::string_view text(reinterpret_cast<const char *>(payload.data()), payload.size());
    return text.substr(0, text.find('\0'));
}

std::string name_of(const AttrTable *table, std::uint16_t type, const AttrTable **nested)
{
    *nested = nullptr;
    if (table != nullptr) {
        for (const auto &one : table->names) {
            if (one.type == type) {
                *nested = one.nested;
                return one.name;
            }
        }
    }
    return "attribute " + std::to_string(type);
}

void append_name(std::string &path, const std::string &name)
{
    if (!path.empty()) {
        path += '.';
    }
    path += name;
}

// Finds the attribute that begins at offset or has it inside. Returns how far into that
// attribute's payload offset points; nothing when it is the attribute itself, or there is none.
std::optional<std::size_t> locate(ByteView &attrs, std::size_t offset, std::uint16_t &type)
{
    ByteView rest = attrs;
    while (!rest.empty()) {
        const std::size_t start = attrs.size() - rest.size();
        auto attr = next_attr(rest);
        if (!attr) {
            break;
        }
        const std::size_t payload_start = start + attr_header_size;
        if (offset == start ||
            (offset >= payload_start && offset < payload_start + attr->payload.size())) {
            type = attr->type;
            attrs = attr->payload;
            if (offset == start) {
                return std::nullopt;
            }
            return offset - payload_start;
        }
    }
    type = 0;
    return std::nullopt;
}

} // namespace

std::string attr_path(const AttrTable &table, ByteView attrs, std::optional<std::size_t> offset,
                      std::uint16_t missing_type)
{
    std::string path;
    const AttrTable *level = &table;
    while (offset) {
        std::uint16_t type = 0;
        const auto deeper = locate(attrs, *offset, type);
        if (type == 0) {
            return {};
        }
        append_name(path, name_of(level, type, &level));
        // A byte of a plain value belongs to that value.
        offset = level != nullptr ? deeper : std::nullopt;
    }
    if (missing_type != 0) {
        append_name(path, name_of(level, missing_type, &level));
    }
    return path;
}

std::optional<std::size_t> place_of(ByteView attrs, std::uint16_t type, std::size_t offset)
{
    std::size_t place = 0;
    Attr attr{};
    for (ByteView rest = attrs; !rest.empty();) {
        if (!split_attr(rest, attr)) {
            break;
        }
        if (offset < attrs.size() - rest.size()) {
            return attr.type == type ? std::optional(place) : std::nullopt;
        }
        place += attr.type == type ? 1 : 0;
    }
    return std::nullopt;
}

Error protocol_error(std::string message, std::string attribute)
{
    return Error{.domain = Domain::protocol,
                 .code = EPROTO,
                 .message = std::move(message),
                 .attribute = std::move(attribute)};
}

Error missing_attribute(std::string attribute)
{
    return protocol_error("the kernel left an attribute out", std::move(attribute));
}

Error Attr::wrong_size(std::size_t expected) const
{
    return protocol_error("the kernel sent " + std::to_string(payload.size()) + " bytes where " +
                          std::to_string(expected) + " were expected");
}

Result<std::uint16_t> Attr::as_u16_be() const
{
    auto raw = as_u16();
    if (raw) {
        *raw = swap_be16(*raw);
    }
    return raw;
}

Result<std::uint32_t> Attr::as_u32_be() const
{
    auto raw = as_u32();
    if (raw) {
        *raw = swap_be32(*raw);
    }
    return raw;
}

Result<Bytes> Attr::as_binary() const
{
    return Bytes(payload.begin(), payload.end());
}

Result<std::string> Attr::as_string() const
{
    return std::string(text_of(payload));
}

Result<Attr> next_attr(ByteView &in)
{
    Attr attr{};
    if (!split_attr(in, attr)) {
        return malformed();
    }
    return attr;
}

bool AttrReader::fail_malformed()
{
    error_ = malformed();
    return false;
}

void AttrReader::fail(Error error, const char *name)
{
    error.attribute = error.attribute.empty() ? name : name + ("." + error.attribute);
    error_ = std::move(error);
}

void AttrReader::take_u16_be(std::optional<std::uint16_t> &into, const char *name)
{
    take_u16(into, name);
    if (into) {
        *into = swap_be16(*into);
    }
}

void AttrReader::take_u32_be(std::optional<std::uint32_t> &into, const char *name)
{
    take_u32(into, name);
    if (into) {
        *into = swap_be32(*into);
    }
}

void AttrReader::take_bytes(std::optional<Bytes> &into, const char *) const
{
    into.emplace(attr_.payload.begin(), attr_.payload.end());
}

void AttrReader::take_string(std::optional<std::string> &into, const char *) const
{
    into.emplace(text_of(attr_.payload));
}

void AttrReader::take_strings(std::vector<std::string> &into, const char *) const
{
    into.emplace_back(text_of(attr_.payload));
}

void AttrWriter::put_u16_be(std::uint16_t type, std::optional<std::uint16_t> value)
{
    if (value) {
        put_u16(type, swap_be16(*value));
    }
}

void AttrWriter::put_u32_be(std::uint16_t type, std::optional<std::uint32_t> value)
{
    if (value) {
        put_u32(type, swap_be32(*value));
    }
}

void AttrWriter::put_bytes(std::uint16_t type, const std::optional<Bytes> &value)
{
    if (value) {
        put(type, value->data(), value->size());
    }
}

void AttrWriter::put_string(std::uint16_t type, const std::optional<std::string> &value)
{
    if (value) {
        put(type, value->c_str(), value->size() + 1);
    }
}

void AttrWriter::put_strings(std::uint16_t type, const std::vector<std::string> &values)
{
    for (const std::string &value : values) {
        put(type, value.c_str(), value.size() + 1);
    }
}

void AttrWriter::put(std::uint16_t type, const void *payload, std::size_t size)
{
    if (size > attr_payload_max)
        throw std::length_error("more than an attribute can hold");
    std::copy_n(static_cast<const std::uint8_t *>(payload), size, room(type, size));
}

} // namespace detail
} // namespace v1
} // namespace ipvsctl
