// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/informer.h"

#include <QByteArray>

// One informer driven by hand: events in, records out.
namespace kdra::test {

template <store::Kind K> class InformerFixture {
public:
    InformerFixture()
    {
        auto first = std::make_shared<store::Snapshot>();
        first->strings = strings;
        snapshot = first;
    }

    store::Applied event(const char *type, const QByteArray &object)
    {
        return raw("{\"type\":\"" + QByteArray(type) + "\",\"object\":" + object + "}");
    }
    store::Applied raw(QByteArray json)
    {
        const qsizetype size = json.size();
        json.append(simdjson::SIMDJSON_PADDING, '\0');
        return informer->applyEvent(simdjson::padded_string_view(
            json.constData(), static_cast<size_t>(size), static_cast<size_t>(json.size())));
    }
    store::Applied page(QByteArray json)
    {
        const qsizetype size = json.size();
        json.append(simdjson::SIMDJSON_PADDING, '\0');
        return informer->applyPage(simdjson::padded_string_view(
            json.constData(), static_cast<size_t>(size), static_cast<size_t>(json.size())));
    }
    store::KindDelta publish()
    {
        auto next = std::make_shared<store::Snapshot>(*snapshot);
        store::KindDelta delta;
        informer->publish(*next, delta);
        snapshot = next;
        return delta;
    }
    const auto &table() const { return snapshot->table<K>(); }
    QString string(StringId id) const { return snapshot->string(id); }

    std::shared_ptr<StringPool> strings = std::make_shared<StringPool>();
    std::unique_ptr<store::Informer> informer = store::Informer::create(K, *strings);
    std::shared_ptr<const store::Snapshot> snapshot;
};

inline QByteArray uid(int number)
{
    return "00000000-0000-4000-8000-" + QByteArray::number(number).rightJustified(12, '0');
}

} // namespace kdra::test
