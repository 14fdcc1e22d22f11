// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/csv.h"

#include <QDateTime>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

QByteArray csvField(const QString &text)
{
    QString field = text;
    if (!field.isEmpty() && u"=+-@\t\r"_s.contains(field.front())) {
        bool number = false;
        field.toDouble(&number);
        if (!number)
            field.prepend(u'\'');
    }
    if (field.contains(u',') || field.contains(u'"') || field.contains(u'\n') || field.contains(u'\r'))
        field = u'"' + field.replace(u'"', u"\"\""_s) + u'"';
    return field.toUtf8();
}

QByteArray csvOf(const PanelData &data)
{
    QByteArray text = "time";
    std::vector<size_t> at(data.series.size(), 0);
    for (const PanelSeries &series : data.series)
        text += ',' + csvField(series.name);
    text += "\r\n";
    while (true) {
        // The earliest time that is left.
        std::optional<qint64> time;
        for (size_t i = 0; i < at.size(); ++i) {
            const std::vector<qint64> &times = data.series[i].points->times;
            if (at[i] < times.size() && (!time || times[at[i]] < *time))
                time = times[at[i]];
        }
        if (!time)
            return text;
        text += QDateTime::fromMSecsSinceEpoch(*time, QTimeZone::UTC).toString(Qt::ISODateWithMs).toLatin1();
        for (size_t i = 0; i < at.size(); ++i) {
            const Series &points = *data.series[i].points;
            text += ',';
            if (at[i] < points.times.size() && points.times[at[i]] == *time) {
                if (at[i] < points.values.size())
                    text += QByteArray::number(points.values[at[i]], 'g', QLocale::FloatingPointShortest);
                ++at[i];
            }
        }
        text += "\r\n";
    }
}

} // namespace kdra::metrics
