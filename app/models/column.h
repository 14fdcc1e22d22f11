// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/stringpool.h"

#include <QString>

#include <span>
#include <string_view>

namespace kdra::models {

// How a query compares a column's values.
enum class FieldType : quint8 {
    Text, // text of the record
    Interned, // text by its StringId
    Words, // some of Column::words, as bits
    Labels, // "key=value\n" lines by StringId
    Count, // a plain number
    Cpu, // thousandths of a core; written "500m" or "2"
    Bytes, // written "1Gi"
    Ratio, // some of all; written "1/2", "1", "yes" (all) or "no"
    Age, // seconds since the Unix epoch; written as the time that has passed since: "2h"
};

struct Column {
    QString title; // with the unit: "Memory (MiB)"
    int width = 100; // to begin with, in device independent pixels
    bool number = false; // right-aligned
    // What queries and settings call it, the same in every language; aliases are separated by spaces.
    std::string_view key = {};
    std::string_view aliases = {};
    FieldType type = FieldType::Text;
    bool hidden = false; // until the user wants it
    std::span<const std::string_view> words = {}; // of FieldType::Words, by bit
};

// A cell as a query sees it; the column's type says which members count.
struct FieldValue {
    StringId id = StringId::Empty; // Interned, Labels
    std::string_view text = {}; // Text
    qint64 number = 0; // the others; Age: 0 when unknown
    qint64 of = 0; // Ratio
};

inline FieldValue fieldOf(StringId id)
{
    return {.id = id};
}
inline FieldValue fieldOf(std::string_view text)
{
    return {.text = text};
}
inline FieldValue fieldOf(qint64 number)
{
    return {.number = number};
}

} // namespace kdra::models
