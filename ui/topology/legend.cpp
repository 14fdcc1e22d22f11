// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/legend.h"

#include "ui/topology/glyphs.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

namespace kdra::ui {

namespace {
constexpr int mark = 11;
constexpr int barHeight = 30;
} // namespace

Legend::Legend(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    updateWords();
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Legend::updateWords()
{
    m_words = {tr("healthy"), tr("progressing"), tr("warning"), tr("failing"), tr("unknown or stale")};
    setAccessibleName(tr("Legend: %1").arg(m_words.join(QStringLiteral(", "))));
    resize(sizeHint());
    update();
}

QSize Legend::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(Theme::FontRole::Small));
    int width = 2 * Metrics::space3 - Metrics::space4;
    for (const QString &word : m_words)
        width += mark + 6 + metrics.horizontalAdvance(word) + Metrics::space4;
    return {width, barHeight};
}

void Legend::paintEvent(QPaintEvent *)
{
    const Palette &palette = m_theme.palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette.line);
    painter.setBrush(palette.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Metrics::radius, Metrics::radius);
    const QFont font = m_theme.font(Theme::FontRole::Small);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    int x = Metrics::space3;
    for (int i = 0; i < m_words.size(); ++i) {
        const auto severity = static_cast<store::Severity>(i);
        paintCell(painter, QRectF(x, (barHeight - mark) / 2.0, mark, mark), severity, palette.severity(severity));
        x += mark + 6;
        painter.setPen(palette.dim);
        painter.drawText(x, (barHeight + metrics.ascent() - metrics.descent()) / 2, m_words[i]);
        x += metrics.horizontalAdvance(m_words[i]) + Metrics::space4;
    }
}

void Legend::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        updateWords();
    QWidget::changeEvent(event);
}

} // namespace kdra::ui
