// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/yaml.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace kdra::models {

namespace {

// Whether YAML 1.1 or 1.2 readers would take the plain text for something else than this text.
bool needsQuotes(const QString &text)
{
    static const QRegularExpression plain(
        QStringLiteral("\\A[A-Za-z_/][A-Za-z0-9_./@+=%-]*(?:[ :][A-Za-z0-9_./@+=%(,)-]+)*\\z"));
    static const QRegularExpression special(
        QStringLiteral("\\A(?:y|n|yes|no|true|false|on|off|null)\\z"), QRegularExpression::CaseInsensitiveOption);
    return !plain.match(text).hasMatch() || special.match(text).hasMatch();
}

QString quoted(const QString &text)
{
    if (!needsQuotes(text))
        return text;
    const bool printable = std::ranges::all_of(text, [](QChar c) { return c.isPrint() || c.isSurrogate(); });
    if (printable) {
        QString single = text;
        return u'\'' + single.replace(u'\'', QStringLiteral("''")) + u'\'';
    }
    // JSON strings are YAML double-quoted strings.
    const QByteArray json = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.mid(1, json.size() - 2));
}

void write(QString &out, const QJsonValue &value, int indent, bool inList);

void writeText(QString &out, const QString &text, int indent)
{
    // Literal blocks for what has lines, unless its first line is indented, which they cannot express as simply.
    if (text.contains(u'\n') && !text.startsWith(u' ') && !text.startsWith(u'\n') && !text.contains(u'\t')
        && !text.contains(u'\r')) {
        out += text.endsWith(u'\n') ? QStringLiteral("|\n") : QStringLiteral("|-\n");
        const QStringView body = text.endsWith(u'\n') ? QStringView(text).chopped(1) : QStringView(text);
        for (const auto lines = body.split(u'\n'); const QStringView line : lines) {
            if (!line.isEmpty()) {
                out += QString(indent, u' ');
                out += line;
            }
            out += u'\n';
        }
        return;
    }
    out += quoted(text) + u'\n';
}

void writeObject(QString &out, const QJsonObject &object, int indent, bool inList)
{
    bool first = inList;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!first)
            out += QString(indent, u' ');
        first = false;
        out += quoted(it.key()) + u':';
        write(out, it.value(), indent, false);
    }
}

// After "key:" or "-": the rest of the line and what belongs under it.
void write(QString &out, const QJsonValue &value, int indent, bool inList)
{
    switch (value.type()) {
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        if (object.isEmpty()) {
            out += QStringLiteral(" {}\n");
        } else if (inList) {
            out += u' ';
            writeObject(out, object, indent + 2, true);
        } else {
            out += u'\n';
            writeObject(out, object, indent + 2, false);
        }
        break;
    }
    case QJsonValue::Array: {
        const QJsonArray array = value.toArray();
        if (array.isEmpty()) {
            out += QStringLiteral(" []\n");
            break;
        }
        out += u'\n';
        // kubectl's way: list items start in the column of their key.
        const int column = inList ? indent + 2 : indent;
        for (const QJsonValue &item : array) {
            out += QString(column, u' ') + u'-';
            write(out, item, column, true);
        }
        break;
    }
    case QJsonValue::String:
        out += u' ';
        writeText(out, value.toString(), indent + 2);
        break;
    case QJsonValue::Double:
        out += u' '
            + QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact)).slice(1).chopped(1)
            + u'\n';
        break;
    case QJsonValue::Bool:
        out += value.toBool() ? QStringLiteral(" true\n") : QStringLiteral(" false\n");
        break;
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        out += QStringLiteral(" null\n");
        break;
    }
}

} // namespace

QJsonObject readable(QJsonObject object)
{
    QJsonObject metadata = object.value(u"metadata").toObject();
    metadata.remove(u"managedFields");
    if (object.value(u"kind").toString() == QLatin1StringView("Secret")) {
        for (const QString &field : {QStringLiteral("data"), QStringLiteral("stringData")}) {
            if (!object.contains(field))
                continue;
            QJsonObject data = object.value(field).toObject();
            for (auto it = data.begin(); it != data.end(); ++it) {
                const QByteArray text = it.value().toString().toUtf8();
                const qsizetype size =
                    field == QLatin1StringView("data") ? QByteArray::fromBase64(text).size() : text.size();
                it.value() =
                    QCoreApplication::translate("models", "(%n bytes, hidden)", nullptr, static_cast<int>(size));
            }
            object.insert(field, data);
        }
        QJsonObject annotations = metadata.value(u"annotations").toObject();
        annotations.remove(u"kubectl.kubernetes.io/last-applied-configuration");
        if (metadata.contains(u"annotations"))
            metadata.insert(u"annotations", annotations);
    }
    if (!metadata.isEmpty())
        object.insert(u"metadata", metadata);
    return object;
}

QString toYaml(const QJsonObject &object)
{
    QString out;
    writeObject(out, object, 0, false);
    return out;
}

} // namespace kdra::models
