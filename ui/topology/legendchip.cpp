// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/legendchip.h"

#include "ui/topology/glyphs.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

namespace kdra::ui {

namespace {
constexpr int mark = 11;
constexpr int gap = 6;

// Names of images may be long; the end, with the tag, tells them apart.
QString shown(const QString &meaning, const Theme &theme)
{
    const QFontMetrics text(theme.font(Theme::FontRole::Small));
    return text.elidedText(meaning, Qt::ElideLeft, text.averageCharWidth() * 30);
}
} // namespace

LegendChip::LegendChip(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setCheckable(true);
    // A click leaves the keyboard where it was: on the canvas, whose Esc ends the filter.
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    // A new number paints the chip and not the canvas below it.
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(
        this, &QAbstractButton::clicked, this, [this] { Q_EMIT chosen(m_modifiers.testFlag(Qt::ControlModifier)); });
}

void LegendChip::setMeaning(const QString &meaning, const CellLook &look)
{
    m_meaning = meaning;
    m_look = look;
    updateName();
    update();
}

void LegendChip::setCount(quint32 count)
{
    if (m_count == count && !m_countText.isEmpty())
        return;
    m_count = count;
    m_countText = QLocale().toString(count);
    updateName();
    update();
}

void LegendChip::setState(bool filtered, bool included)
{
    m_filtered = filtered;
    setChecked(filtered && included);
    updateName();
    update();
}

void LegendChip::updateName()
{
    const QString name = tr("%1: %n pods", nullptr, static_cast<int>(m_count)).arg(m_meaning);
    QString text = name;
    if (m_filtered)
        text = isChecked() ? tr("%1, shown").arg(name) : tr("%1, faded").arg(name);
    if (accessibleName() != text)
        setAccessibleName(text);
    setToolTip(tr("%1\nClick: only these. Ctrl+click: these too. Esc: all.").arg(name));
}

QSize LegendChip::sizeHint() const
{
    const QFontMetrics text(m_theme.font(Theme::FontRole::Small));
    const QFontMetrics number(m_theme.font(Theme::FontRole::SmallStrong));
    return {Metrics::space2 + mark + gap + text.horizontalAdvance(shown(m_meaning, m_theme)) + gap
            + number.horizontalAdvance(m_countText) + Metrics::space2,
        height};
}

void LegendChip::paintEvent(QPaintEvent *)
{
    const Palette &palette = m_theme.palette();
    QPainter painter(this);
    painter.fillRect(rect(), palette.panel);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool outside = m_filtered && !isChecked();
    if (isChecked() || underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(palette.accent, 2) : isChecked() ? QPen(palette.accent, 1) : QPen(Qt::NoPen));
        painter.setBrush(palette.panel2);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
    painter.setOpacity(outside ? 0.3 : 1);
    int x = Metrics::space2;
    paintCell(painter, QRectF(x, (height - mark) / 2.0, mark, mark), m_look.mark, QColor(m_look.fill));
    painter.setOpacity(1);
    x += mark + gap;
    const auto write = [&](const QString &text, Theme::FontRole role, const QColor &colour) {
        const QFont font = m_theme.font(role);
        const QFontMetrics metrics(font);
        painter.setFont(font);
        painter.setPen(colour);
        painter.drawText(x, (height + metrics.ascent() - metrics.descent()) / 2, text);
        x += metrics.horizontalAdvance(text) + gap;
    };
    write(shown(m_meaning, m_theme), Theme::FontRole::Small, isChecked() ? palette.text : palette.dim);
    write(m_countText, Theme::FontRole::SmallStrong, outside || !m_count ? palette.dim : palette.text);
}

void LegendChip::mouseReleaseEvent(QMouseEvent *event)
{
    m_modifiers = event->modifiers();
    QAbstractButton::mouseReleaseEvent(event);
}

void LegendChip::keyReleaseEvent(QKeyEvent *event)
{
    m_modifiers = event->modifiers();
    QAbstractButton::keyReleaseEvent(event);
}

void LegendChip::keyPressEvent(QKeyEvent *event)
{
    m_modifiers = event->modifiers();
    QAbstractButton::keyPressEvent(event);
}

} // namespace kdra::ui
