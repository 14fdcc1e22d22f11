// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/noticedialog.h"

#include "ui/common/widgets.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTimeEdit>

namespace kdra::ui {

using Threshold = metrics::NoticeRules::Threshold;

NoticeDialog::NoticeDialog(const Theme &theme, const metrics::NoticeRules &rules, QWidget *parent)
    : QDialog(parent)
    , m_threshold(new QComboBox)
    , m_quiet(new QCheckBox(tr("Quiet hours")))
    , m_from(new QTimeEdit(rules.quietFrom))
    , m_to(new QTimeEdit(rules.quietTo))
    , m_breaksThrough(new QCheckBox(tr("Critical alerts are told of all the same")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Notifications of alerts"));
    m_threshold->setAccessibleName(tr("Tell of"));
    m_threshold->view()->setAccessibleName(m_threshold->accessibleName());
    m_threshold->addItem(tr("Critical alerts"), int(Threshold::Critical));
    m_threshold->addItem(tr("Warnings and critical alerts"), int(Threshold::Warning));
    m_threshold->addItem(tr("Nothing"), int(Threshold::Nothing));
    m_threshold->setCurrentIndex(m_threshold->findData(int(rules.threshold)));
    m_quiet->setChecked(rules.isQuiet);
    m_breaksThrough->setChecked(rules.criticalBreaksThrough);
    m_from->setAccessibleName(tr("Begin of the quiet hours"));
    m_to->setAccessibleName(tr("End of the quiet hours"));
    for (QTimeEdit *edit : {m_from, m_to})
        edit->setDisplayFormat(locale().timeFormat(QLocale::ShortFormat));

    QLabel *explanation = makeLabel(theme, Theme::FontRole::Body,
        tr("When an alert begins to fire in the cluster that is shown, the desktop tells of it as long as KDRA runs, "
           "also while its window is hidden. Silenced and inhibited alerts are not told of."),
        true);
    explanation->setWordWrap(true);
    explanation->setMinimumWidth(420);
    auto *hours = new QHBoxLayout;
    hours->addWidget(makeLabel(theme, Theme::FontRole::Body, tr("from")));
    hours->addWidget(m_from);
    hours->addWidget(makeLabel(theme, Theme::FontRole::Body, tr("to")));
    hours->addWidget(m_to);
    hours->addStretch(1);
    auto *form = new QFormLayout;
    form->addRow(tr("Tell of"), m_threshold);
    form->addRow(m_quiet, hours);
    form->addRow(QString(), m_breaksThrough);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(makePrimaryButton(tr("Use it")), QDialogButtonBox::AcceptRole);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addWidget(makeLabel(theme, Theme::FontRole::Title, windowTitle()));
    column->addWidget(explanation);
    column->addLayout(form);
    column->addStretch(1);
    column->addWidget(buttons);

    connect(m_threshold, &QComboBox::currentIndexChanged, this, &NoticeDialog::enable);
    connect(m_quiet, &QCheckBox::toggled, this, &NoticeDialog::enable);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(this->rules());
        accept();
    });
    enable();
}

metrics::NoticeRules NoticeDialog::rules() const
{
    return {.threshold = static_cast<Threshold>(m_threshold->currentData().toInt()),
        .isQuiet = m_quiet->isChecked(),
        .quietFrom = m_from->time(),
        .quietTo = m_to->time(),
        .criticalBreaksThrough = m_breaksThrough->isChecked()};
}

void NoticeDialog::enable()
{
    const bool tells = static_cast<Threshold>(m_threshold->currentData().toInt()) != Threshold::Nothing;
    m_quiet->setEnabled(tells);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_from, m_to, m_breaksThrough})
        widget->setEnabled(tells && m_quiet->isChecked());
}

} // namespace kdra::ui
