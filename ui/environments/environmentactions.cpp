// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/environmentactions.h"

#include "models/environmenttext.h"
#include "ui/common/widgets.h"
#include "ui/environments/timetolivebox.h"

#include <QLocale>
#include <QMenu>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace kdra::ui {

using environments::Environment;
using State = Environment::State;

EnvironmentActions::EnvironmentActions(QWidget *page)
    : QObject(page)
{
    struct {
        Id id;
        QString title;
        QKeySequence key;
    } const all[] = {{Id::Open, tr("Open in browser"), Qt::Key_O}, {Id::Resume, tr("Resume making it"), Qt::Key_R},
        {Id::RollBack, tr("Roll back…"), Qt::Key_B}, {Id::Pause, tr("Pause"), Qt::Key_P},
        // One key, as only one of the two is ever offered.
        {Id::Unpause, tr("Resume"), Qt::Key_P}, {Id::Extend, tr("Extend…"), Qt::Key_E},
        {Id::Change, tr("Change parameters…"), Qt::Key_C}, {Id::Add, tr("Add a template…"), Qt::Key_A},
        {Id::Remove, tr("Remove a part…"), Qt::Key_D}, {Id::Move, tr("Move…"), Qt::Key_M},
        {Id::Clone, tr("Clone…"), Qt::Key_L}, {Id::Export, tr("Export…"), Qt::Key_X},
        {Id::Delete, tr("Delete…"), QKeySequence::Delete}};
    for (const auto &[id, title, key] : all) {
        auto *action = new QAction(title, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, [this, id] { Q_EMIT triggered(id); });
        page->addAction(action);
        m_actions.insert(id, action);
    }
    update();
}

void EnvironmentActions::setEnvironment(const std::optional<Environment> &environment)
{
    m_environment = environment;
    update();
}

void EnvironmentActions::setMarks(const kube::Marks &marks)
{
    m_marks = marks;
    update();
}

QString EnvironmentActions::standstill() const
{
    if (!m_environment)
        return {};
    if (!m_environment->isOurs()) {
        return m_environment->tooling.isEmpty()
            ? tr("Something else made it: KDRA only watches it.")
            : tr("%1 made it: KDRA only watches it. Change it with the tool that made it.").arg(m_environment->tooling);
    }
    if (m_marks.readOnly)
        return tr("The cluster is marked read-only.");
    if (m_environment->state == State::Deleting)
        return tr("It is being deleted.");
    if (m_environment->state == State::Applying)
        return tr("It is being made right now.");
    return {};
}

bool EnvironmentActions::isOffered(Id id) const
{
    const State state = m_environment ? m_environment->state : State::Unknown;
    switch (id) {
    case Id::Resume:
    case Id::RollBack:
        return state == State::Incomplete && !m_environment->isHalfDeleted();
    case Id::Pause:
        return state != State::Paused;
    case Id::Unpause:
        return state == State::Paused;
    default:
        return true;
    }
}

QString EnvironmentActions::obstacle(Id id) const
{
    if (!m_environment)
        return tr("Choose an environment first.");
    if (id == Id::Open)
        return m_environment->address.isEmpty() ? tr("It has no address that a browser could open.") : QString();
    const bool onlyReads = id == Id::Export && m_environment->isOurs();
    if (const QString text = standstill(); !text.isEmpty() && !(onlyReads && m_marks.readOnly))
        return text;
    if (m_environment->isHalfDeleted())
        return id == Id::Delete ? QString() : tr("Deleting it was interrupted: it can only be deleted.");
    const bool mends = id == Id::Resume || id == Id::RollBack || id == Id::Delete;
    if (m_environment->state == State::Incomplete && !mends)
        return tr("It is incomplete: resume making it, or roll it back.");
    if (id == Id::Remove && m_environment->parts.isEmpty())
        return tr("Nothing was added to it.");
    // What was applied now would not know what was paused.
    const bool applies = id == Id::Add || id == Id::Change || id == Id::Remove || id == Id::Move;
    if (m_environment->state == State::Paused && applies)
        return tr("It is paused: resume it first.");
    return {};
}

void EnvironmentActions::update()
{
    for (const auto &[id, action] : m_actions.asKeyValueRange()) {
        const QString why = obstacle(id);
        action->setVisible(isOffered(id));
        action->setEnabled(isOffered(id) && why.isEmpty());
        action->setToolTip(why.isEmpty()
                ? tr("%1 (%2)", "action and key")
                      .arg(QString(action->text()).remove(u'…'), action->shortcut().toString(QKeySequence::NativeText))
                : why);
    }
}

QList<QAction *> EnvironmentActions::offered(QObject *owner) const
{
    QList<QAction *> all;
    for (const auto &[id, action] : m_actions.asKeyValueRange()) {
        if (!action->isVisible())
            continue;
        if (id == Id::Delete) {
            auto *line = new QAction(owner);
            line->setSeparator(true);
            all.append(line);
        }
        all.append(action);
    }
    return all;
}

void EnvironmentActions::fillExtensions(QMenu &menu)
{
    if (!m_environment)
        return;
    const QDateTime now = QDateTime::currentDateTime();
    // From when its time would have been over; what has expired, or has no end, gets it from now on.
    const bool runs = m_environment->expires && !m_environment->isExpired(now);
    const QDateTime from = runs ? *m_environment->expires : now;
    for (const std::chrono::seconds span : offeredSpans()) {
        const QDateTime until = from.addSecs(span.count());
        const QString when = QLocale().toString(until.toLocalTime(), QLocale::ShortFormat);
        const QString words = models::spanWords(span.count());
        QAction *one = menu.addAction(
            runs ? tr("%1 more, until %2").arg(words, when) : tr("%1 from now on, until %2").arg(words, when));
        const std::chrono::seconds timeToLive(m_environment->created.secsTo(until));
        connect(one, &QAction::triggered, this, [this, timeToLive] { Q_EMIT extensionChosen(timeToLive); });
    }
    menu.addSeparator();
    QAction *forEver = menu.addAction(tr("For ever"));
    forEver->setEnabled(m_environment->expires.has_value());
    connect(forEver, &QAction::triggered, this, [this] { Q_EMIT extensionChosen(std::chrono::seconds(0)); });
}

void EnvironmentActions::fillExports(QMenu &menu)
{
    const auto add = [&](const QString &text, bool kustomize) {
        connect(menu.addAction(text), &QAction::triggered, this, [this, kustomize] { Q_EMIT exportChosen(kustomize); });
    };
    add(tr("As plain YAML…"), false);
    add(tr("As a Kustomize directory…"), true);
}

void EnvironmentActions::fillTemplates(QMenu &menu, const QList<environments::TemplatePtr> &templates)
{
    QString category;
    for (const environments::TemplatePtr &one : templates) {
        if (one->category != category || menu.isEmpty()) {
            category = one->category;
            addMenuSection(menu, category);
        }
        connect(menu.addAction(unmnemonic(one->title.isEmpty() ? one->name : one->title)), &QAction::triggered, this,
            [this, id = one->id] { Q_EMIT templateChosen(id); });
    }
}

void EnvironmentActions::fillParts(QMenu &menu, Id id)
{
    if (!m_environment)
        return;
    const auto add = [&](const QString &text, const QString &part) {
        connect(menu.addAction(unmnemonic(text)), &QAction::triggered, this,
            [this, id, part] { Q_EMIT partChosen(id, part); });
    };
    if (id == Id::Change)
        add(models::partTitle(*m_environment, {}), {});
    for (const Environment::Added &part : m_environment->parts)
        add(models::partTitle(*m_environment, part.name), part.name);
}

} // namespace kdra::ui
