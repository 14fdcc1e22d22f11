// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/panelseries.h"

#include <cmath>
#include <limits>
#include <random>

// Panels with answers for them, the same each time.
namespace kdra::tests {

inline constexpr qint64 start = 1'760'000'000'000 - 1'760'000'000'000 % 3'600'000;
inline constexpr qint64 step = 15'000;
inline constexpr double noValue = std::numeric_limits<double>::quiet_NaN();

inline metrics::Series seriesOf(metrics::Labels labels, std::vector<double> values, qint64 every = step)
{
    metrics::Series series{.labels = std::move(labels)};
    for (size_t i = 0; i < values.size(); ++i)
        series.times.push_back(start + qint64(i) * every);
    series.values = std::move(values);
    return series;
}

inline metrics::PanelAnswer answerOf(std::vector<metrics::Series> series, const QString &refId = QStringLiteral("A"))
{
    metrics::PanelAnswer answer{.refId = refId};
    answer.answer.series = std::make_shared<const std::vector<metrics::Series>>(std::move(series));
    return answer;
}

// Smooth waves with some noise, `count` of them.
inline metrics::PanelAnswer waves(int count, int points, double level, double height, unsigned seed = 1)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> noise(0, height / 12);
    std::vector<metrics::Series> all;
    for (int i = 0; i < count; ++i) {
        std::vector<double> values;
        for (int j = 0; j < points; ++j)
            values.push_back(std::max(0.0,
                level * (1 + 0.25 * i) + height * std::sin(j / 23.0 + i * 0.9) + noise(random)
                    + (j == points * 2 / 3 && i == 0 ? 2 * height : 0)));
        all.push_back(seriesOf(
            {{QStringLiteral("instance"), QStringLiteral("pi-%1").arg(i + 1, 3, 10, QChar(u'0'))}}, std::move(values)));
    }
    return answerOf(std::move(all));
}

// The same answer to another query.
inline metrics::PanelAnswer answering(const QString &refId, metrics::PanelAnswer answer)
{
    answer.refId = refId;
    return answer;
}

inline metrics::Panel panelOf(metrics::PanelKind kind, const QString &title, const QString &unit)
{
    return {.kind = kind,
        .title = title,
        .queries = {{.refId = QStringLiteral("A"),
            .expr = QStringLiteral("sum by (instance) (up)"),
            .legend = QStringLiteral("{{instance}}")}},
        .field = {.unit = unit}};
}

// A second query, whose series have other properties.
inline metrics::Panel withSecond(metrics::Panel panel, const QString &legend, const QJsonObject &properties)
{
    panel.queries.append({.refId = QStringLiteral("B"), .expr = QStringLiteral("other"), .legend = legend});
    panel.overrides.append(
        {.matcher = QStringLiteral("byFrameRefID"), .argument = QStringLiteral("B"), .properties = properties});
    return panel;
}

} // namespace kdra::tests
