// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objects/json.h"

#include <QJsonDocument>

#include <cstring>

namespace kdra::demo {
namespace {

QByteArray filled(QByteArrayView text, Fields fields)
{
    QByteArray out;
    out.reserve(text.size() + 256);
    for (qsizetype i = 0; i < text.size();) {
        if (text[i] != '$') {
            out.append(text[i++]);
            continue;
        }
        qsizetype end = i + 1;
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0))
            ++end;
        const QByteArrayView name = text.sliced(i + 1, end - i - 1);
        for (const auto &[key, value] : fields) {
            if (key == name) {
                out.append(value.toUtf8());
                break;
            }
        }
        i = end;
    }
    return out;
}

void putParts(QJsonObject &object, QStringView path, const QJsonValue &value)
{
    const qsizetype dot = path.indexOf(u'.');
    if (dot < 0) {
        if (value.isUndefined())
            object.remove(path);
        else
            object.insert(path, value);
        return;
    }
    const QStringView head = path.first(dot);
    QJsonObject child = object.value(head).toObject();
    putParts(child, path.sliced(dot + 1), value);
    object.insert(head, child);
}

} // namespace

QJsonObject fromText(QByteArrayView text, Fields fields)
{
    QJsonParseError error;
    const QByteArray json = filled(text, fields);
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    Q_ASSERT_X(error.error == QJsonParseError::NoError, "fromText",
        qPrintable(error.errorString() + QLatin1Char('\n') + QString::fromUtf8(json.mid(error.offset, 80))));
    return document.object();
}

QJsonArray arrayFromText(QByteArrayView text)
{
    return QJsonDocument::fromJson(text.toByteArray()).array();
}

QString timestamp(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ssZ"));
}

QString microTimestamp(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz000Z"));
}

QDateTime parseTimestamp(const QString &text)
{
    return QDateTime::fromString(text, Qt::ISODateWithMs);
}

QJsonValue at(const QJsonObject &object, QStringView path)
{
    QJsonObject current = object;
    for (;;) {
        const qsizetype dot = path.indexOf(u'.');
        if (dot < 0)
            return current.value(path);
        current = current.value(path.first(dot)).toObject();
        path = path.sliced(dot + 1);
    }
}

QString textAt(const QJsonObject &object, QStringView path)
{
    return at(object, path).toString();
}

int intAt(const QJsonObject &object, QStringView path, int fallback)
{
    return at(object, path).toInt(fallback);
}

void put(QJsonObject &object, QStringView path, const QJsonValue &value)
{
    putParts(object, path, value);
}

ByteTemplate::ByteTemplate(const QByteArray &text, std::span<const QByteArrayView> names)
{
    qsizetype start = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '$')
            continue;
        int field = -1;
        qsizetype length = 0; // the longest name wins: $name before $na
        for (std::size_t n = 0; n < names.size(); ++n) {
            if (names[n].size() > length && QByteArrayView(text).sliced(i + 1).startsWith(names[n])) {
                field = static_cast<int>(n);
                length = names[n].size();
            }
        }
        if (field < 0)
            continue;
        m_pieces.push_back({text.mid(start, i - start), field});
        m_literalSize += i - start;
        i += length;
        start = i + 1;
    }
    m_pieces.push_back({text.mid(start), -1});
    m_literalSize += text.size() - start;
}

void ByteTemplate::append(QByteArray &out, std::span<const QByteArrayView> values) const
{
    qsizetype size = m_literalSize;
    for (const Piece &piece : m_pieces) {
        if (piece.field >= 0)
            size += values[static_cast<std::size_t>(piece.field)].size();
    }
    const qsizetype before = out.size();
    out.reserve(before + size); // exactly: growing would round up to the next power of two, half as much again
    out.resizeForOverwrite(before + size);
    char *to = out.data() + before;
    for (const Piece &piece : m_pieces) {
        std::memcpy(to, piece.literal.constData(), static_cast<std::size_t>(piece.literal.size()));
        to += piece.literal.size();
        if (piece.field < 0)
            continue;
        const QByteArrayView value = values[static_cast<std::size_t>(piece.field)];
        if (!value.isEmpty())
            std::memcpy(to, value.data(), static_cast<std::size_t>(value.size()));
        to += value.size();
    }
}

} // namespace kdra::demo
