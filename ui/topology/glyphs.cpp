// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/glyphs.h"

#include "ui/common/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <numbers>

namespace kdra::ui {

using store::Severity;

namespace {

QRectF centred(const QRectF &rect, double side)
{
    return {rect.center().x() - side / 2, rect.center().y() - side / 2, side, side};
}

} // namespace

void paintSeverityGlyph(QPainter &painter, const QRectF &rect, Severity severity, const QColor &colour)
{
    const QRectF r = centred(rect, std::min(rect.width(), rect.height()));
    const double side = r.width();
    const double stroke = std::max(1.0, side * 0.2);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, stroke, Qt::SolidLine, Qt::RoundCap));
    switch (severity) {
    case Severity::Healthy:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(centred(r, side * 0.6));
        break;
    case Severity::Progressing:
        painter.drawArc(centred(r, side - stroke), 60 * 16, 240 * 16);
        break;
    case Severity::Warning: {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        const QPointF points[]{
            {r.center().x(), r.top()}, {r.right(), r.bottom() - side * 0.08}, {r.left(), r.bottom() - side * 0.08}};
        painter.drawPolygon(points, 3);
        break;
    }
    case Severity::Failing: {
        const QRectF cross = centred(r, side * 0.72);
        painter.drawLine(cross.topLeft(), cross.bottomRight());
        painter.drawLine(cross.topRight(), cross.bottomLeft());
        break;
    }
    case Severity::Unknown:
        for (const double shift : {-0.5, 0.0, 0.5}) {
            const QPointF middle = r.center() + QPointF(shift, shift) * side * 0.7;
            const QPointF half = QPointF(0.5 - std::abs(shift) * 0.5, -(0.5 - std::abs(shift) * 0.5)) * side * 0.9;
            painter.setPen(QPen(colour, std::max(1.0, side * 0.14)));
            painter.drawLine(middle - half, middle + half);
        }
        break;
    }
}

void paintCell(QPainter &painter, const QRectF &rect, std::optional<Severity> mark, const QColor &colour)
{
    const double side = std::min(rect.width(), rect.height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double radius = std::min(side * 0.24, 5.0);
    painter.drawRoundedRect(rect, radius, radius);
    if (!mark)
        return;
    const Severity severity = *mark;
    // A healthy cell stays quiet until it is large: in a calm cluster nothing but trouble has a mark.
    if (side < (severity == Severity::Healthy ? 14 : 6.5))
        return;
    QColor ink = Palette::on(colour);
    if (severity == Severity::Healthy)
        ink.setAlphaF(0.55F);
    const double glyph = severity == Severity::Healthy ? std::min(side * 0.4, 14.0) : std::min(side * 0.66, 22.0);
    paintSeverityGlyph(painter, centred(rect, glyph), severity, ink);
}

void paintBoard(QPainter &painter, const QRectF &rect, const QColor &board, const QColor &details)
{
    const double w = rect.width();
    const double h = rect.height();
    const auto part = [&](double x, double y, double width, double height) {
        return QRectF(rect.x() + x * w, rect.y() + y * h, width * w, height * h);
    };
    painter.setPen(Qt::NoPen);
    painter.setBrush(board);
    painter.drawRoundedRect(rect, h * 0.16, h * 0.16);
    painter.setBrush(details);
    painter.drawRect(part(0.28, 0.38, 0.28, 0.38)); // the chip
    painter.drawRect(part(0.12, 0.1, 0.58, 0.13)); // 40 pins
    painter.drawRect(part(0.82, 0.14, 0.2, 0.2)); // USB and Ethernet stand out over the edge
    painter.drawRect(part(0.82, 0.42, 0.2, 0.2));
    painter.drawRect(part(0.82, 0.7, 0.2, 0.16));
}

void paintServer(QPainter &painter, const QRectF &rect, const QColor &colour, const QColor &details)
{
    const double h = rect.height();
    for (const double top : {0.0, 0.54}) {
        const QRectF unit(rect.x(), rect.y() + top * h, rect.width(), h * 0.46);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(unit, h * 0.1, h * 0.1);
        painter.setBrush(details);
        const double lamp = h * 0.17;
        painter.drawEllipse(QPointF(unit.left() + h * 0.26, unit.center().y()), lamp / 1.6, lamp / 1.6);
        painter.drawRect(
            QRectF(unit.left() + unit.width() * 0.5, unit.center().y() - h * 0.05, unit.width() * 0.38, h * 0.1));
    }
}

void paintHelm(QPainter &painter, const QRectF &rect, const QColor &colour)
{
    const double side = std::min(rect.width(), rect.height());
    const QPointF centre = rect.center();
    const double stroke = std::max(1.0, side * 0.11);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, stroke, Qt::SolidLine, Qt::RoundCap));
    painter.drawEllipse(centre, side * 0.33, side * 0.33);
    for (int i = 0; i < 7; ++i) {
        const double angle = (i / 7.0 - 0.25) * 2 * std::numbers::pi;
        const QPointF way(std::cos(angle), std::sin(angle));
        painter.drawLine(centre + way * side * 0.1, centre + way * side * 0.5);
    }
}

// Replicas: sheets behind each other.
void paintWorkload(QPainter &painter, const QRectF &rect, const QColor &line, const QColor &fill)
{
    const double side = rect.height() * 0.66;
    const double step = (rect.height() - side) / 2;
    painter.setPen(QPen(line, std::max(1.0, rect.height() * 0.08)));
    painter.setBrush(fill);
    for (int i = 2; i >= 0; --i)
        painter.drawRoundedRect(
            QRectF(rect.left() + i * step * 1.4, rect.top() + (2 - i) * step, side, side), side * 0.15, side * 0.15);
}

} // namespace kdra::ui
