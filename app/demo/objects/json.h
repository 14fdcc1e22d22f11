// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QTimeZone>

#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

// Small tools for building Kubernetes objects as JSON.
namespace kdra::demo {

// `$name` in a text stands for a field's value; a value is inserted as it is, so it must not need JSON escaping.
using Fields = std::initializer_list<std::pair<QByteArrayView, QString>>;
QJsonObject fromText(QByteArrayView text, Fields fields = {});
QJsonArray arrayFromText(QByteArrayView text);

// "2026-05-04T10:11:12Z", metav1.Time.
QString timestamp(const QDateTime &time);
// "2026-05-04T10:11:12.123456Z", metav1.MicroTime (leases, events).
QString microTimestamp(const QDateTime &time);
QDateTime parseTimestamp(const QString &text);

// The value at a path of keys separated by dots ("spec.template.metadata"); Undefined when there is none.
QJsonValue at(const QJsonObject &object, QStringView path);
QString textAt(const QJsonObject &object, QStringView path);
int intAt(const QJsonObject &object, QStringView path, int fallback = 0);
// Sets the value at a path, creating the objects on the way; an Undefined value removes the key.
void put(QJsonObject &object, QStringView path, const QJsonValue &value);

inline QString nameOf(const QJsonObject &object)
{
    return textAt(object, u"metadata.name");
}
inline QString namespaceOf(const QJsonObject &object)
{
    return textAt(object, u"metadata.namespace");
}
inline QString uidOf(const QJsonObject &object)
{
    return textAt(object, u"metadata.uid");
}

// A text with `$name` fields, cut once and filled many times: the way to hundreds of thousands of objects a second.
class ByteTemplate {
public:
    ByteTemplate() = default;
    // `names` gives each field its index in render(); other `$` stay as they are.
    ByteTemplate(const QByteArray &text, std::span<const QByteArrayView> names);

    void append(QByteArray &out, std::span<const QByteArrayView> values) const;

private:
    struct Piece {
        QByteArray literal;
        int field = -1; // follows the literal; -1 at the end
    };
    std::vector<Piece> m_pieces;
    qsizetype m_literalSize = 0;
};

} // namespace kdra::demo
