// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/legendview.h"

#include "ui/common/theme.h"
#include "ui/metrics/plottip.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <cmath>

namespace kdra::ui {

namespace {
constexpr int row = 18;
constexpr int sample = 14;
constexpr int gap = 6; // between a sample and its name
constexpr int between = 16; // entries in a row
constexpr int widestName = 260;
constexpr int columnGap = 16;

// Whole pixels that a text needs.
int widthOf(const QFont &font, const QString &text)
{
    return int(std::ceil(QFontMetricsF(font).horizontalAdvance(text))) + 1;
}
}

LegendView::LegendView(const Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::TabFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    verticalScrollBar()->setSingleStep(row);
    setAccessibleName(tr("Legend"));
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void LegendView::setEntries(QList<Entry> entries, const QStringList &columns, bool table)
{
    const QString current = m_current >= 0 && m_current < m_entries.size() ? m_entries[m_current].name : QString();
    m_given = std::move(entries);
    m_table = table;
    if (columns != m_columns) {
        m_columns = columns;
        m_sorted = -1;
    }
    m_entries = m_given;
    if (m_sorted >= 0)
        sortBy(m_sorted);
    m_current = -1;
    for (int i = 0; i < m_entries.size() && !current.isEmpty(); ++i) {
        if (m_entries[i].name == current)
            m_current = i;
    }
    layOut();
}

void LegendView::setKeys(QList<Entry> entries)
{
    m_keys = true;
    setFocusPolicy(Qt::NoFocus);
    setEntries(std::move(entries), {}, false);
}

QList<int> LegendView::columnWidths() const
{
    const QFont font = m_theme.font(Theme::FontRole::Small);
    QList<int> widths;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        int width = widthOf(m_theme.font(Theme::FontRole::SmallStrong), m_columns[i]) + 10;
        for (const Entry &entry : m_entries)
            width = std::max(width, widthOf(font, entry.values.value(i)));
        widths.append(width);
    }
    return widths;
}

int LegendView::wordsWidth(const Entry &entry) const
{
    const QFont font = m_theme.font(Theme::FontRole::Small);
    int width = sample + gap + std::min(widestName, widthOf(font, entry.name));
    for (const QString &value : entry.values)
        width += gap + widthOf(font, value);
    return width;
}

void LegendView::layOut()
{
    m_places.clear();
    m_widths = columnWidths();
    const int width = viewport()->width();
    int x = 0;
    int y = m_table ? row : 0;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (m_table) {
            m_places.append(QRect(0, y, width, row));
            y += row;
            continue;
        }
        const int wanted = std::min(wordsWidth(entry), std::max(40, width));
        if (x > 0 && x + wanted > width) {
            x = 0;
            y += row;
        }
        m_places.append(QRect(x, y, wanted, row));
        x += wanted + between;
    }
    m_height = m_places.isEmpty() ? 0 : m_places.last().bottom() + 1;
    const auto policy = m_height > viewport()->height() ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff;
    if (policy != verticalScrollBarPolicy())
        setVerticalScrollBarPolicy(policy); // lays out anew
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, m_height - viewport()->height()));
    viewport()->update();
}

int LegendView::wantedHeight(int width) const
{
    if (m_entries.isEmpty())
        return 0;
    if (m_table)
        return row * (1 + int(m_entries.size()));
    int x = 0;
    int rows = 1;
    for (const Entry &entry : m_entries) {
        const int wanted = wordsWidth(entry);
        if (x > 0 && x + wanted > width) {
            x = 0;
            ++rows;
        }
        x += wanted + between;
    }
    return rows * row;
}

QRect LegendView::entryRect(int entry) const
{
    return m_places.value(entry).translated(0, -verticalScrollBar()->value());
}

int LegendView::entryAt(const QPoint &point) const
{
    for (int i = 0; i < m_places.size(); ++i) {
        if (entryRect(i).contains(point))
            return m_table && point.y() < row ? -1 : i;
    }
    return -1;
}

void LegendView::choose(const QString &name, bool toggle)
{
    QSet<QString> all;
    for (const Entry &entry : std::as_const(m_entries))
        all.insert(entry.name);
    QSet<QString> hidden = m_hidden & all;
    if (toggle) {
        if (!hidden.remove(name))
            hidden.insert(name);
        // A plot of nothing helps nobody.
        if (hidden.size() == all.size())
            hidden.clear();
    } else if (hidden.size() == all.size() - 1 && !hidden.contains(name)) {
        hidden.clear();
    } else {
        hidden = all;
        hidden.remove(name);
    }
    m_hidden = hidden;
    viewport()->update();
    Q_EMIT hiddenChanged();
}

void LegendView::setCurrent(int entry, bool byKeys)
{
    m_byKeys = byKeys;
    if (entry == m_current)
        return;
    m_current = entry;
    if (byKeys && entry >= 0) {
        const QRect place = m_places[entry];
        const int top = place.top() - (m_table ? row : 0);
        if (top < verticalScrollBar()->value())
            verticalScrollBar()->setValue(top);
        else if (place.bottom() >= verticalScrollBar()->value() + viewport()->height())
            verticalScrollBar()->setValue(place.bottom() + 1 - viewport()->height());
    }
    viewport()->update();
    const bool shown = entry >= 0 && !m_hidden.contains(m_entries[entry].name);
    Q_EMIT highlighted(shown ? m_entries[entry].name : QString());
}

