// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/valueformats.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

QString escaped(QStringView text, QStringView special)
{
    QString out;
    for (const QChar c : text) {
        if (special.contains(c))
            out += u'\\';
        out += c;
    }
    return out;
}

// What a PromQL string of this quote reads as `text`. A raw string has no escapes, so a backquote in it is left out.
QString inQuotes(const QString &text, QChar quote)
{
    if (quote == u'`')
        return QString(text).remove(u'`');
    if (quote.isNull())
        return text;
    QString out;
    for (const QChar c : text) {
        if (c == u'\n')
            out += u"\\n"_s;
        else if (c == u'\\' || c == quote)
            out += QString(u'\\') + c;
        else
            out += c;
    }
    return out;
}

QStringList mapped(const QStringList &values, auto change)
{
    QStringList out;
    for (const QString &value : values)
        out.append(change(value));
    return out;
}

QString grouped(const QStringList &parts, QChar separator, QChar open, QChar close)
{
    return parts.size() == 1 ? parts.first() : open + parts.join(separator) + close;
}

}

QString escapedForRegex(QStringView text)
{
    return escaped(text, u"\\^$*+?.()|[]{}");
}

QString inExpression(const Chosen &chosen, const Place &place)
{
    if (!chosen.whole.isEmpty())
        return chosen.whole;
    if (!chosen.asRegex || (place.matcher && chosen.values.size() == 1))
        return inQuotes(chosen.values.join(u','), place.quote);
    const QStringList parts = mapped(chosen.values, [](const QString &value) { return escapedForRegex(value); });
    return inQuotes(grouped(parts, u'|', u'(', u')'), place.quote);
}

QString formatted(const Chosen &chosen, QStringView format, const QString &name)
{
    const QStringList &values = chosen.values;
    if (format == "text"_L1)
        return chosen.texts.join(u" + "_s);
    if (!chosen.whole.isEmpty())
        return format == "percentencode"_L1 ? QString::fromUtf8(QUrl::toPercentEncoding(chosen.whole)) : chosen.whole;
    if (format == "csv"_L1 || format == "raw"_L1)
        return values.join(u',');
    if (format == "pipe"_L1)
        return values.join(u'|');
    if (format == "regex"_L1)
        return grouped(mapped(values, [](const QString &value) { return escapedForRegex(value); }), u'|', u'(', u')');
    if (format == "json"_L1) {
        const QByteArray all = QJsonDocument(QJsonArray::fromStringList(values)).toJson(QJsonDocument::Compact);
        return QString::fromUtf8(values.size() == 1 ? all.sliced(1, all.size() - 2) : all);
    }
    if (format == "doublequote"_L1)
        return mapped(values, [](const QString &value) { return u'"' + escaped(value, u"\\\"") + u'"'; }).join(u',');
    if (format == "singlequote"_L1)
        return mapped(values, [](const QString &value) { return u'\'' + escaped(value, u"\\'") + u'\''; }).join(u',');
    if (format == "sqlstring"_L1)
        return mapped(values, [](QString value) { return u'\'' + value.replace(u'\'', u"''"_s) + u'\''; }).join(u',');
    if (format == "distributed"_L1) {
        QString out;
        for (const QString &value : values)
            out += out.isEmpty() ? value : u',' + name + u'=' + value;
        return out;
    }
    if (format == "lucene"_L1) {
        const QStringList parts =
            mapped(values, [](const QString &value) { return escaped(value, u"+-=&|><!(){}[]^\"~*?:\\/"); });
        if (parts.size() == 1)
            return parts.first();
        return u'(' + mapped(parts, [](const QString &part) { return u'"' + part + u'"'; }).join(u" OR "_s) + u')';
    }
    if (format == "percentencode"_L1)
        return QString::fromUtf8(QUrl::toPercentEncoding(grouped(values, u',', u'{', u'}')));
    if (format == "queryparam"_L1)
        return mapped(values, [&](const QString &value) {
            return u"var-"_s + QString::fromUtf8(QUrl::toPercentEncoding(name)) + u'='
                + QString::fromUtf8(QUrl::toPercentEncoding(value));
        }).join(u'&');
    return grouped(values, u',', u'{', u'}'); // glob
}

} // namespace kdra::metrics
