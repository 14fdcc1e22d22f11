// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/dropbubble.h"

#include "ui/common/fitglyph.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>

#include <cmath>

namespace kdra::ui {

namespace {

constexpr int shadow = 8; // around the box
constexpr int padding = Metrics::space3;
constexpr int glyphSize = 18;
constexpr int textLeft = padding + glyphSize + Metrics::space2;
constexpr int bulletRoom = 12;
constexpr int away = Metrics::space2; // from the anchor

} // namespace

DropBubble::DropBubble(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    connect(&m_theme, &Theme::changed, this, [this] { update(); });
    hide();
}

void DropBubble::tell(
    const environments::Verdict &verdict, const QString &sentence, const QString &strong, const QString &hint)
{
    if (verdict == m_verdict && sentence == m_sentence && strong == m_strong && hint == m_hint)
        return;
    m_verdict = verdict;
    m_sentence = sentence;
    m_strong = strong;
    m_hint = hint;
    compose();
    update();
}

void DropBubble::compose()
{
    QStringList reasons = m_verdict.reasons.first(std::min<qsizetype>(mostReasons, m_verdict.reasons.size()));
    if (const qsizetype more = m_verdict.reasons.size() - reasons.size(); more > 0)
        reasons.back() = tr("And %Ln more reasons.", nullptr, static_cast<int>(more + 1));
    m_text = (QStringList(m_sentence) + reasons).join(u'\n');
    m_spoken = (QStringList(m_sentence + u'.') + reasons).join(u' ');
    setAccessibleName(m_spoken);

    m_paragraphs.clear();
    const auto add = [&](const QString &text, Theme::FontRole role, bool dim, bool bullet) -> QTextLayout & {
        QTextLayout &layout =
            *m_paragraphs.emplace_back(std::make_unique<QTextLayout>(text, m_theme.font(role)), QPointF(), dim, bullet)
                 .layout;
        QTextOption option;
        // Names have no spaces to break at.
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        option.setTextDirection(layoutDirection());
        layout.setTextOption(option);
        layout.setCacheEnabled(true);
        return layout;
    };
    QTextLayout &head = add(m_sentence, Theme::FontRole::Body, false, false);
    if (const qsizetype at = m_strong.isEmpty() ? -1 : m_sentence.indexOf(m_strong); at >= 0) {
        QTextCharFormat bold;
        bold.setFontWeight(QFont::Bold);
        head.setFormats({{static_cast<int>(at), static_cast<int>(m_strong.size()), bold}});
    }
    for (const QString &reason : std::as_const(reasons))
        add(reason, Theme::FontRole::Small, false, true);
    if (!m_hint.isEmpty())
        add(m_hint, Theme::FontRole::Small, true, false);
    // As narrow as the longest line lets it be.
    const QSize size = layOut(widest - textLeft - padding);
    resize(size + QSize(2 * shadow, 2 * shadow));
}

// Breaks the lines; returns the size of the box.
QSize DropBubble::layOut(double width)
{
    double y = padding;
    double used = 0;
    for (size_t i = 0; i < m_paragraphs.size(); ++i) {
        Paragraph &paragraph = m_paragraphs[i];
        const double indent = paragraph.bullet ? bulletRoom : 0;
        y += i == 0 ? 0 : paragraph.dim ? Metrics::space2 : Metrics::space1;
        paragraph.position = QPointF(textLeft + indent, y);
        paragraph.layout->beginLayout();
        double height = 0;
        for (QTextLine line = paragraph.layout->createLine(); line.isValid(); line = paragraph.layout->createLine()) {
            line.setLineWidth(width - indent);
            line.setPosition({0, height});
            height += line.height();
            used = std::max(used, indent + line.naturalTextWidth());
        }
        paragraph.layout->endLayout();
        y += std::ceil(height);
    }
    return {static_cast<int>(std::ceil(used)) + textLeft + padding,
        std::max(static_cast<int>(y), padding + glyphSize) + padding};
}

QRect DropBubble::box() const
{
    return geometry().adjusted(shadow, shadow, -shadow, -shadow);
}

void DropBubble::place(const QRect &anchor, const QRect &room)
{
    QRect box(QPoint(), size() - QSize(2 * shadow, 2 * shadow));
    // Below and to the right, as tooltips are; on the other side where there is no room.
    box.moveTopLeft({anchor.left(), anchor.bottom() + 1 + away});
    if (box.bottom() > room.bottom())
        box.moveBottom(anchor.top() - 1 - away);
    if (box.top() < room.top()) {
        // Neither below nor above: beside.
        box.moveTop(std::clamp(anchor.center().y() - box.height() / 2, room.top(),
            std::max(room.top(), room.bottom() + 1 - box.height())));
        box.moveLeft(anchor.right() + 1 + away);
        if (box.right() > room.right())
            box.moveRight(anchor.left() - 1 - away);
    }
    box.moveLeft(std::max(room.left(), std::min(box.left(), room.right() + 1 - box.width())));
    move(box.topLeft() - QPoint(shadow, shadow));
}

void DropBubble::paintEvent(QPaintEvent *)
{
    const Palette &palette = m_theme.palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(shadow, shadow, -shadow, -shadow);
    QColor dark = palette.shadow;
    dark.setAlphaF(palette.shadow.alphaF() / shadow);
    painter.setPen(Qt::NoPen);
    painter.setBrush(dark);
    for (int i = shadow - 1; i > 0; --i)
        painter.drawRoundedRect(box.adjusted(-i, -i + 2, i, i), Metrics::radius + i, Metrics::radius + i);
    painter.setBrush(palette.panel);
    painter.setPen(QPen(fitColour(m_verdict.fit, palette), 1));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), Metrics::radius, Metrics::radius);

    painter.translate(shadow, shadow);
    paintFit(painter, QRectF(padding, padding, glyphSize, glyphSize), m_verdict.fit, palette);
    for (const Paragraph &paragraph : m_paragraphs) {
        painter.setPen(paragraph.dim ? palette.dim : palette.text);
        paragraph.layout->draw(&painter, paragraph.position);
        if (paragraph.bullet) {
            const QTextLine line = paragraph.layout->lineAt(0);
            painter.setPen(Qt::NoPen);
            painter.setBrush(palette.dim);
            painter.drawEllipse(paragraph.position + QPointF(-bulletRoom + 3, line.ascent() * 0.65), 1.5, 1.5);
        }
    }
}

void DropBubble::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange && !m_sentence.isEmpty())
        compose();
    QWidget::changeEvent(event);
}

} // namespace kdra::ui
