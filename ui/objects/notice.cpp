// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/notice.h"

#include "models/format.h"
#include "models/freshnessmodel.h"

#include <QCoreApplication>

namespace kdra::ui {

namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(Notice)

public:
    static QString denied(const QString &kinds)
    {
        return tr(
            "You are not allowed to see %1 (403). Ask whoever runs the cluster for the right to list and watch them.")
            .arg(kinds);
    }
    static QString notServed(const QString &kinds) { return tr("This server does not offer %1.").arg(kinds); }
    static QString failed(const QString &kinds, const QString &why)
    {
        return tr("%1 could not be loaded: %2 It is being tried again.").arg(kinds, why);
    }
    static QString stale(const QString &kinds, const QString &age)
    {
        return tr("%1 are as they were %2 ago: the connection is being repaired.").arg(kinds, age);
    }
    static QString loading(const QString &kinds) { return tr("Loading %1…").arg(kinds); }
};

} // namespace

Notice noticeOf(const store::Snapshot &snapshot, std::span<const store::Kind> kinds)
{
    QStringList denied, notServed, failed, stale, loading;
    QString why;
    qint64 silent = 0;
    for (const store::Kind kind : kinds) {
        const store::KindState &state = snapshot.state(kind);
        const QString name = models::kindPlural(kind);
        switch (state.phase) {
        case store::KindPhase::Forbidden:
            denied.append(name);
            break;
        case store::KindPhase::NotServed:
            notServed.append(name);
            break;
        case store::KindPhase::Failed:
            failed.append(name);
            why = state.error ? state.error->what : QString();
            break;
        case store::KindPhase::Stale:
            stale.append(name);
            silent = qMax<qint64>(silent,
                std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - state.lastHeard)
                    .count());
            break;
        case store::KindPhase::Waiting:
        case store::KindPhase::Listing:
            loading.append(name);
            break;
        case store::KindPhase::Live:
            break;
        }
    }
    const QString comma = QStringLiteral(", ");
    if (!stale.isEmpty())
        return {store::Severity::Warning, Text::stale(stale.join(comma), models::shortSpan(silent)), true};
    if (!failed.isEmpty())
        return {store::Severity::Failing, Text::failed(failed.join(comma), why), false};
    if (!denied.isEmpty())
        return {store::Severity::Unknown, Text::denied(denied.join(comma)), false};
    if (!notServed.isEmpty())
        return {store::Severity::Unknown, Text::notServed(notServed.join(comma)), false};
    if (!loading.isEmpty())
        return {store::Severity::Progressing, Text::loading(loading.join(comma)), false};
    return {};
}

} // namespace kdra::ui
