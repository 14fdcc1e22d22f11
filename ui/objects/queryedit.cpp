// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/queryedit.h"

#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QSettings>

namespace kdra::ui {

QueryEdit::QueryEdit(const Theme &theme, QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
{
    setClearButtonEnabled(true);
}

void QueryEdit::setMark(qsizetype position, qsizetype length)
{
    if (m_markAt == position && m_markLength == length)
        return;
    m_markAt = position;
    m_markLength = length;
    update();
}

QStringList QueryEdit::history() const
{
    return m_historyKey.isEmpty() ? QStringList() : QSettings().value(m_historyKey).toStringList();
}

void QueryEdit::keepText()
{
    constexpr qsizetype most = 20;
    const QString query = text().trimmed();
    if (query.isEmpty() || m_historyKey.isEmpty())
        return;
    QStringList queries = history();
    queries.removeAll(query);
    queries.prepend(query);
    QSettings().setValue(m_historyKey, queries.first(qMin(most, queries.size())));
}

bool QueryEdit::isOffering() const
{
    return m_popup && m_popup->isVisible();
}

bool QueryEdit::event(QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Tab && isOffering()) {
        Q_EMIT completionRequested();
        event->accept();
        return true;
    }
    // The window's own F1 stands back while one writes here.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_F1) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void QueryEdit::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_F1:
        Q_EMIT helpRequested();
        return;
    case Qt::Key_Down:
        Q_EMIT historyRequested();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isOffering() && m_popup->currentIndex().isValid()) {
            event->ignore();
            return;
        }
        if (isOffering())
            m_popup->hide();
        Q_EMIT left();
        return;
    case Qt::Key_Escape:
        if (isOffering()) {
            event->ignore();
            return;
        }
        if (!text().isEmpty()) {
            clear();
            return;
        }
        break;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

// A line edit does not tell where its characters are, but it tells where the cursor is.
int QueryEdit::xOf(qsizetype position) const
{
    const int cursor = fontMetrics().horizontalAdvance(text(), cursorPosition());
    const int wanted = fontMetrics().horizontalAdvance(text(), static_cast<int>(position));
    return cursorRect().center().x() + wanted - cursor;
}

void QueryEdit::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (m_markLength <= 0)
        return;
    constexpr int wave = 2;
    const qsizetype end = qMin(m_markAt + m_markLength, text().size());
    const int left = xOf(qMin(m_markAt, text().size()));
    // At least as wide as a letter, where the mistake is that something is missing.
    const int right = qMax(xOf(end), left + fontMetrics().averageCharWidth());
    const int y = cursorRect().bottom() - wave;
    QPainterPath path(QPointF(left, y));
    for (int x = left + wave, up = 1; x <= right; x += wave, up = -up)
        path.lineTo(x, y + up * wave / 2.0);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(contentsRect().adjusted(Metrics::space1, 0, -Metrics::space1, 0));
    painter.setPen(QPen(m_theme.palette().failing, 1.2));
    painter.drawPath(path);
}

} // namespace kdra::ui
