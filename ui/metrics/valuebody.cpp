// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/valuebody.h"

#include "metrics/csv.h"
#include "ui/common/theme.h"
#include "ui/metrics/viewstate.h"

#include <QHelpEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QVBoxLayout>

#include <cmath>

namespace kdra::ui {

using metrics::PanelKind;

namespace {
constexpr int barRow = 24; // the least that can be read
constexpr QSize statCell{92, 44};
constexpr QSize gaugeCell{96, 84};
}

ValueGrid::ValueGrid(PanelKind kind, ViewState &state, const Theme &theme)
    : m_kind(kind)
    , m_state(state)
    , m_theme(theme)
{
    const auto again = [this] {
        m_cells = valueCells(m_panel, m_data, m_theme.palette());
        update();
    };
    connect(&theme, &Theme::changed, this, again);
    connect(&state, &ViewState::spanChanged, this, qOverload<>(&QWidget::update));
}

void ValueGrid::setData(const metrics::Panel &panel, const metrics::PanelData &given)
{
    m_panel = panel;
    m_data = given;
    m_cells = valueCells(panel, given, m_theme.palette());
    update();
}

ValueGrid::Grid ValueGrid::gridFor(const QSize &room) const
{
    const int count = std::max(1, int(m_cells.size()));
    if (m_kind == PanelKind::BarGauge)
        return {1, count};
    // The number of columns that leaves cells the most even, and readable.
    const QSize least = m_kind == PanelKind::Gauge ? gaugeCell : statCell;
    const int most = std::clamp(room.width() / least.width(), 1, count);
    int best = most;
    double bestScore = -1;
    const double wantedShape = m_kind == PanelKind::Gauge ? 1.1 : 2.2;
    for (int columns = 1; columns <= most; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const double width = double(room.width()) / columns;
        const double height = std::max(double(least.height()), double(room.height()) / rows);
        const double overflow = height * rows > room.height() + 1 ? 0.2 : 1;
        const double score = overflow * std::min(width / wantedShape, height);
        if (score > bestScore + 0.5) {
            bestScore = score;
            best = columns;
        }
    }
    return {best, (count + best - 1) / best};
}

int ValueGrid::neededHeight(const QSize &room) const
{
    const Grid grid = gridFor(room);
    // One row takes what there is: nobody scrolls for half a gauge.
    if (grid.rows == 1)
        return 0;
    const int least = m_kind == PanelKind::BarGauge ? barRow
        : m_kind == PanelKind::Gauge                ? gaugeCell.height()
                                                    : statCell.height();
    return grid.rows * least;
}

QRectF ValueGrid::cellRect(size_t cell) const
{
    // As if for the room of the scroll area around: a scroll bar must not change the grid.
    const Grid grid = gridFor(parentWidget() ? parentWidget()->size() : size());
    const double width = double(this->width()) / grid.columns;
    double height = double(this->height()) / grid.rows;
    if (m_kind == PanelKind::BarGauge)
        height = std::min(height, 56.0);
    const int row = int(cell) / grid.columns;
    const int column = int(cell) % grid.columns;
    return {column * width, row * height, width, height};
}

void ValueGrid::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (size_t i = 0; i < m_cells.size(); ++i) {
        const QRectF place = cellRect(i);
        if (!place.intersects(event->rect()))
            continue;
        switch (m_kind) {
        case PanelKind::Gauge:
            paintGauge(painter, place, m_cells[i]);
            break;
        case PanelKind::BarGauge:
            paintBar(painter, place, m_cells[i]);
            break;
        default:
            paintStat(painter, place, m_cells[i]);
        }
    }
}

bool ValueGrid::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    auto *help = static_cast<QHelpEvent *>(event);
    QString text;
    for (size_t i = 0; i < m_cells.size(); ++i) {
        if (cellRect(i).contains(help->pos()))
            text = QStringLiteral("<span>%1</span>")
                       .arg(QStringLiteral("%1: %2").arg(m_cells[i].name, m_cells[i].text).toHtmlEscaped());
    }
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

ValueBody::ValueBody(PanelKind kind, ViewState &state, const Theme &theme, QWidget *parent)
    : PanelBody(parent)
    , m_grid(new ValueGrid(kind, state, theme))
    , m_scroll(new QScrollArea(this))
{
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_grid);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space2, 0, Metrics::space2, Metrics::space1);
    column->addWidget(m_scroll);
}

void ValueBody::setContents(const metrics::Panel &panel, PanelContents contents)
{
    m_data = std::move(contents.data);
    m_grid->setData(panel, m_data);
    place();
}

void ValueBody::place()
{
    const QSize room = m_scroll->maximumViewportSize();
    const int needed = m_grid->neededHeight(room);
    // Nothing scrolls that fits, and what does not scroll needs no keys.
    const bool scrolls = needed > room.height();
    const int bar = scrolls ? m_scroll->verticalScrollBar()->sizeHint().width() : 0;
    m_scroll->setFocusPolicy(scrolls ? Qt::StrongFocus : Qt::NoFocus);
    m_grid->resize(room.width() - bar, std::max(room.height(), needed));
}

void ValueBody::resizeEvent(QResizeEvent *event)
{
    PanelBody::resizeEvent(event);
    layout()->activate();
    place();
}

QByteArray ValueBody::csv() const
{
    QByteArray text = "name,value\r\n";
    for (const ValueCell &cell : m_grid->cells())
        text += metrics::csvField(cell.name) + ',' + QByteArray::number(cell.value, 'g', QLocale::FloatingPointShortest)
            + "\r\n";
    return text;
}

void ValueBody::describe(const QString &title)
{
    m_scroll->setAccessibleName(title);
    m_grid->setAccessibleName(title);
    m_grid->setAccessibleDescription(cellsSentence(m_grid->cells()));
}

} // namespace kdra::ui
