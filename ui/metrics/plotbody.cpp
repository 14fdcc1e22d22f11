// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/plotbody.h"

#include "metrics/csv.h"
#include "ui/common/theme.h"
#include "ui/metrics/heatmapcontent.h"
#include "ui/metrics/legendview.h"
#include "ui/metrics/linecontent.h"
#include "ui/metrics/plotview.h"
#include "ui/metrics/statecontent.h"

#include <QResizeEvent>

#include <map>

namespace kdra::ui {

using metrics::PanelKind;
using metrics::Reduction;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::PlotBody)
};

// Columns of a legend by their names in a panel.
std::optional<std::pair<Reduction, QString>> columnOf(const QString &name)
{
    using Found = std::pair<Reduction, QString>;
    const std::map<QString, Found> known{
        {QStringLiteral("last"), {Reduction::Last, Words::tr("Last")}},
        {QStringLiteral("lastNotNull"), {Reduction::LastNotNull, Words::tr("Last")}},
        {QStringLiteral("min"), {Reduction::Min, Words::tr("Min")}},
        {QStringLiteral("max"), {Reduction::Max, Words::tr("Max")}},
        {QStringLiteral("mean"), {Reduction::Mean, Words::tr("Mean")}},
        {QStringLiteral("sum"), {Reduction::Sum, Words::tr("Sum")}},
    };
    const auto it = known.find(name);
    return it == known.end() ? std::nullopt : std::optional(it->second);
}

std::unique_ptr<PlotContent> contentOf(PanelKind kind, const Palette &palette)
{
    switch (kind) {
    case PanelKind::Heatmap:
        return std::make_unique<HeatmapContent>(palette);
    case PanelKind::StateTimeline:
        return std::make_unique<StateContent>(palette);
    default:
        return std::make_unique<LineContent>(palette);
    }
}

}

PlotBody::PlotBody(PanelKind kind, ViewState &state, const Theme &theme, QWidget *parent)
    : PanelBody(parent)
    , m_theme(theme)
    , m_plot(new PlotView(contentOf(kind, theme.palette()), state, theme, this))
    , m_legend(new LegendView(theme, this))
{
    m_lines = dynamic_cast<LineContent *>(&m_plot->content());
    // Others have a key that nothing can be chosen in.
    connect(m_legend, &LegendView::hiddenChanged, this, [this] {
        m_lines->setHidden(m_legend->hidden());
        m_plot->contentChanged();
    });
    connect(m_legend, &LegendView::highlighted, this, [this](const QString &name) {
        m_lines->setHighlighted(name);
        m_plot->repaintContent();
    });
    connect(m_plot, &PlotView::isolateRequested, this, [this](const QString &series) {
        if (m_lines)
            m_legend->choose(series, false);
    });
    connect(&theme, &Theme::changed, this, &PlotBody::fillLegend);
}

void PlotBody::setContents(const metrics::Panel &panel, PanelContents contents)
{
    m_panel = panel;
    m_data = std::move(contents.data);
    m_plot->setData(panel, m_data);
    fillLegend();
    place();
}

void PlotBody::fillLegend()
{
    if (!m_lines) {
        QList<LegendView::Entry> keys;
        for (const PlotContent::Key &key : m_plot->content().keys())
            keys.append({.name = key.text, .look = {key.colour, 0}, .values = {}, .numbers = {}});
        m_legend->setKeys(keys);
        return;
    }
    if (m_panel.legendHidden)
        return;
    QStringList titles;
    QList<Reduction> reductions;
    for (const QString &name : std::as_const(m_panel.legendValues)) {
        if (const auto column = columnOf(name)) {
            titles.append(column->second);
            reductions.append(column->first);
        }
    }
    QList<LegendView::Entry> entries;
    for (size_t i = 0; i < m_data.series.size(); ++i) {
        const metrics::PanelSeries &series = m_data.series[i];
        LegendView::Entry entry{.name = series.name, .look = m_lines->look(int(i)), .values = {}, .numbers = {}};
        for (qsizetype column = 0; column < reductions.size(); ++column) {
            const double value = series.statistics.of(reductions[column]);
            entry.numbers.append(value);
            const QString text = series.unit.text(value, series.field.decimals);
            // Without a heading a number says which one it is.
            entry.values.append(m_panel.legendAsTable || reductions.size() == 1
                    ? text
                    : Words::tr("%1 %2", "name of a number in a legend, and the number").arg(titles[column], text));
        }
        entries.append(entry);
    }
    m_legend->setEntries(entries, titles, m_panel.legendAsTable);
}

bool PlotBody::isEmpty() const
{
    return m_plot->content().isEmpty();
}

QByteArray PlotBody::csv() const
{
    return metrics::csvOf(m_data);
}

QStringList PlotBody::notes() const
{
    if (!m_lines || !m_lines->sharesRightAxis())
        return {};
    return {
        Words::tr("There are more than two units: what is at the right shares the axis of the first series there.")};
}

void PlotBody::describe(const QString &title)
{
    m_plot->setAccessibleName(title);
}

void PlotBody::place()
{
    constexpr int least = 150; // below that all the room is the plot's
    const int inset = Metrics::space2;
    const bool shown = !m_panel.legendHidden && !m_legend->entries().isEmpty() && height() >= least;
    const int width = std::max(0, this->width() - 2 * inset);
    int legend = shown ? m_legend->wantedHeight(width) : 0;
    // A table takes no more than a good third, words no more than a quarter; the rest is scrolled to.
    const int row = 18;
    const int most = std::max(row, height() * (m_panel.legendAsTable ? 38 : 25) / 100 / row * row);
    legend = std::min(legend, most);
    m_legend->setVisible(shown);
    m_plot->setGeometry(0, 0, this->width(), height() - (shown ? legend + Metrics::space1 : 0));
    m_legend->setGeometry(inset, height() - legend, width, legend);
}

void PlotBody::resizeEvent(QResizeEvent *event)
{
    PanelBody::resizeEvent(event);
    place();
}

} // namespace kdra::ui
