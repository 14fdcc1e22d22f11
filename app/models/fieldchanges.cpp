// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fieldchanges.h"

#include "models/yaml.h"

#include <QJsonArray>
#include <QSet>

using namespace Qt::StringLiterals;

namespace kdra::models {

namespace {

QJsonObject compared(const QJsonObject &object)
{
    QJsonObject result = readable(object);
    result.remove(u"status"_s);
    QJsonObject metadata = result.value(u"metadata").toObject();
    for (const QString &key : {u"generation"_s, u"resourceVersion"_s, u"uid"_s, u"creationTimestamp"_s, u"selfLink"_s})
        metadata.remove(key);
    if (!metadata.isEmpty())
        result.insert(u"metadata"_s, metadata);
    return result;
}

// The elements by their names; nothing unless all have one and each another.
std::optional<QJsonObject> byName(const QJsonArray &list)
{
    QJsonObject named;
    for (const QJsonValue &one : list) {
        const QString name = one.toObject().value(u"name").toString();
        if (name.isEmpty() || named.contains(name))
            return {};
        named.insert(name, one);
    }
    return named;
}

class Comparison {
public:
    QList<FieldChange> changes;

    void compare(const QString &path, const QJsonValue &before, const QJsonValue &after)
    {
        if (before == after)
            return;
        if (before.isObject() && after.isObject())
            members(path, before.toObject(), after.toObject(), false);
        else if (before.isArray() && after.isArray())
            lists(path, before.toArray(), after.toArray());
        else
            changes.append({path, before, after});
    }

private:
    void members(const QString &path, const QJsonObject &before, const QJsonObject &after, bool elements)
    {
        QStringList keys = before.keys();
        for (const QString &key : after.keys()) {
            if (!before.contains(key))
                keys.append(key);
        }
        keys.sort();
        for (const QString &key : std::as_const(keys)) {
            const QString place = elements ? path + u'[' + key + u']' : path.isEmpty() ? key : path + u'.' + key;
            compare(place, before.value(key), after.value(key));
        }
    }

    void lists(const QString &path, const QJsonArray &before, const QJsonArray &after)
    {
        const auto namedBefore = byName(before);
        const auto namedAfter = byName(after);
        if (namedBefore && namedAfter && *namedBefore != *namedAfter) {
            members(path, *namedBefore, *namedAfter, true);
            return;
        }
        for (qsizetype i = 0; i < qMax(before.size(), after.size()); ++i) {
            const auto at = [i](const QJsonArray &list) {
                return i < list.size() ? list.at(i) : QJsonValue(QJsonValue::Undefined);
            };
            compare(path + u'[' + QString::number(i) + u']', at(before), at(after));
        }
    }
};

QString side(QChar sign, const QString &path, const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    // The value as YAML has it after a key; a path would be quoted.
    QString text;
    const QString yaml = path + toYaml({{u"x"_s, value}}).sliced(1);
    for (const auto lines = yaml.split(u'\n', Qt::SkipEmptyParts); const QString &line : lines)
        text += sign + u' ' + line + u'\n';
    return text;
}

} // namespace

QList<FieldChange> changesBetween(const QJsonObject &before, const QJsonObject &after)
{
    Comparison comparison;
    comparison.compare({}, compared(before), compared(after));
    return comparison.changes;
}

QString asDiff(const QList<FieldChange> &changes)
{
    QString text;
    for (const FieldChange &change : changes)
        text += side(u'-', change.path, change.before) + side(u'+', change.path, change.after);
    return text;
}

} // namespace kdra::models
