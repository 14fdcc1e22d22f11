// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/addpaneldialog.h"

#include "ui/common/widgets.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

// At the end of the last row.
metrics::Dashboard withPanel(metrics::Dashboard dashboard, metrics::Panel panel)
{
    if (dashboard.rows.isEmpty())
        dashboard.rows.append(metrics::Row());
    int id = 0;
    for (const metrics::Row &row : std::as_const(dashboard.rows)) {
        for (const metrics::Panel &one : row.panels)
            id = std::max(id, one.id);
    }
    int below = 0;
    for (const metrics::Panel &one : std::as_const(dashboard.rows.last().panels))
        below = std::max(below, one.grid.y + one.grid.height);
    panel.id = id + 1;
    panel.grid.y = below;
    dashboard.rows.last().panels.append(panel);
    return dashboard;
}

} // namespace

AddPanelDialog::AddPanelDialog(const metrics::Panel &panel, const QList<metrics::Dashboard> &own, QWidget *parent)
    : QDialog(parent)
    , m_panel(panel)
    , m_own(own)
    , m_title(new QLineEdit)
    , m_dashboards(new QComboBox)
    , m_new(new QLineEdit)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add to my dashboard"));
    // What it asks is the best name that is known.
    constexpr qsizetype longest = 60;
    const QString query = panel.queries.isEmpty() ? QString() : panel.queries.first().expr.simplified();
    m_title->setText(query.size() > longest ? QString(query.first(longest) + u'…') : query);
    m_title->selectAll();
    for (const metrics::Dashboard &one : own)
        m_dashboards->addItem(one.title);
    m_dashboards->addItem(tr("A new dashboard"));
    m_new->setText(tr("My dashboard"));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_add = makePrimaryButton(tr("Add"));
    buttons->addButton(m_add, QDialogButtonBox::AcceptRole);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(Metrics::space4, Metrics::space4, Metrics::space4, Metrics::space4);
    form->setSpacing(Metrics::space2);
    form->addRow(tr("&Title of the panel:"), m_title);
    form->addRow(tr("&Dashboard:"), m_dashboards);
    form->addRow(tr("&Name of the new one:"), m_new);
    form->addRow(buttons);
    m_title->setMinimumWidth(360);
    const auto follow = [this, form] {
        form->setRowVisible(m_new, m_dashboards->currentIndex() == m_own.size());
        judge();
    };
    connect(m_dashboards, &QComboBox::currentIndexChanged, this, follow);
    connect(m_title, &QLineEdit::textChanged, this, &AddPanelDialog::judge);
    connect(m_new, &QLineEdit::textChanged, this, &AddPanelDialog::judge);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &AddPanelDialog::take);
    follow();
}

void AddPanelDialog::judge()
{
    const bool isNew = m_dashboards->currentIndex() == m_own.size();
    m_add->setEnabled(!m_title->text().trimmed().isEmpty() && !(isNew && m_new->text().trimmed().isEmpty()));
}

void AddPanelDialog::take()
{
    const qsizetype index = m_dashboards->currentIndex();
    m_panel.title = m_title->text().trimmed();
    metrics::Dashboard dashboard = index < m_own.size()
        ? m_own[index]
        : metrics::Dashboard{
              .uid = QUuid::createUuid().toString(QUuid::WithoutBraces), .title = m_new->text().trimmed()};
    Q_EMIT chosen(withPanel(std::move(dashboard), m_panel));
    accept();
}

} // namespace kdra::ui
