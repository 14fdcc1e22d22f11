// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>

namespace kdra::environments {

// Calls `change` with the object at `key`, if there is one, and puts the result back.
template <class Change> void at(QJsonObject &object, QLatin1StringView key, Change change)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->isObject())
        return;
    QJsonObject inner = found->toObject();
    change(inner);
    *found = inner;
}

// The same for each object of the list at `key`.
template <class Change> void eachOf(QJsonObject &object, QLatin1StringView key, Change change)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->isArray())
        return;
    QJsonArray array = found->toArray();
    for (QJsonValueRef one : array) {
        QJsonObject inner = one.toObject();
        change(inner);
        one = inner;
    }
    *found = array;
}

} // namespace kdra::environments
