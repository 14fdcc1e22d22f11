// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/celltext.h"

#include <QPainter>
#include <QStyle>

#include <cmath>

namespace kdra::ui {

namespace {

// Prepared for the painter as it is, its place aside: otherwise the first drawing would shape it again.
void prepare(QStaticText &text, const QString &string, const QPainter &painter)
{
    const QTransform &device = painter.deviceTransform();
    text.setTextFormat(Qt::PlainText);
    text.setText(string);
    text.prepare(QTransform(device.m11(), device.m12(), device.m21(), device.m22(), 0, 0), painter.font());
}

} // namespace

void CellText::draw(
    QPainter &painter, const QRect &area, Qt::Alignment alignment, const QString &text, Qt::TextElideMode elideMode)
{
    if (text.isEmpty() || area.isEmpty())
        return;
    const Key key{text, painter.font()};
    Shaped *shaped = m_shaped.object(key);
    if (!shaped) {
        shaped = new Shaped;
        QString line = text;
        prepare(shaped->whole, line.replace(u'\n', u' ').replace(QChar(QChar::LineSeparator), u' '), painter);
        m_shaped.insert(key, shaped);
    }
    QStaticText *drawn = &shaped->whole;
    if (drawn->size().width() > area.width() && elideMode != Qt::ElideNone) {
        if (shaped->elidedTo != area.width() || shaped->elidedAt != elideMode) {
            prepare(shaped->elided, painter.fontMetrics().elidedText(shaped->whole.text(), elideMode, area.width()),
                painter);
            shaped->elidedTo = area.width();
            shaped->elidedAt = elideMode;
        }
        drawn = &shaped->elided;
    }
    const QSize size(static_cast<int>(std::ceil(drawn->size().width())), static_cast<int>(drawn->size().height()));
    painter.drawStaticText(QStyle::alignedRect(painter.layoutDirection(), alignment, size, area).topLeft(), *drawn);
}

} // namespace kdra::ui
