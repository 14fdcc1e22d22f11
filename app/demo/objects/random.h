// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <cstdint>

namespace kdra::demo {

// SplitMix64: the same numbers from the same seed on every platform, unlike the standard distributions.
constexpr std::uint64_t mix(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

constexpr std::uint64_t hashOf(QStringView text, std::uint64_t seed)
{
    std::uint64_t h = mix(seed);
    for (const QChar c : text)
        h = mix(h ^ c.unicode());
    return h;
}

class Random {
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {
    }
    std::uint64_t next() { return mix(m_state++); }
    // In [0, end).
    int below(int end) { return static_cast<int>(next() % static_cast<std::uint64_t>(end)); }
    int between(int first, int last) { return first + below(last - first + 1); }
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    // A random string as Kubernetes appends to generated names (apimachinery util/rand: no vowels, no 0, 1, 3).
    QString suffix(int length)
    {
        QString out(length, Qt::Uninitialized);
        for (QChar &c : out)
            c = QLatin1Char(Alphabet[static_cast<std::size_t>(below(27))]);
        return out;
    }

    static constexpr std::array<char, 28> Alphabet{"bcdfghjklmnpqrstvwxz2456789"};

private:
    std::uint64_t m_state;
};

// A version 4 UUID that depends only on its arguments.
QString uuidOf(QStringView text, std::uint64_t seed);
// Ten characters: what a ReplicaSet's name and the pod-template-hash label end in.
QString templateHash(QStringView text, std::uint64_t seed);

} // namespace kdra::demo
