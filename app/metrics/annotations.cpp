// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/annotations.h"

#include <cmath>

namespace kdra::metrics {

QList<Occurrence> occurrencesOf(const Annotation &annotation, const Answer &answer, qint64 step)
{
    QList<Occurrence> out;
    for (const Series &series : *answer.series) {
        Occurrence made{
            .title = annotation.title.isEmpty() ? annotation.name : legendOf(series.labels, annotation.title),
            .text = annotation.text.isEmpty() ? QString() : legendOf(series.labels, annotation.text),
            .color = annotation.color};
        bool open = false;
        for (std::size_t i = 0; i < series.values.size(); ++i) {
            const qint64 time = series.times[i];
            if (series.values[i] == 0 || std::isnan(series.values[i]))
                continue;
            if (open && time - out.last().to <= step) {
                out.last().to = time;
                continue;
            }
            made.from = made.to = time;
            out.append(made);
            open = true;
        }
    }
    std::ranges::stable_sort(out, {}, [](const Occurrence &one) { return std::pair(one.from, one.to); });
    if (out.size() > mostOccurrences)
        out.remove(0, out.size() - mostOccurrences);
    return out;
}

Annotation interpolated(const Annotation &annotation, const Scope &scope)
{
    Annotation out = annotation;
    out.expr = interpolated(annotation.expr, scope, Purpose::Expression);
    out.title = interpolated(annotation.title, scope, Purpose::Text);
    out.text = interpolated(annotation.text, scope, Purpose::Text);
    return out;
}

} // namespace kdra::metrics
