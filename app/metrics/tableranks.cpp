// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/tableranks.h"

#include <QCollator>
#include <QDateTime>
#include <QHash>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kdra::metrics {

namespace {

// Ranks of what `keys` has for the cells that have one, by an order of keys.
template <class Key>
std::vector<quint32> ranked(qsizetype cells, const std::vector<std::pair<Key, quint32>> &keys, auto less)
{
    std::vector<quint32> order(keys.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](quint32 a, quint32 b) { return less(keys[a].first, keys[b].first); });
    std::vector<quint32> ranks(size_t(cells), unranked);
    quint32 rank = 0;
    for (size_t i = 0; i < order.size(); ++i) {
        if (i > 0 && less(keys[order[i - 1]].first, keys[order[i]].first))
            ++rank;
        ranks[keys[order[i]].second] = rank;
    }
    return ranks;
}

}

std::vector<quint32> ranksOf(const TableColumn &column)
{
    const bool texts = std::ranges::none_of(column.cells, [](const QVariant &cell) {
        return cell.typeId() == QMetaType::Double || cell.typeId() == QMetaType::QDateTime;
    });
    if (!texts) {
        std::vector<std::pair<double, quint32>> numbers;
        for (qsizetype i = 0; i < column.cells.size(); ++i) {
            const QVariant &cell = column.cells[i];
            const double number = cell.typeId() == QMetaType::QDateTime ? double(cell.toDateTime().toMSecsSinceEpoch())
                : cell.typeId() == QMetaType::Double                    ? cell.toDouble()
                                                                        : std::nan("");
            if (!std::isnan(number))
                numbers.emplace_back(number, quint32(i));
        }
        return ranked(column.cells.size(), numbers, std::less<>());
    }
    // Words repeat: the language's order is asked for once for each of them.
    const QCollator collator;
    QHash<QString, quint32> places;
    std::vector<std::pair<QCollatorSortKey, quint32>> words;
    std::vector<quint32> wordOf(size_t(column.cells.size()), unranked);
    for (qsizetype i = 0; i < column.cells.size(); ++i) {
        if (!column.cells[i].isValid())
            continue;
        const QString word = column.cells[i].toString();
        const auto known = places.constFind(word);
        if (known != places.cend()) {
            wordOf[size_t(i)] = *known;
            continue;
        }
        wordOf[size_t(i)] = quint32(words.size());
        places.insert(word, quint32(words.size()));
        words.emplace_back(collator.sortKey(word), quint32(words.size()));
    }
    const std::vector<quint32> ranks = ranked(qsizetype(words.size()), words,
        [](const QCollatorSortKey &a, const QCollatorSortKey &b) { return a.compare(b) < 0; });
    for (quint32 &word : wordOf)
        word = word == unranked ? unranked : ranks[word];
    return wordOf;
}

} // namespace kdra::metrics
