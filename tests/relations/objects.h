// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/informer.h"
#include "store/rowkey.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace kdra::test {

// A cluster of Kubernetes objects as JSON, read by the decoder that reads a server's. Objects without a uid get one.
class Objects {
public:
    Objects()
    {
        for (const store::KindInfo &info : store::allKinds())
            m_informers[static_cast<size_t>(info.kind)] = store::Informer::create(info.kind, *m_strings);
    }

    // One object, or a List of them. Kinds that are not watched are an error of the test.
    void add(const QJsonObject &object)
    {
        if (object.contains(u"items")) {
            for (const QJsonArray items = object[u"items"].toArray(); const QJsonValue &item : items)
                add(item.toObject());
            return;
        }
        QJsonObject complete = object;
        QJsonObject meta = complete[u"metadata"].toObject();
        if (!meta.contains(u"uid"))
            meta.insert(
                u"uid", uidOf(object[u"kind"].toString(), meta[u"namespace"].toString(), meta[u"name"].toString()));
        complete.insert(u"metadata", meta);
        for (const store::KindInfo &info : store::allKinds()) {
            if (object[u"kind"].toString() != QLatin1StringView(info.name))
                continue;
            QByteArray frame = QJsonDocument(
                QJsonObject{{QStringLiteral("type"), QStringLiteral("ADDED")},
                    {QStringLiteral("object"),
                        complete}}).toJson(QJsonDocument::Compact);
            const qsizetype size = frame.size();
            frame.append(simdjson::SIMDJSON_PADDING, '\0');
            const store::Applied applied = m_informers[static_cast<size_t>(info.kind)]->applyEvent(
                simdjson::padded_string_view(frame.constData(), size_t(size), size_t(frame.size())));
            if (applied.objects != 1)
                qFatal("not read: %s", frame.constData());
            return;
        }
        qFatal("no such kind: %s", qPrintable(object[u"kind"].toString()));
    }
    void add(const QByteArray &json)
    {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(json, &error);
        if (!document.isObject())
            qFatal("%s in %s", qPrintable(error.errorString()), json.constData());
        add(document.object());
    }

    store::SnapshotPtr snapshot()
    {
        auto next = std::make_shared<store::Snapshot>();
        next->strings = m_strings;
        for (const store::KindInfo &info : store::allKinds()) {
            store::KindDelta delta;
            m_informers[static_cast<size_t>(info.kind)]->publish(*next, delta);
            next->kinds[static_cast<size_t>(info.kind)].phase = store::KindPhase::Live;
        }
        return next;
    }

    // The uid that an object without one has got, for ownerReferences and involvedObject.
    static QString uidOf(const QString &kind, const QString &ns, const QString &name)
    {
        return QString(kind + u'/' + ns + u'/' + name);
    }

private:
    std::shared_ptr<StringPool> m_strings = std::make_shared<StringPool>();
    std::array<std::unique_ptr<store::Informer>, store::kindCount> m_informers;
};

inline QString nameAt(const store::Snapshot &snapshot, store::RowKey row)
{
    const store::AnyRecord record = store::recordAt(snapshot, row);
    const QString ns = snapshot.string(record.meta->ns);
    return store::kindName(row.kind()) + u' ' + (ns.isEmpty() ? ns : QString(ns + u'/'))
        + store::toQString(record.name);
}

// "Pod shop/web-1", "Node pi-007"; empty for an object that is gone.
inline QString nameOf(const store::Snapshot &snapshot, const store::Item &item)
{
    const auto row = store::find(snapshot, item);
    return row ? nameAt(snapshot, *row) : QString();
}

// The object of that name; null when there is none.
inline store::Item itemOf(const store::Snapshot &snapshot, const QString &name)
{
    store::Item found;
    for (const store::KindInfo &info : store::allKinds()) {
        if (!name.startsWith(store::kindName(info.kind) + u' '))
            continue;
        store::withTable(snapshot, info.kind, [&](const auto &table) {
            table.forEach([&](const auto &record) {
                if (nameAt(snapshot, {info.kind, record.slot()}) == name)
                    found = {info.kind, record->meta.uid};
            });
        });
    }
    return found;
}

} // namespace kdra::test
