// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/notice.h"

#include "models/format.h"
#include "models/freshnessmodel.h"

#include <QCoreApplication>

#include <algorithm>

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

QList<Notice> noticesOf(const store::Snapshot &snapshot, std::span<const store::Kind> kinds)
{
    QStringList denied, notServed, stale, loading;
    QList<std::pair<QString, QStringList>> failed; // by why, in the order of the kinds
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
        case store::KindPhase::Failed: {
            const QString why = state.error ? state.error->what : QString();
            const auto same = std::ranges::find(failed, why, &std::pair<QString, QStringList>::first);
            if (same == failed.end())
                failed.append({why, {name}});
            else
                same->second.append(name);
            break;
        }
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
    QList<Notice> notices;
    if (!stale.isEmpty())
        notices.append({store::Severity::Warning, Text::stale(stale.join(comma), models::shortSpan(silent)), true});
    for (const auto &[why, names] : std::as_const(failed))
        notices.append({store::Severity::Failing, Text::failed(names.join(comma), why), false});
    if (!denied.isEmpty())
        notices.append({store::Severity::Unknown, Text::denied(denied.join(comma)), false});
    if (!notServed.isEmpty())
        notices.append({store::Severity::Unknown, Text::notServed(notServed.join(comma)), false});
    if (!loading.isEmpty())
        notices.append({store::Severity::Progressing, Text::loading(loading.join(comma)), false});
    return notices;
}

Notice noticeOf(const store::Snapshot &snapshot, std::span<const store::Kind> kinds)
{
    return noticesOf(snapshot, kinds).value(0);
}

} // namespace kdra::ui
