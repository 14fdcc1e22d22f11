// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/lineraster.h"

#include "ui/metrics/seriescolours.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace kdra::ui {

using metrics::Column;
using metrics::DrawStyle;

namespace {

constexpr float lineWidth = 1.5F;
constexpr float strongWidth = 2.5F;
constexpr double fadedOpacity = 0.22;
constexpr double dotRadius = 2;

QColor inkOf(const PlotLine &line)
{
    QColor colour = line.colour;
    if (line.faded)
        colour.setAlphaF(float(colour.alphaF() * fadedOpacity));
    return colour;
}

// The series that is looked at is painted last.
std::vector<const PlotLine *> inOrder(const LinePicture &picture)
{
    std::vector<const PlotLine *> order;
    for (const bool strong : {false, true}) {
        for (const PlotLine &line : picture.lines) {
            if (line.strong == strong)
                order.push_back(&line);
        }
    }
    return order;
}

// Where an area ends that has nothing below it: the zero, or the end of the axis that is nearest to it.
double baseOf(const LinePicture &picture, const metrics::AxisRange &range)
{
    const double base = range.logarithmic ? range.low : std::clamp(0.0, range.low, range.high);
    return yOf(base, range, picture.size.height());
}

bool isLone(const std::vector<Column> &columns, size_t index)
{
    return columns[index].points == 1 && !columns[index].joined
        && (index + 1 == columns.size() || !columns[index + 1].joined);
}

// The places of points that are shown as dots.
template <class Visit> void forDots(const LinePicture &picture, const PlotLine &line, Visit visit)
{
    for (size_t i = 0; i < line.columns.size(); ++i) {
        const Column &column = line.columns[i];
        if (picture.draw != DrawStyle::Points && !isLone(line.columns, i))
            continue;
        const auto dot = [&](double at, double value) {
            const double height = picture.size.height();
            const double y = yOf(value, picture.rangeOf(line), height);
            // Whole dots at the upper and the lower end, too.
            if (!std::isnan(y) && y >= -dotRadius && y <= height + dotRadius)
                visit(at / picture.ratio, std::clamp(y, dotRadius, std::max(dotRadius, height - dotRadius)));
        };
        dot(double(column.firstAt), column.first);
        if (column.points == 1)
            continue;
        dot(double(column.lastAt), column.last);
        if (column.min != column.first && column.min != column.last)
            dot(double(column.firstAt + column.lastAt) / 2, column.min);
        if (column.max != column.first && column.max != column.last)
            dot(double(column.firstAt + column.lastAt) / 2, column.max);
    }
}

// Rectangles of bars: beside each other where there is room, else one over the other.
template <class Visit> void forBars(const LinePicture &picture, size_t index, Visit visit)
{
    const PlotLine &line = picture.lines[index];
    const double width = picture.barWidth / picture.ratio;
    const auto count = double(picture.lines.size());
    const bool beside = !picture.stacked && width / count >= 3;
    const double own = std::max(1.0, beside ? width / count : width);
    const metrics::AxisRange &range = picture.rangeOf(line);
    const double base = baseOf(picture, range);
    const double bottom = picture.size.height();
    const std::vector<Column> &lower = picture.lowerOf(line);
    size_t below = 0;
    for (const Column &column : line.columns) {
        double from = base;
        if (picture.stacked) {
            while (below < lower.size() && lower[below].column < column.column)
                ++below;
            if (below < lower.size())
                from = yOf(lower[below].max, range, bottom);
        }
        const double value = std::abs(column.max) >= std::abs(column.min) ? column.max : column.min;
        const double to = yOf(value, range, bottom);
        if (std::isnan(from) || std::isnan(to))
            continue;
        const double at = double(column.firstAt) / picture.ratio - width / 2 + (beside ? double(index) * own : 0);
        visit(QRectF(QPointF(at, std::clamp(std::min(from, to), 0.0, bottom)),
            QPointF(at + own - (own > 3 ? 1 : 0), std::clamp(std::max(from, to), 0.0, bottom))));
    }
}

void paintBarsAndDots(QPainter &painter, const LinePicture &picture)
{
    const QRectF area(QPointF(0, 0), picture.size);
    if (picture.draw == DrawStyle::Bars) {
        for (size_t i = 0; i < picture.lines.size(); ++i) {
            QColor colour = inkOf(picture.lines[i]);
            colour.setAlphaF(float(colour.alphaF() * (picture.fill > 0 ? std::max(0.35, picture.fill) : 0.85)));
            forBars(picture, i, [&](const QRectF &bar) {
                const QRectF seen = bar & area;
                if (!seen.isEmpty())
                    painter.fillRect(seen, colour);
            });
        }
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (const PlotLine *line : inOrder(picture)) {
        painter.setBrush(inkOf(*line));
        const double radius = line->strong ? dotRadius + 1 : dotRadius;
        forDots(picture, *line, [&](double x, double y) { painter.drawEllipse(QPointF(x, y), radius, radius); });
    }
}

// Points of a line, with min and max of each column, from left to right.
QList<QPolygonF> polylines(
    const std::vector<Column> &columns, const metrics::AxisRange &range, const LinePicture &picture)
{
    QList<QPolygonF> result;
    const auto add = [&](double at, double value) {
        const double y = yOf(value, range, picture.size.height());
        if (std::isnan(y))
            return;
        // Far outside is as good as just outside, and coordinates stay sane.
        const double height = picture.size.height();
        result.last().append(QPointF(at / picture.ratio, std::clamp(y, -height, 2 * height)));
    };
    for (const Column &column : columns) {
        if (!column.joined || result.isEmpty())
            result.append(QPolygonF());
        const double middle = double(column.firstAt + column.lastAt) / 2;
        add(double(column.firstAt), column.first);
        if (column.points > 2) {
            add(middle, column.minFirst ? column.min : column.max);
            add(middle, column.minFirst ? column.max : column.min);
        }
        if (column.points > 1)
            add(double(column.lastAt), column.last);
    }
    return result;
}

}

double yOf(double value, const metrics::AxisRange &range, double height)
{
    return (1 - range.part(value)) * height;
}

void LineRaster::paintLines(const LinePicture &picture)
{
    const QSize pixels = m_image.size();
    // Traced once: an area has the edge of its line, and in a stack the next one's lower edge.
    m_runs.resize(picture.lines.size());
    m_lower.resize(picture.fill > 0 && picture.stacked ? picture.lines.size() : 0);
    for (size_t i = 0; i < picture.lines.size(); ++i) {
        const PlotLine &line = picture.lines[i];
        m_runs[i].trace(pixels, line.columns, picture.rangeOf(line));
        if (!m_lower.empty() && line.lowerLine < 0)
            m_lower[i].trace(pixels, line.lower, picture.rangeOf(line));
    }
    struct Layer {
        const Runs *runs;
        const Runs *lower;
        float base;
        QRgb wash;
        Runs::Pen pen;
    };
    std::vector<Layer> layers;
    for (const PlotLine *line : inOrder(picture)) {
        const auto index = size_t(line - picture.lines.data());
        QColor wash = inkOf(*line);
        wash.setAlphaF(float(wash.alphaF() * picture.fill));
        layers.push_back({.runs = &m_runs[index],
            .lower = m_lower.empty()  ? nullptr
                : line->lowerLine < 0 ? &m_lower[index]
                                      : &m_runs[size_t(line->lowerLine)],
            .base = float(baseOf(picture, picture.rangeOf(*line)) * picture.ratio),
            .wash = qPremultiply(wash.rgba()),
            .pen = Runs::penOf(inkOf(*line), (line->strong ? strongWidth : lineWidth) * float(picture.ratio),
                dashPattern(line->dash), pixels.width(), picture.ratio)});
    }
    // All lines of a few columns before the next ones: what is painted over again and again stays in the cache.
    for (int from = 0; from < pixels.width(); from += ColumnCanvas::columns) {
        m_canvas.clear(pixels.height());
        for (int x = from; x < std::min(pixels.width(), from + ColumnCanvas::columns); ++x) {
            QRgb *column = m_canvas.column(x - from);
            if (picture.fill > 0) {
                for (const Layer &layer : layers)
                    layer.runs->fill(column, pixels.height(), x, layer.lower, layer.base, layer.wash);
            }
            for (const Layer &layer : layers)
                layer.runs->stroke(column, pixels.height(), x, layer.pen);
        }
        m_canvas.copyTo(m_image, from);
    }
}

const QImage &LineRaster::paint(const LinePicture &picture)
{
    const QSize pixels = (picture.size * picture.ratio).toSize().expandedTo({0, 0});
    if (m_image.size() != pixels || m_image.format() != QImage::Format_ARGB32_Premultiplied)
        m_image = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
    if (m_image.isNull())
        return m_image;
    m_image.setDevicePixelRatio(1);
    if (picture.draw == DrawStyle::Line)
        paintLines(picture);
    else
        m_image.fill(Qt::transparent);
    QPainter painter(&m_image);
    painter.scale(picture.ratio, picture.ratio);
    paintBarsAndDots(painter, picture);
    painter.end();
    m_image.setDevicePixelRatio(picture.ratio);
    return m_image;
}

void paintVectors(QPainter &painter, const LinePicture &picture)
{
    painter.save();
    painter.setClipRect(QRectF(QPointF(0, 0), picture.size));
    painter.setRenderHint(QPainter::Antialiasing);
    if (picture.draw == DrawStyle::Line) {
        for (const PlotLine *line : inOrder(picture)) {
            const QColor ink = inkOf(*line);
            const metrics::AxisRange &range = picture.rangeOf(*line);
            const double base = baseOf(picture, range);
            const QList<QPolygonF> tops = polylines(line->columns, range, picture);
            const QList<QPolygonF> bottoms = polylines(picture.lowerOf(*line), range, picture);
            if (picture.fill > 0) {
                QColor colour = ink;
                colour.setAlphaF(float(colour.alphaF() * picture.fill));
                painter.setPen(Qt::NoPen);
                painter.setBrush(colour);
                for (qsizetype i = 0; i < tops.size(); ++i) {
                    QPolygonF area = tops[i];
                    if (area.isEmpty())
                        continue;
                    if (picture.stacked && i < bottoms.size()) {
                        for (auto it = bottoms[i].crbegin(); it != bottoms[i].crend(); ++it)
                            area.append(*it);
                    } else {
                        area.append(QPointF(area.last().x(), base));
                        area.append(QPointF(area.first().x(), base));
                    }
                    painter.drawPolygon(area);
                }
            }
            QPen pen(ink, double(line->strong ? strongWidth : lineWidth));
            if (const QList<int> &dash = dashPattern(line->dash); !dash.isEmpty()) {
                QList<qreal> lengths;
                for (const int length : dash)
                    lengths.append(length / pen.widthF());
                pen.setDashPattern(lengths);
            }
            pen.setJoinStyle(Qt::RoundJoin);
            painter.setPen(pen);
            painter.setBrush(Qt::NoBrush);
            for (const QPolygonF &top : tops)
                painter.drawPolyline(top);
        }
    }
    paintBarsAndDots(painter, picture);
    painter.restore();
}

} // namespace kdra::ui
