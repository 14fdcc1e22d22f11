// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/statecontent.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace kdra::ui {

namespace {
constexpr double glyph = 8;
constexpr double tallest = 34;
constexpr double inset = 4;
}

StateContent::StateContent(const Palette &palette)
    : m_palette(palette)
{
}

void StateContent::setData(const metrics::Panel &, const metrics::PanelData &data)
{
    m_data = data;
    m_rows.clear();
    m_states.clear();
    const qint64 step = std::max<qint64>(1, data.gap * 2 / 3);
    for (const metrics::PanelSeries &series : data.series) {
        std::vector<Run> runs;
        const metrics::Series &points = *series.points;
        double last = 0;
        for (size_t i = 0; i < points.times.size() && i < points.values.size(); ++i) {
            const double value = points.values[i];
            const qint64 time = points.times[i];
            if (std::isnan(value) && !series.mapping(value))
                continue;
            // A state holds until the next sample.
            if (!runs.empty() && runs.back().to >= time) {
                runs.back().to = time;
                if (value == last) {
                    runs.back().to = time + step;
                    continue;
                }
            }
            last = value;
            Run run{.from = time, .to = time + step, .text = series.text(value), .color = series.colorOf(value)};
            if (!runs.empty() && runs.back().to == time && runs.back().text == run.text
                && runs.back().color == run.color) {
                runs.back().to = run.to;
                continue;
            }
            if (run.color.isEmpty() && !m_states.contains(run.text) && m_states.size() < 64)
                m_states.append(run.text);
            runs.push_back(std::move(run));
        }
        m_rows.push_back(std::move(runs));
    }
}

bool StateContent::isEmpty() const
{
    return std::ranges::all_of(m_rows, [](const std::vector<Run> &runs) { return runs.empty(); });
}

void StateContent::arrange(const View &view)
{
    m_view = view;
}

void StateContent::setPalette(const Palette &palette)
{
    m_palette = palette;
}

double StateContent::rowHeight() const
{
    return m_view.size.height() / double(std::max<size_t>(1, m_rows.size()));
}

std::vector<metrics::Tick> StateContent::ticks() const
{
    std::vector<metrics::Tick> ticks;
    const auto count = double(m_rows.size());
    const int every = std::max(1, int(std::ceil(15 / std::max(0.1, rowHeight()))));
    for (size_t i = 0; i < m_rows.size(); i += size_t(every))
        ticks.push_back({1 - (double(i) + 0.5) / count, m_data.series[i].name});
    std::ranges::reverse(ticks);
    return ticks;
}

QColor StateContent::colourOf(const Run &run) const
{
    if (const auto colour = namedColour(run.color, m_palette))
        return *colour;
    return seriesLook(int(std::max<qsizetype>(0, m_states.indexOf(run.text))), m_palette).colour;
}

QList<PlotContent::Key> StateContent::keys() const
{
    // A dozen states are words; a hundred numbers are none.
    constexpr qsizetype most = 12;
    QList<Key> keys;
    for (const std::vector<Run> &runs : m_rows) {
        for (const Run &run : runs) {
            const bool known = std::ranges::any_of(keys, [&run](const Key &key) { return key.text == run.text; });
            if (!known && keys.size() == most)
                return {};
            if (!known)
                keys.append({colourOf(run), run.text});
        }
    }
    return keys;
}

