// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/fitglyph.h"

#include "ui/common/severityglyph.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace kdra::ui {

using environments::Fit;

QColor fitColour(Fit fit, const Palette &palette)
{
    switch (fit) {
    case Fit::Fits:
        return palette.accent;
    case Fit::Tight:
        return palette.warning;
    case Fit::DoesNotFit:
        return palette.failing;
    case Fit::Unknown:
        break;
    }
    return palette.unknown;
}

void paintFit(QPainter &painter, const QRectF &rect, Fit fit, const Palette &palette)
{
    const double side = std::min(rect.width(), rect.height());
    QRectF box(0, 0, side, side);
    box.moveCenter(rect.center());
    const auto at = [&](double x, double y) { return QPointF(box.left() + x * side, box.top() + y * side); };
    const QColor colour = fitColour(fit, palette);
    const QPen ink(Palette::on(colour), side * 0.13, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (fit) {
    case Fit::Fits:
        painter.drawEllipse(box);
        painter.setPen(ink);
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF({at(0.28, 0.52), at(0.44, 0.68), at(0.73, 0.34)}));
        break;
    case Fit::Tight:
        painter.setPen(QPen(colour, side * 0.1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolygon(QPolygonF({at(0.5, 0.08), at(0.95, 0.9), at(0.05, 0.9)}));
        painter.setPen(ink);
        painter.drawLine(at(0.5, 0.38), at(0.5, 0.58));
        painter.drawPoint(at(0.5, 0.78));
        break;
    case Fit::DoesNotFit:
        painter.drawEllipse(box);
        painter.setPen(ink);
        painter.drawLine(at(0.33, 0.33), at(0.67, 0.67));
        painter.drawLine(at(0.67, 0.33), at(0.33, 0.67));
        break;
    case Fit::Unknown:
        paintSeverity(painter, box, store::Severity::Unknown, palette);
        break;
    }
    painter.restore();
}

} // namespace kdra::ui
