// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/usenowview.h"

#include "ui/common/widgets.h"
#include "ui/metrics/dashboardgrid.h"
#include "ui/metrics/panelview.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

enum PanelId { NodesCpu = 1, NodesMemory, PodsCpu, PodsMemory };
constexpr qsizetype mostNodes = 24; // more bars than that nobody reads
constexpr qsizetype mostPods = 12;

metrics::Panel barsOf(int id, const QString &title, const QString &legend, const QString &unit, int x, int y)
{
    metrics::Panel panel{.id = id,
        .kind = metrics::PanelKind::BarGauge,
        .title = title,
        .grid = {x, y, 12, y == 0 ? 12 : 9},
        .queries = {{.refId = u"A"_s, .legend = legend, .instant = true}}};
    panel.field.unit = unit;
    if (unit == "percentunit"_L1) {
        panel.field.min = 0;
        panel.field.max = 1;
        panel.field.thresholds = {
            {.color = u"green"_s}, {.from = 0.8, .color = u"yellow"_s}, {.from = 0.95, .color = u"red"_s}};
    }
    return panel;
}

} // namespace

UseNowView::UseNowView(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_title(makeLabel(theme, Theme::FontRole::Strong))
    , m_text(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_install(makePrimaryButton(tr("Install Prometheus…")))
    , m_banner(new Banner(theme))
    , m_grid(new DashboardGrid(theme, [this, &theme](const metrics::Panel &panel) {
        auto *view = new PanelView(panel, m_state, theme);
        QMetaObject::invokeMethod(this, [this, id = panel.id] { update(id); }, Qt::QueuedConnection);
        return view;
    }))
{
    m_text->setWordWrap(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(Metrics::space1);
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto *choose = new QPushButton(tr("Choose a source…"));
    auto *header = new QHBoxLayout;
    header->setContentsMargins(Metrics::space2, 0, Metrics::space3, 0);
    header->setSpacing(Metrics::space2);
    header->addLayout(words, 1);
    header->addWidget(m_install, 0, Qt::AlignTop);
    header->addWidget(choose, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, Metrics::space2, 0, 0);
    column->setSpacing(Metrics::space2);
    column->addLayout(header);
    column->addWidget(m_banner);
    column->addWidget(m_grid, 1);
    m_banner->clear();
    connect(m_install, &QPushButton::clicked, this, &UseNowView::installRequested);
    connect(choose, &QPushButton::clicked, this, &UseNowView::sourceRequested);
    m_grid->setRows(
        {{.panels = {barsOf(NodesCpu, tr("CPU of the busiest nodes, now"), u"{{node}}"_s, u"percentunit"_s, 0, 0),
              barsOf(NodesMemory, tr("Memory of the fullest nodes, now"), u"{{node}}"_s, u"percentunit"_s, 12, 0),
              barsOf(PodsCpu, tr("Pods with the most CPU, now"), u"{{namespace}}/{{pod}}"_s, u"cores"_s, 0, 12),
              barsOf(
                  PodsMemory, tr("Pods with the most memory, now"), u"{{namespace}}/{{pod}}"_s, u"bytes"_s, 12, 12)}}});
}

void UseNowView::setReason(const QString &title, const QString &text, bool canInstall)
{
    m_title->setText(title);
    m_text->setText(tr("These are the numbers of metrics-server: what is used just now. It knows no past, so there are "
                       "no plots, no dashboards and no alerts.")
        + (canInstall ? QString() : u' ' + text));
    m_text->setToolTip(text);
    m_install->setVisible(canInstall);
}

void UseNowView::setUse(const metrics::ResourceUse &nodes, const metrics::ResourceUse &pods,
    const QHash<QString, double> &cores, const QHash<QString, double> &bytes)
{
    const QStringList byPod{u"namespace"_s, u"pod"_s};
    m_answers[NodesCpu] = {{u"A"_s, metrics::largest(nodes.cpu, {u"node"_s}, mostNodes, cores)}};
    m_answers[NodesMemory] = {{u"A"_s, metrics::largest(nodes.memory, {u"node"_s}, mostNodes, bytes)}};
    m_answers[PodsCpu] = {{u"A"_s, metrics::largest(pods.cpu, byPod, mostPods)}};
    m_answers[PodsMemory] = {{u"A"_s, metrics::largest(pods.memory, byPod, mostPods)}};
    for (const int id : {NodesCpu, NodesMemory, PodsCpu, PodsMemory})
        update(id);
}

void UseNowView::setProblem(const std::optional<Error> &error)
{
    m_problem = error ? error->text() : QString();
    if (error)
        m_banner->tell(store::Severity::Failing, m_problem);
    else
        m_banner->clear();
}

QString UseNowView::reason() const
{
    return m_title->text() + u'\n' + m_text->text();
}

void UseNowView::update(int panel)
{
    if (PanelView *view = m_grid->view(panel); view && m_answers.contains(panel))
        view->setAnswers(m_answers.value(panel));
}

} // namespace kdra::ui
