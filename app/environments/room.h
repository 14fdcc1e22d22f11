// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <limits>

namespace kdra::environments {

// What the scheduler counts on a node: thousandths of a core, bytes, pods.
struct Room {
    qint64 cpuMilli = 0;
    qint64 memory = 0;
    qint64 pods = 0;

    Room &operator+=(const Room &other)
    {
        cpuMilli += other.cpuMilli;
        memory += other.memory;
        pods += other.pods;
        return *this;
    }
    Room &operator-=(const Room &other) { return *this += other * -1; }
    friend Room operator*(const Room &room, qint64 times)
    {
        return {room.cpuMilli * times, room.memory * times, room.pods * times};
    }
    // What asks for none of a resource fits even where that one is overcommitted.
    bool holds(const Room &asked) const
    {
        return (!asked.cpuMilli || asked.cpuMilli <= cpuMilli) && (!asked.memory || asked.memory <= memory)
            && (!asked.pods || asked.pods <= pods);
    }
    // How many of them fit.
    qint64 times(const Room &asked) const
    {
        qint64 most = std::numeric_limits<qint64>::max();
        const auto limit = [&most](qint64 free, qint64 one) {
            if (one)
                most = std::min(most, std::max<qint64>(free, 0) / one);
        };
        limit(cpuMilli, asked.cpuMilli);
        limit(memory, asked.memory);
        limit(pods, asked.pods);
        return most;
    }
    // Whether less than 15 % of any of the three is left.
    bool isTight(const Room &whole) const
    {
        const auto tight = [](qint64 left, qint64 all) { return all > 0 && left < (all * 15 + 99) / 100; };
        return tight(cpuMilli, whole.cpuMilli) || tight(memory, whole.memory) || tight(pods, whole.pods);
    }
    bool operator==(const Room &) const = default;
};

} // namespace kdra::environments
