// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/severityglyph.h"

#include "ui/common/theme.h"

#include <QPainter>

namespace kdra::ui {

void paintSeverity(QPainter &painter, const QRectF &rect, store::Severity severity, const Palette &palette)
{
    const QColor colour = palette.severity(severity);
    const qreal side = qMin(rect.width(), rect.height());
    QRectF box(0, 0, side, side);
    box.moveCenter(rect.center());
    const QPen stroke(colour, side * 0.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (severity) {
    case store::Severity::Healthy:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(box.adjusted(side * 0.1, side * 0.1, -side * 0.1, -side * 0.1));
        break;
    case store::Severity::Progressing:
        painter.setPen(stroke);
        painter.drawArc(box.adjusted(side * 0.14, side * 0.14, -side * 0.14, -side * 0.14), 90 * 16, -270 * 16);
        break;
    case store::Severity::Warning:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(QPolygonF({{box.center().x(), box.top()}, box.bottomRight(), box.bottomLeft()}));
        break;
    case store::Severity::Failing: {
        painter.setPen(stroke);
        const QRectF cross = box.adjusted(side * 0.14, side * 0.14, -side * 0.14, -side * 0.14);
        painter.drawLine(cross.topLeft(), cross.bottomRight());
        painter.drawLine(cross.topRight(), cross.bottomLeft());
        break;
    }
    case store::Severity::Unknown:
        painter.setPen(QPen(colour, side * 0.14));
        painter.setClipRect(box);
        for (qreal offset = -side; offset <= side; offset += side * 0.4)
            painter.drawLine(
                QPointF(box.left() + offset, box.bottom()), QPointF(box.left() + offset + side, box.top()));
        break;
    }
    painter.restore();
}

} // namespace kdra::ui
