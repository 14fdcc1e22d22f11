// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/environmentdetails.h"

#include "base/quantity.h"
#include "models/environmenttext.h"
#include "models/format.h"
#include "ui/common/alertline.h"
#include "ui/common/widgets.h"

#include <QFormLayout>
#include <QGridLayout>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace kdra::ui {

using environments::Environment;
using Id = EnvironmentActions::Id;

namespace {

QString nodesText(const QStringList &nodes)
{
    constexpr qsizetype few = 6;
    if (nodes.size() <= few)
        return nodes.join(QStringLiteral(", "));
    return EnvironmentDetails::tr("%1 and %n more", nullptr, static_cast<int>(nodes.size() - few))
        .arg(nodes.first(few).join(QStringLiteral(", ")));
}

} // namespace

EnvironmentDetails::EnvironmentDetails(const Theme &theme, EnvironmentActions &actions, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_actions(actions)
    , m_scroll(new QScrollArea)
    , m_none(makeLabel(theme, Theme::FontRole::Body, tr("Choose an environment to see how it fares."), true))
    , m_name(makeLabel(theme, Theme::FontRole::Title))
    , m_glyph(new GlyphLabel(theme))
    , m_state(makeLabel(theme, Theme::FontRole::Strong))
    , m_reason(makeLabel(theme, Theme::FontRole::Body))
    , m_alertLine(new AlertLine(theme))
    , m_remark(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_resume(makePrimaryButton(actions.action(Id::Resume)->text()))
    , m_rollBack(new QPushButton(actions.action(Id::RollBack)->text()))
    , m_facts(new QFormLayout)
{
    setObjectName(QStringLiteral("inspector"));
    for (QLabel *label : {m_name, m_reason, m_remark, m_none})
        label->setWordWrap(true);
    m_none->setAlignment(Qt::AlignCenter);
    m_facts->setContentsMargins(0, Metrics::space2, 0, Metrics::space2);
    m_facts->setHorizontalSpacing(Metrics::space3);
    m_facts->setVerticalSpacing(Metrics::space1);
    m_facts->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_facts->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    addFact(tr("Template"), m_template);
    addFact(tr("Added"), m_added);
    addFact(tr("Namespace"), m_namespace);
    addFact(tr("Owner"), m_owner);
    addFact(tr("Made"), m_created);
    addFact(tr("Time left"), m_timeLeft);
    addFact(tr("Placement"), m_placement);
    addFact(tr("Runs on"), m_nodes);
    addFact(tr("Pods ready"), m_pods);
    addFact(tr("Requests"), m_requests);
    addFact(tr("Uses"), m_use);
    addFact(tr("Volumes"), m_storage);
    addFact(tr("Address"), m_address);
    addFact(tr("Made by"), m_tooling);

    auto *state = new QHBoxLayout;
    state->setSpacing(Metrics::space2);
    state->addWidget(m_glyph);
    state->addWidget(m_state, 1);
    auto *mend = new QHBoxLayout;
    mend->setSpacing(Metrics::space2);
    mend->addWidget(m_resume);
    mend->addWidget(m_rollBack);
    mend->addStretch(1);
    for (const auto &[button, id] : {std::pair(m_resume, Id::Resume), std::pair(m_rollBack, Id::RollBack)}) {
        QAction *action = actions.action(id);
        const auto follow = [button, action] {
            button->setVisible(action->isVisible());
            button->setEnabled(action->isEnabled());
            button->setToolTip(action->toolTip());
        };
        connect(action, &QAction::changed, button, follow);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        follow();
    }
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(Metrics::space4, Metrics::space3, Metrics::space4, Metrics::space4);
    column->setSpacing(Metrics::space2);
    column->addWidget(m_name);
    column->addLayout(state);
    column->addWidget(m_reason);
    column->addWidget(m_alertLine);
    column->addLayout(mend);
    column->addLayout(m_facts);
    column->addWidget(m_remark);
    column->addWidget(makeButtons());
    column->addStretch(1);

    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(body);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_none, 1);
    whole->addWidget(m_scroll, 1);
    connect(m_alertLine, &AlertLine::followed, this, &EnvironmentDetails::alertRequested);
    setEnvironment({});
}

QWidget *EnvironmentDetails::makeButtons()
{
    auto *buttons = new QWidget;
    auto *grid = new QGridLayout(buttons);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(Metrics::space2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    const auto add = [&](Id id, int row, int column, int span = 1) {
        auto *button = new QToolButton;
        button->setDefaultAction(m_actions.action(id));
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setFocusPolicy(Qt::StrongFocus);
        QAction *action = m_actions.action(id);
        const auto follow = [button, action] {
            button->setVisible(action->isVisible());
            button->setAccessibleDescription(action->toolTip());
        };
        connect(action, &QAction::changed, button, follow);
        m_buttons.insert(id, button);
        grid->addWidget(button, row, column, 1, span);
        follow();
    };
    add(Id::Open, 0, 0, 2);
    add(Id::Change, 1, 0, 2);
    add(Id::Add, 2, 0);
    add(Id::Remove, 2, 1);
    add(Id::Pause, 3, 0);
    add(Id::Unpause, 3, 0);
    add(Id::Extend, 3, 1);
    add(Id::Move, 4, 0);
    add(Id::Clone, 4, 1);
    add(Id::Export, 5, 0);
    add(Id::Delete, 5, 1);
    return buttons;
}

void EnvironmentDetails::addFact(const QString &title, QLabel *&value)
{
    value = makeLabel(m_theme, Theme::FontRole::Body);
    value->setWordWrap(true);
    QLabel *name = makeLabel(m_theme, Theme::FontRole::Body, title, true);
    name->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_facts->addRow(name, value);
}

void EnvironmentDetails::tell(QLabel *value, const QString &text)
{
    value->setText(text);
    m_facts->setRowVisible(value, !text.isEmpty());
}

void EnvironmentDetails::setEnvironment(const std::optional<Environment> &environment)
{
    m_none->setVisible(!environment);
    m_scroll->setVisible(environment.has_value());
    if (!environment)
        return;
    const QDateTime now = QDateTime::currentDateTime();
    const QLocale locale;
    m_name->setText(environment->name);
    m_glyph->setSeverity(environments::severityOf(environment->state));
    m_state->setText(environments::stateText(environment->state));
    m_reason->setText(environment->reason);
    m_reason->setVisible(!environment->reason.isEmpty());

    tell(m_template, models::firstTemplateText(*environment));
    tell(m_added, models::addedText(*environment));
    tell(m_namespace, environment->ownNamespace ? tr("%1, made for it").arg(environment->ns) : environment->ns);
    tell(m_owner, environment->owner);
    tell(m_created,
        environment->created.isValid()
            ? tr("%1 ago, on %2", "age and time")
                  .arg(models::spanWords(environment->created.secsTo(now)),
                      locale.toString(environment->created.toLocalTime(), QLocale::ShortFormat))
            : QString());
    tell(m_timeLeft,
        environment->expires && !environment->isExpired(now)
            ? tr("%1, until %2", "time left and its end")
                  .arg(models::timeLeftText(*environment, now),
                      locale.toString(environment->expires->toLocalTime(), QLocale::ShortFormat))
            : models::expiryText(*environment, now));
    tell(m_placement, models::placementText(environment->placement));
    tell(m_nodes, nodesText(environment->nodes));
    tell(m_pods, models::partText(environment->readyPods, environment->pods));
    tell(m_requests,
        tr("%1 CPU cores, %2 of memory").arg(formatCores(environment->cpuMilli), formatBytes(environment->memory)));
    tell(m_storage,
        environment->claims ? tr("%n claim(s), %1", nullptr, static_cast<int>(environment->claims))
                                  .arg(formatBytes(static_cast<qint64>(environment->claimBytes)))
                            : QString());
    tell(m_address, environment->address);
    tell(m_tooling, environment->isOurs() ? QString() : environment->tooling);
    const QString standstill = m_actions.standstill();
    if (!standstill.isEmpty() || environment->state != Environment::State::Incomplete)
        m_remark->setText(standstill);
    else if (environment->isHalfDeleted())
        m_remark->setText(tr("Delete it to go on with that. Nothing else can be done to it."));
    else
        m_remark->setText(
            tr("Making it was interrupted. Nothing else can be done to it until that is finished or taken back."));
    m_remark->setVisible(!m_remark->text().isEmpty());
}

void EnvironmentDetails::setUse(const std::optional<models::EnvironmentUse> &use)
{
    tell(m_use,
        use ? tr("%1 CPU cores, %2 of memory").arg(formatCores(use->cpuMilli), formatBytes(use->memory)) : QString());
}

void EnvironmentDetails::setAlerts(const models::AlertMark &mark)
{
    m_alertLine->setMark(mark);
}

QStringList EnvironmentDetails::facts() const
{
    QStringList lines;
    for (int row = 0; row < m_facts->rowCount(); ++row) {
        const auto text = [&](QFormLayout::ItemRole role) {
            return qobject_cast<QLabel *>(m_facts->itemAt(row, role)->widget())->text();
        };
        if (m_facts->isRowVisible(row))
            lines.append(text(QFormLayout::LabelRole) + QStringLiteral(": ") + text(QFormLayout::FieldRole));
    }
    return lines;
}

QString EnvironmentDetails::remark() const
{
    return m_remark->text();
}

} // namespace kdra::ui
