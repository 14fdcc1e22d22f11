// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/doctorpage.h"

#include "ui/common/widgets.h"
#include "ui/dialogs/doctorsteprow.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>

namespace kdra::ui {

namespace {

constexpr int maxWidth = 960; // longer lines are hard to read

} // namespace

DoctorPage::DoctorPage(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_subject(makeLabel(theme, Theme::FontRole::Body, {}, true))
    , m_verdict(makeLabel(theme, Theme::FontRole::Title))
    , m_run(makePrimaryButton(tr("&Run again")))
    , m_copy(new QPushButton(tr("&Copy as text")))
    , m_close(new QPushButton(tr("&Back")))
{
    setObjectName(QStringLiteral("page"));
    setAccessibleName(tr("Connection doctor"));
    m_subject->setWordWrap(true);
    m_verdict->setWordWrap(true);
    m_run->setShortcut(Qt::CTRL | Qt::Key_R);
    m_copy->setToolTip(tr("Without tokens, passwords and keys: fit for a bug report."));

    auto *list = new QWidget;
    list->setObjectName(QStringLiteral("doctorSteps"));
    auto *steps = new QVBoxLayout(list);
    steps->setContentsMargins(0, 0, Metrics::space2, 0);
    steps->setSpacing(Metrics::space2);
    for (int i = 0; i < doctor::stepCount; ++i) {
        m_rows.append(new DoctorStepRow(theme));
        m_rows.last()->setStep(m_doctor.steps()[i]);
        steps->addWidget(m_rows.last());
    }
    steps->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("page"));
    scroll->setWidget(list);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setStyleSheet(QStringLiteral("QScrollArea, QWidget#doctorSteps { background: transparent; }"));

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::space2);
    buttons->setContentsMargins(0, 0, Metrics::space2, 0); // as the steps
    buttons->addWidget(m_run);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    buttons->addWidget(m_close);

    auto *middle = new QWidget;
    middle->setMaximumWidth(maxWidth);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space5);
    column->setSpacing(Metrics::space3);
    column->addWidget(makeLabel(theme, Theme::FontRole::Large, tr("Connection doctor")));
    column->addWidget(m_subject);
    column->addWidget(m_verdict);
    column->addWidget(scroll, 1);
    column->addLayout(buttons);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(middle, 100);
    row->addStretch(1);

    connect(m_run, &QPushButton::clicked, this, &DoctorPage::runAgain);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_doctor.text()); });
    connect(m_close, &QPushButton::clicked, this, &DoctorPage::closeRequested);
    connect(&m_doctor, &doctor::Doctor::stepChanged, this, &DoctorPage::update);
    connect(&m_doctor, &doctor::Doctor::finished, this, [this, scroll] {
        updateVerdict();
        const auto failed = std::ranges::find(m_rows, true, &DoctorStepRow::isUnfolded);
        if (failed == m_rows.end())
            return;
        // Its height is known once the layout has seen that it is unfolded.
        QMetaObject::invokeMethod(
            scroll, [scroll, row = *failed] { scroll->ensureWidgetVisible(row); }, Qt::QueuedConnection);
    });
    setConfig({});
}

void DoctorPage::setConfig(const std::optional<kube::ClientConfig> &config, const doctor::Deadlines &deadlines)
{
    m_config = config;
    m_deadlines = deadlines;
    m_run->setEnabled(config.has_value());
    m_copy->setEnabled(config.has_value());
    if (config)
        runAgain();
    else
        m_doctor.cancel();
    updateVerdict();
}

void DoctorPage::runAgain()
{
    if (!m_config)
        return;
    m_subject->setText(QStringLiteral("%1 · %2").arg(m_config->contextName,
        m_config->cluster.server.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)));
    m_doctor.run(*m_config, m_deadlines);
    updateVerdict();
}

void DoctorPage::update(int step)
{
    m_rows[step]->setStep(m_doctor.steps()[step]);
}

void DoctorPage::updateVerdict()
{
    const auto count = [this](doctor::Step::State state) {
        return static_cast<int>(std::ranges::count(m_doctor.steps(), state, &doctor::Step::state));
    };
    using State = doctor::Step::State;
    QString text;
    if (!m_config)
        text = tr("There is no cluster to examine.");
    else if (m_doctor.isRunning())
        text = tr("Examining the way to the cluster…");
    else if (const int failed = count(State::Failed))
        text = tr("%n step(s) failed.", nullptr, failed);
    else if (const int warnings = count(State::Warning))
        text = tr("The cluster can be reached; %n thing(s) need attention.", nullptr, warnings);
    else
        text = m_doctor.isHealthy() ? tr("Everything is in order.") : tr("The examination was cancelled.");
    m_verdict->setText(text);
}

void DoctorPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeRequested();
    else
        QFrame::keyPressEvent(event);
}

} // namespace kdra::ui
