// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/selectors.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace kdra::demo {
namespace {

// Splits at commas that are not inside parentheses.
QStringList requirements(const QString &text)
{
    QStringList parts;
    QString part;
    int depth = 0;
    for (const QChar c : text) {
        depth += c == QLatin1Char('(') ? 1 : c == QLatin1Char(')') ? -1 : 0;
        if (c == QLatin1Char(',') && depth == 0) {
            parts.append(part.trimmed());
            part.clear();
        } else {
            part += c;
        }
    }
    parts.append(part.trimmed());
    parts.removeAll(QString());
    return parts;
}

QByteArrayList valuesOf(const QString &list)
{
    QByteArrayList values;
    for (const auto parts = list.split(QLatin1Char(',')); const QString &value : parts)
        values.append(value.trimmed().toUtf8());
    return values;
}

} // namespace

ApiResult<LabelSelector> LabelSelector::parse(const QString &text)
{
    static const QRegularExpression compare(QStringLiteral(R"(^([A-Za-z0-9._/-]+)\s*(==|=|!=)\s*([A-Za-z0-9._-]*)$)"));
    static const QRegularExpression among(
        QStringLiteral(R"(^([A-Za-z0-9._/-]+)\s+(in|notin)\s*\(([A-Za-z0-9._,\s-]*)\)$)"));
    static const QRegularExpression present(QStringLiteral(R"(^(!?)\s*([A-Za-z0-9._/-]+)$)"));
    LabelSelector selector;
    for (const QStringList parts = requirements(text); const QString &part : parts) {
        if (const auto match = compare.match(part); match.hasMatch()) {
            const bool negative = match.captured(2) == QLatin1StringView("!=");
            selector.m_terms.push_back(
                {match.captured(1).toUtf8(), negative ? Operator::NotIn : Operator::In, {match.captured(3).toUtf8()}});
        } else if (const auto set = among.match(part); set.hasMatch()) {
            selector.m_terms.push_back(
                {set.captured(1).toUtf8(), set.captured(2) == QLatin1StringView("in") ? Operator::In : Operator::NotIn,
                    valuesOf(set.captured(3))});
        } else if (const auto exists = present.match(part); exists.hasMatch()) {
            selector.m_terms.push_back({exists.captured(2).toUtf8(),
                exists.captured(1).isEmpty() ? Operator::Exists : Operator::DoesNotExist, {}});
        } else {
            return status::badRequest(QStringLiteral("unable to parse requirement: found '%1', expected: identifier, "
                                                     "'!', 'in', 'notin', '=', '==', '!='")
                    .arg(part));
        }
    }
    return selector;
}

LabelSelector LabelSelector::fromJson(const QJsonObject &json)
{
    LabelSelector selector;
    const QJsonObject labels = json.value(QLatin1StringView("matchLabels")).toObject();
    for (auto it = labels.begin(); it != labels.end(); ++it)
        selector.m_terms.push_back({it.key().toUtf8(), Operator::In, {it.value().toString().toUtf8()}});
    for (const QJsonArray matchExpressions = json.value(QLatin1StringView("matchExpressions")).toArray();
        const QJsonValue &value : matchExpressions) {
        const QJsonObject expression = value.toObject();
        const QString name = expression.value(QLatin1StringView("operator")).toString();
        Term term;
        term.key = expression.value(QLatin1StringView("key")).toString().toUtf8();
        term.op = name == QLatin1StringView("In") ? Operator::In
            : name == QLatin1StringView("NotIn")  ? Operator::NotIn
            : name == QLatin1StringView("Exists") ? Operator::Exists
                                                  : Operator::DoesNotExist;
        for (const QJsonArray values = expression.value(QLatin1StringView("values")).toArray();
            const QJsonValue &entry : values)
            term.values.append(entry.toString().toUtf8());
        selector.m_terms.push_back(term);
    }
    return selector;
}

bool LabelSelector::matches(const std::vector<std::pair<QByteArray, QByteArray>> &labels) const
{
    return std::ranges::all_of(m_terms, [&labels](const Term &term) {
        const auto found = std::ranges::find(labels, term.key, [](const auto &label) { return label.first; });
        const bool there = found != labels.end();
        switch (term.op) {
        case Operator::In:
            return there && term.values.contains(found->second);
        case Operator::NotIn:
            return !there || !term.values.contains(found->second);
        case Operator::Exists:
            return there;
        case Operator::DoesNotExist:
            return !there;
        }
        return false;
    });
}

ApiResult<FieldSelector> FieldSelector::parse(const QString &text, const ResourceType &type)
{
    static const QRegularExpression compare(QStringLiteral(R"(^([^=!]+?)\s*(==|=|!=)\s*(.*)$)"));
    FieldSelector selector;
    for (const QStringList parts = requirements(text); const QString &part : parts) {
        const auto match = compare.match(part);
        if (!match.hasMatch())
            return status::badRequest(QStringLiteral("invalid selector: '%1'; can't understand '%2'").arg(text, part));
        const QByteArray path = match.captured(1).toUtf8();
        Term term{Name, match.captured(3).toUtf8(), match.captured(2) != QLatin1StringView("!=")};
        if (path == "metadata.namespace")
            term.index = Namespace;
        else if (path != "metadata.name") {
            term.index = static_cast<int>(type.fieldPaths.indexOf(path));
            if (term.index < 0)
                return status::badRequest(type.id < kind::EventsEvent && type.group.isEmpty()
                        ? QStringLiteral("field label not supported: %1").arg(match.captured(1))
                        : QStringLiteral("\"%1\" is not a known field selector: only \"metadata.name\", "
                                         "\"metadata.namespace\"")
                              .arg(match.captured(1)));
        }
        selector.m_terms.push_back(std::move(term));
    }
    return selector;
}

bool FieldSelector::matches(const StoredObject &object) const
{
    return std::ranges::all_of(m_terms, [&object](const Term &term) {
        const QByteArray &value = term.index == Name ? object.name
            : term.index == Namespace                ? object.ns
                                                     : object.fields[static_cast<std::size_t>(term.index)];
        return (value == term.value) == term.equal;
    });
}

} // namespace kdra::demo