void LegendView::sortBy(int column)
{
    m_sorted = column;
    std::ranges::stable_sort(m_entries, [&](const Entry &a, const Entry &b) {
        if (column == 0)
            return m_falling ? a.name.localeAwareCompare(b.name) < 0 : a.name.localeAwareCompare(b.name) > 0;
        const double one = a.numbers.value(column - 1);
        const double other = b.numbers.value(column - 1);
        // What is no number comes last.
        if (std::isnan(one) || std::isnan(other))
            return !std::isnan(one) && std::isnan(other);
        return m_falling ? one > other : one < other;
    });
}

void LegendView::paintEntry(QPainter &painter, int index, const QRect &place) const
{
    const Palette &palette = m_theme.palette();
    const Entry &entry = m_entries[index];
    const bool hidden = m_hidden.contains(entry.name);
    if (index == m_current) {
        painter.fillRect(place.adjusted(m_table ? 0 : -3, 0, m_table ? 0 : 3, 0), palette.panel2);
        if (m_byKeys && hasFocus()) {
            painter.setPen(palette.accent);
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(place.adjusted(m_table ? 0 : -3, 0, m_table ? -1 : 2, -1));
        }
    }
    SeriesLook look = entry.look;
    if (hidden)
        look.colour = palette.line;
    if (m_keys)
        painter.fillRect(QRect(place.left() + 2, place.top() + (row - 10) / 2, 10, 10), look.colour);
    else
        paintLineSample(painter, QRectF(place.left(), place.top(), sample, row), look);
    QFont font = m_theme.font(Theme::FontRole::Small);
    font.setStrikeOut(hidden);
    painter.setFont(font);
    painter.setPen(hidden ? palette.dim : palette.text);
    const auto write = [&](const QRect &where, Qt::Alignment alignment, const QString &text) {
        painter.drawText(where, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(text, Qt::ElideMiddle, where.width()));
    };
    int right = place.right() + 1;
    if (m_table)
        right -= Metrics::space1;
    font.setStrikeOut(false);
    for (qsizetype i = m_columns.size() - 1; i >= 0; --i) {
        painter.setPen(palette.dim);
        const int width = m_table ? m_widths[i] : widthOf(font, entry.values.value(i));
        write({right - width, place.top(), width, row}, Qt::AlignRight, entry.values.value(i));
        right -= width + (m_table ? columnGap : gap);
        if (right < place.left() + 60)
            break;
    }
    painter.setPen(hidden ? palette.dim : palette.text);
    const int left = place.left() + sample + gap;
    write({left, place.top(), std::max(0, right - left), row}, Qt::AlignLeft, entry.name);
}

void LegendView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const Palette &palette = m_theme.palette();
    for (int i = 0; i < m_places.size(); ++i) {
        const QRect place = entryRect(i);
        if (place.intersects(event->rect()))
            paintEntry(painter, i, place);
    }
    if (!m_table || m_entries.isEmpty())
        return;
    painter.fillRect(QRect(0, 0, viewport()->width(), row), palette.panel);
    painter.setFont(m_theme.font(Theme::FontRole::SmallStrong));
    painter.setPen(palette.dim);
    int right = viewport()->width() - Metrics::space1;
    for (qsizetype i = m_columns.size() - 1; i >= 0; --i) {
        const QString arrow = m_sorted == i + 1 ? (m_falling ? QStringLiteral("▾") : QStringLiteral("▴")) : QString();
        painter.drawText(
            QRect(right - m_widths[i], 0, m_widths[i], row), Qt::AlignRight | Qt::AlignVCenter, m_columns[i] + arrow);
        right -= m_widths[i] + columnGap;
    }
    painter.setPen(palette.line);
    painter.drawLine(0, row - 1, viewport()->width(), row - 1);
}

void LegendView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void LegendView::mousePressEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (event->button() != Qt::LeftButton || m_keys) {
        event->ignore();
        return;
    }
    if (m_table && at.y() < row) {
        int right = viewport()->width() - Metrics::space1;
        int column = 0;
        for (qsizetype i = m_columns.size() - 1; i >= 0 && column == 0; --i) {
            if (at.x() > right - m_widths[i] - columnGap / 2)
                column = int(i) + 1;
            right -= m_widths[i] + columnGap;
        }
        m_falling = column == m_sorted ? !m_falling : true;
        sortBy(column);
        layOut();
        return;
    }
    if (const int entry = entryAt(at); entry >= 0)
        choose(m_entries[entry].name, event->modifiers() & Qt::ControlModifier);
}

void LegendView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_keys)
        setCurrent(entryAt(event->position().toPoint()), false);
}

void LegendView::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_entries.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Right:
        setCurrent(std::min(last, m_current + 1), true);
        break;
    case Qt::Key_Up:
    case Qt::Key_Left:
        setCurrent(std::max(std::min(0, last), m_current - 1), true);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0)
            choose(m_entries[m_current].name, event->modifiers() & Qt::ControlModifier);
        break;
    default:
        event->ignore();
    }
}

void LegendView::leaveEvent(QEvent *event)
{
    if (!m_byKeys)
        setCurrent(-1, false);
    QAbstractScrollArea::leaveEvent(event);
}

void LegendView::focusOutEvent(QFocusEvent *event)
{
    setCurrent(-1, false);
    QAbstractScrollArea::focusOutEvent(event);
}

bool LegendView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int entry = entryAt(help->pos());
        // A tool tip takes what looks like HTML for it: so it is HTML, with the name escaped.
        QToolTip::showText(help->globalPos(),
            entry < 0 ? QString() : QStringLiteral("<span>%1</span>").arg(m_entries[entry].name.toHtmlEscaped()), this);
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace kdra::ui
