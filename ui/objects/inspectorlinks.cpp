// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/inspectorlinks.h"

#include "models/format.h"
#include "ui/common/severityglyph.h"
#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QTextLayout>
#include <QVBoxLayout>

namespace kdra::ui {

namespace {

constexpr int glyphSize = 12;
constexpr int beforeWidth = 136; // as the labels of the facts above, with their space

// Lays the text out in lines of the width, broken between words, and inside one only when it is longer than a line, as
// names of images are. Returns the height.
qreal layOut(QTextLayout &layout, int width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

// A word like PersistentVolumeClaim may be broken before its capitals.
QString breakable(const QString &word)
{
    static const QRegularExpression seam(QStringLiteral("(?<=[a-z])(?=[A-Z])"));
    return QString(word).replace(seam, QStringLiteral("\u200b"));
}

} // namespace

LinkLine::LinkLine(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setFont(theme.font(Theme::FontRole::Body));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void LinkLine::setContent(const Content &content)
{
    if (content == m_content)
        return;
    m_content = content;
    setText(content.text);
    const QString before = content.severity ? models::severityName(*content.severity) : content.before;
    setAccessibleName(before.isEmpty() ? content.text : tr("%1: %2").arg(before, content.text));
    setAccessibleDescription(tr("Selects this object."));
    updateGeometry();
    update();
}

QRect LinkLine::textRect(int width) const
{
    const int left = m_content.severity ? Metrics::space1 + glyphSize + Metrics::space2
        : m_content.before.isEmpty()    ? Metrics::space1
                                        : beforeWidth;
    const int room = qMax(40, width - left - Metrics::space1);
    QTextLayout layout(m_content.text, font());
    qreal height = layOut(layout, room);
    if (left == beforeWidth) {
        QTextLayout before(breakable(m_content.before), font());
        height = qMax(height, layOut(before, beforeWidth - Metrics::space2));
    }
    return {left, Metrics::space1, room, qCeil(height)};
}

QSize LinkLine::sizeHint() const
{
    return {160, fontMetrics().height() + 2 * Metrics::space1};
}

int LinkLine::heightForWidth(int width) const
{
    return textRect(width).height() + 2 * Metrics::space1;
}

void LinkLine::paintEvent(QPaintEvent *)
{
    const Palette &palette = m_theme.palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || isDown() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(palette.accent, 1.5) : QPen(Qt::NoPen));
        painter.setBrush(underMouse() || isDown() ? palette.panel2 : QColor(Qt::transparent));
        // Without a glyph only the name is framed, so that the word before it is in line with the facts above.
        QRectF frame = rect();
        if (!m_content.severity)
            frame.setLeft(textRect(width()).left() - Metrics::space1);
        painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 4, 4);
    }
    const QRect place = textRect(width());
    const int line = fontMetrics().height();
    if (m_content.severity) {
        const QRectF glyph(Metrics::space1, place.top() + (line - glyphSize) / 2.0, glyphSize, glyphSize);
        paintSeverity(painter, glyph, *m_content.severity, palette);
    } else {
        painter.setPen(palette.dim);
        QTextLayout before(breakable(m_content.before), font());
        layOut(before, beforeWidth - Metrics::space2);
        before.draw(&painter, QPointF(0, place.top()));
    }
    painter.setPen(m_content.severity ? palette.text : palette.accent);
    QTextLayout layout(m_content.text, font());
    layOut(layout, place.width());
    layout.draw(&painter, place.topLeft());
}

void LinkLine::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

LinkList::LinkList(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
}

void LinkList::setLines(const QList<LinkLine::Content> &lines)
{
    while (m_lines.size() < lines.size()) {
        auto *line = new LinkLine(m_theme);
        connect(line, &LinkLine::clicked, this, [this, line] { Q_EMIT followed(line->item()); });
        m_column->addWidget(line);
        m_lines.append(line);
    }
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        m_lines[i]->setVisible(i < lines.size());
        if (i < lines.size())
            m_lines[i]->setContent(lines[i]);
    }
    setVisible(!lines.isEmpty());
}

} // namespace kdra::ui