void StateContent::paint(QPainter &painter, bool)
{
    QFont font = painter.font();
    font.setPixelSize(Metrics::textSmall);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const double scale = m_view.size.width() / double(m_view.span.length());
    const double height = rowHeight();
    const double bar = std::min(tallest, std::max(1.0, height > 6 ? height - 4 : height));
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (size_t row = 0; row < m_rows.size(); ++row) {
        const double top = std::round(double(row) * height + (height - bar) / 2);
        double painted = -1; // what lies within one pixel is painted once
        for (const Run &run : m_rows[row]) {
            const double left = std::max(0.0, std::round(double(run.from - m_view.span.from) * scale));
            const double right = std::min(m_view.size.width(), std::round(double(run.to - m_view.span.from) * scale));
            if (right < 0 || left > m_view.size.width() || right <= painted)
                continue;
            painted = std::max(right, left + 1);
            const QColor colour = colourOf(run);
            // What is well is thinner, and what fails is hatched: it is told without colours too.
            const auto severity = severityOfColour(run.color);
            const double thin = severity == store::Severity::Healthy && bar > 10 ? 3 : 0;
            const QRectF place(left, top + thin, std::max(1.0, right - left), bar - 2 * thin);
            painter.fillRect(place, colour);
            const QColor ink = readableOn(colour);
            if (severity == store::Severity::Failing) {
                QColor hatch = ink;
                hatch.setAlphaF(0.28F);
                painter.fillRect(place, QBrush(hatch, Qt::BDiagPattern));
            }
            // Edges of runs of like colours are seen.
            if (left > 0)
                painter.fillRect(QRectF(left, top, 1, bar), m_palette.panel);
            if (place.height() < metrics.height() || place.width() < glyph + 2 * inset)
                continue;
            painter.setPen(ink);
            const double words = metrics.horizontalAdvance(run.text);
            if (words + 2 * inset <= place.width())
                painter.drawText(place.adjusted(inset, 0, -inset, 0), Qt::AlignLeft | Qt::AlignVCenter, run.text);
            else if (place.width() > 34)
                painter.drawText(place.adjusted(inset, 0, -inset, 0), Qt::AlignLeft | Qt::AlignVCenter,
                    metrics.elidedText(run.text, Qt::ElideRight, place.width() - 2 * inset));
        }
    }
}

const StateContent::Run *StateContent::runAt(size_t row, qint64 time) const
{
    const std::vector<Run> &runs = m_rows[row];
    const auto it = std::ranges::upper_bound(runs, time, {}, &Run::from);
    return it != runs.begin() && std::prev(it)->to >= time ? &*std::prev(it) : nullptr;
}

Tip StateContent::tipAt(qint64 time, double y) const
{
    Tip tip{.time = time};
    constexpr qsizetype most = 16;
    for (size_t row = 0; row < m_rows.size(); ++row) {
        const Run *run = runAt(row, time);
        if (!run)
            continue;
        const bool chosen = !m_chosen.isEmpty() && m_data.series[row].name == m_chosen;
        if (tip.rows.size() >= most && !chosen) {
            ++tip.more;
            continue;
        }
        tip.rows.append({.look = {colourOf(*run), 0},
            .severity = severityOfColour(run->color),
            .name = m_data.series[row].name,
            .value = run->text,
            .nearest = chosen || (m_chosen.isEmpty() && !std::isnan(y) && int(y / rowHeight()) == int(row))});
    }
    return tip;
}

QString StateContent::besideChosen(qint64, int direction) const
{
    if (m_data.series.empty())
        return {};
    const auto chosen = std::ranges::find(m_data.series, m_chosen, &metrics::PanelSeries::name);
    if (m_chosen.isEmpty() || chosen == m_data.series.end())
        return direction < 0 ? m_data.series.back().name : m_data.series.front().name;
    const auto at =
        std::clamp<std::ptrdiff_t>(chosen - m_data.series.begin() + direction, 0, std::ssize(m_data.series) - 1);
    return m_data.series[size_t(at)].name;
}

qint64 StateContent::neighbour(qint64 time, int direction) const
{
    // From change to change.
    std::optional<qint64> best;
    for (const std::vector<Run> &runs : m_rows) {
        for (const Run &run : runs) {
            if (direction < 0 && run.from < time)
                best = std::max(best.value_or(run.from), run.from);
            else if (direction > 0 && run.from > time)
                best = std::min(best.value_or(run.from), run.from);
        }
    }
    return best.value_or(time);
}

} // namespace kdra::ui
