// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/alertline.h"

#include "ui/common/severityglyph.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QStyleOptionToolButton>
#include <QStylePainter>

namespace kdra::ui {

namespace {

constexpr int glyphSize = 12;

} // namespace

AlertLine::AlertLine(const Theme &theme, QWidget *parent)
    : QToolButton(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("quiet"));
    setFont(theme.font(Theme::FontRole::Body));
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setAccessibleName(tr("What fires on it"));
    connect(&theme, &Theme::changed, this, [this] { update(); });
    connect(this, &QToolButton::clicked, this, [this] { Q_EMIT followed(m_mark.first); });
    hide();
}

void AlertLine::setMark(const models::AlertMark &mark)
{
    if (mark == m_mark)
        return;
    m_mark = mark;
    setVisible(mark.count > 0);
    if (!mark.count)
        return;
    const QString count = tr("%n alert(s)", nullptr, mark.count);
    setText(tr("%1: %2", "how many alerts, the worst of them").arg(count, mark.lines.value(0)));
    setAccessibleName(text());
    setToolTip(Qt::convertFromPlainText(mark.lines.join(u'\n')));
    setAccessibleDescription(tr("Shows it among all alerts."));
    updateGeometry();
    update();
}

QSize AlertLine::sizeHint() const
{
    return {120, fontMetrics().height() + 2 * Metrics::space1};
}

QSize AlertLine::minimumSizeHint() const
{
    return sizeHint();
}

void AlertLine::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.text.clear();
    painter.drawComplexControl(QStyle::CC_ToolButton, option);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect inner = rect().adjusted(Metrics::space1, 0, -Metrics::space1, 0);
    paintSeverity(painter, QRectF(inner.left(), (height() - glyphSize) / 2.0, glyphSize, glyphSize), m_mark.worst,
        m_theme.palette());
    const QRect place = inner.adjusted(glyphSize + Metrics::space2, 0, 0, 0);
    painter.setPen(m_theme.palette().text);
    painter.drawText(place, int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine,
        fontMetrics().elidedText(text(), Qt::ElideRight, place.width()));
}

} // namespace kdra::ui
