// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <optional>

namespace kdra::metrics {

// What goes wrong first while a document is read; everything after it is read to no effect.
struct Reading {
    QString origin = {}; // the file, or the object that the document is from
    std::optional<Error> error = {};

    void fail(const QString &path, const QString &what);
};

// Reads one object of a document by its keys. A value of another type, and a key that nobody asked for, is an error
// that names its place as "$.rows[0].panels[2].grid".
class ObjectReader {
public:
    ObjectReader(const QJsonValue &value, QString path, Reading &reading);

    QString string(QLatin1StringView key, qsizetype longest = 65536);
    QString required(QLatin1StringView key); // not empty
    bool boolean(QLatin1StringView key);
    int integer(QLatin1StringView key, int least, int most, int otherwise);
    std::optional<double> number(QLatin1StringView key);
    QStringList strings(QLatin1StringView key, qsizetype most);
    QJsonObject object(QLatin1StringView key);
    QJsonArray array(QLatin1StringView key, qsizetype most);
    // The place of `text` in `names`; `otherwise` when the key is not there.
    int choice(QLatin1StringView key, std::initializer_list<QLatin1StringView> names, int otherwise = 0);
    bool has(QLatin1StringView key) const { return m_object.contains(key); }
    QString pathOf(QLatin1StringView key) const { return m_path + u'.' + key; }
    void fail(QLatin1StringView key, const QString &what);
    // Complains about keys that have not been asked for.
    void finish();

private:
    QJsonValue take(QLatin1StringView key);

    QJsonObject m_object;
    QString m_path;
    Reading &m_reading;
    QSet<QString> m_asked;
};

} // namespace kdra::metrics
