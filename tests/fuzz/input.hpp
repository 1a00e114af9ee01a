// SPDX-License-Identifier: GPL-2.0-or-later
/* Takes a fuzzer's input apart; what is missing at its end reads as zero. */
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

class Input {
public:
    Input(const std::uint8_t *data, std::size_t size) : data_(data), left_(size) {}

    bool empty() const { return left_ == 0; }

    template <typename T> T take()
    {
        T value{};
        const std::size_t size = left_ < sizeof(T) ? left_ : sizeof(T);
        if (size > 0)
            std::memcpy(&value, data_, size);
        data_ += size;
        left_ -= size;
        return value;
    }

private:
    const std::uint8_t *data_;
    std::size_t left_;
};

/* A condition that must hold for every input; the sanitizers' report shows where it did not. */
inline void must(bool holds)
{
    if (!holds)
        __builtin_trap();
}
