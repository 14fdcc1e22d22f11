// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/heatmapcontent.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace kdra::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double pixelsPerTick = 18;
}

HeatmapContent::HeatmapContent(const Palette &palette)
    : m_palette(palette)
{
}

void HeatmapContent::setData(const metrics::Panel &, const metrics::PanelData &data)
{
    m_data = data;
    m_buckets.clear();
    m_most = 0;
    std::vector<const metrics::Series *> all;
    for (const metrics::PanelSeries &series : data.series)
        all.push_back(series.points);
    m_times = metrics::stacked(all, metrics::Stacking::None).times;
    m_step = data.gap * 2 / 3;
    bool cumulative = !data.series.empty();
    for (size_t i = 0; i < data.series.size(); ++i) {
        const metrics::PanelSeries &series = data.series[i];
        const QString le = series.points->labels.value(u"le"_s);
        bool known = false;
        const double edge = le == "+Inf"_L1 ? std::numeric_limits<double>::infinity() : le.toDouble(&known);
        known = known || le == "+Inf"_L1;
        cumulative = cumulative && known;
        Bucket bucket{.name = known && std::isfinite(edge) ? series.unit.text(edge)
                : known                                    ? u"+∞"_s
                                                           : series.name,
            .edge = known ? edge : nan,
            .series = i,
            .counts = std::vector<double>(m_times.size(), nan)};
        size_t at = 0;
        for (size_t j = 0; j < series.points->times.size() && j < series.points->values.size(); ++j) {
            while (at < m_times.size() && m_times[at] < series.points->times[j])
                ++at;
            if (at < m_times.size() && std::isfinite(series.points->values[j]))
                bucket.counts[at] = series.points->values[j];
        }
        m_buckets.push_back(std::move(bucket));
    }
    if (cumulative) {
        std::ranges::stable_sort(m_buckets, {}, &Bucket::edge);
        for (size_t i = m_buckets.size(); i-- > 1;) {
            for (size_t j = 0; j < m_times.size(); ++j) {
                const double below = m_buckets[i - 1].counts[j];
                // Rates of counters do not always rise exactly.
                m_buckets[i].counts[j] = std::max(0.0, m_buckets[i].counts[j] - (std::isnan(below) ? 0 : below));
            }
        }
    }
    for (const Bucket &bucket : m_buckets) {
        for (const double count : bucket.counts)
            m_most = std::max(m_most, std::isnan(count) ? 0 : count);
    }
}

bool HeatmapContent::isEmpty() const
{
    return m_buckets.empty() || m_times.empty();
}

void HeatmapContent::arrange(const View &view)
{
    m_view = view;
}

void HeatmapContent::setPalette(const Palette &palette)
{
    m_palette = palette;
}

std::vector<metrics::Tick> HeatmapContent::ticks() const
{
    std::vector<metrics::Tick> ticks;
    const auto count = double(m_buckets.size());
    const int every = std::max(1, int(std::ceil(count * pixelsPerTick / std::max(1.0, m_view.size.height()))));
    for (size_t i = 0; i < m_buckets.size(); i += size_t(every))
        ticks.push_back({(double(i) + 0.5) / count, m_buckets[i].name});
    return ticks;
}

QRectF HeatmapContent::cell(size_t bucket, size_t time) const
{
    const double scale = m_view.size.width() / double(m_view.span.length());
    const double height = m_view.size.height() / double(m_buckets.size());
    const double width = std::max(1.0, double(m_step) * scale);
    const double right = double(m_times[time] - m_view.span.from) * scale;
    // Whole pixels, or cells would shine through each other's edges.
    const double left = std::floor(right - width);
    const double top = std::floor(m_view.size.height() - double(bucket + 1) * height);
    return {left, top, std::max(1.0, std::floor(right) - left),
        std::max(1.0, std::floor(m_view.size.height() - double(bucket) * height) - top)};
}

QColor HeatmapContent::colourOf(double count) const
{
    // Square roots: a few beside very many are seen.
    return scaleColour(m_most > 0 ? std::sqrt(count / m_most) : 0, m_palette);
}

QList<PlotContent::Key> HeatmapContent::keys() const
{
    QList<Key> keys;
    const metrics::Unit unit(u"short"_s);
    for (const double part : {0.25, 0.5, 0.75, 1.0}) {
        const double count = part * part * m_most;
        if (m_most > 0)
            keys.append({colourOf(count), unit.text(count)});
    }
    return keys;
}

void HeatmapContent::paint(QPainter &painter, bool)
{
    const QRectF area(QPointF(0, 0), m_view.size);
    painter.setRenderHint(QPainter::Antialiasing, false);
    // What falls on one pixel is as dark as the fullest of it.
    for (size_t i = 0; i < m_buckets.size(); ++i) {
        QRectF pending;
        double most = 0;
        const auto flush = [&] {
            if (pending.isValid() && most > 0)
                painter.fillRect(pending & area, colourOf(most));
            pending = {};
            most = 0;
        };
        for (size_t j = 0; j < m_times.size(); ++j) {
            const double count = m_buckets[i].counts[j];
            if (std::isnan(count))
                continue;
            const QRectF place = cell(i, j);
            if (place.right() < 0 || place.left() > area.width())
                continue;
            if (!pending.isValid() || place.right() > pending.right()) {
                flush();
                pending = place;
            }
            most = std::max(most, count);
        }
        flush();
    }
}

size_t HeatmapContent::timeIndex(qint64 time) const
{
    // A sample tells about the step before it.
    const auto it = std::ranges::lower_bound(m_times, time);
    return size_t(it - m_times.begin());
}

Tip HeatmapContent::tipAt(qint64 time, double y) const
{
    Tip tip{.time = time};
    const size_t at = timeIndex(time);
    if (isEmpty() || at >= m_times.size() || (m_step > 0 && m_times[at] - time > m_step))
        return tip;
    tip.time = m_times[at];
    const auto count = double(m_buckets.size());
    const double pointed = std::isnan(y) ? -1 : (1 - y / m_view.size.height()) * count;
    for (size_t i = m_buckets.size(); i-- > 0;) {
        const double value = m_buckets[i].counts[at];
        const bool nearest = pointed >= double(i) && pointed < double(i + 1);
        if (std::isnan(value) || (value == 0 && !nearest))
            continue;
        QString name = m_buckets[i].name;
        if (!std::isnan(m_buckets[i].edge))
            name = i > 0 ? u"%1 – %2"_s.arg(m_buckets[i - 1].name, name) : u"≤ %1"_s.arg(name);
        tip.rows.append({.look = {colourOf(value), 0},
            .name = name,
            .value = metrics::Unit(u"short"_s).text(value),
            .nearest = nearest});
    }
    constexpr qsizetype most = 16;
    if (tip.rows.size() > most) {
        tip.more = int(tip.rows.size() - most);
        tip.rows.resize(most);
    }
    return tip;
}

qint64 HeatmapContent::neighbour(qint64 time, int direction) const
{
    const auto it = direction < 0 ? std::ranges::lower_bound(m_times, time) : std::ranges::upper_bound(m_times, time);
    if (direction < 0)
        return it == m_times.begin() ? time : *std::prev(it);
    return it == m_times.end() ? time : *it;
}

} // namespace kdra::ui
