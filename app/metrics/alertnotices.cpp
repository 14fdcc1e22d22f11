// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/alertnotices.h"

#include <QCoreApplication>

namespace kdra::metrics {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::AlertNotices)
};

// As much as a notification shows without being unfolded.
constexpr qsizetype mostLines = 4;
constexpr qsizetype longestLine = 160; // summaries come from the cluster

QString lineOf(const Alert &alert)
{
    QString line = alert.name == alert.summary ? alert.name : alert.name + QStringLiteral(": ") + alert.summary;
    line = line.simplified();
    return line.size() > longestLine ? line.first(longestLine - 1) + u'…' : line;
}

} // namespace

bool NoticeRules::isQuietAt(QTime time) const
{
    if (!isQuiet)
        return false;
    if (quietFrom < quietTo)
        return time >= quietFrom && time < quietTo;
    return time >= quietFrom || time < quietTo;
}

bool NoticeRules::tells(Alert::Severity severity, QTime time) const
{
    const bool isCritical = severity == Alert::Severity::Critical;
    switch (threshold) {
    case Threshold::Nothing:
        return false;
    case Threshold::Critical:
        if (!isCritical)
            return false;
        break;
    case Threshold::Warning:
        if (!isCritical && severity != Alert::Severity::Warning)
            return false;
        break;
    }
    return !isQuietAt(time) || (isCritical && criticalBreaksThrough);
}

QList<Alert> AlertNotices::take(const QList<Alert> &alerts)
{
    QSet<QString> firing;
    QList<Alert> news;
    for (const Alert &alert : alerts) {
        if (alert.state != Alert::State::Firing || isWatchdog(alert))
            continue;
        firing.insert(alert.id);
        if (m_firing && !m_firing->contains(alert.id))
            news += alert;
    }
    m_firing = std::move(firing);
    return news;
}

std::optional<AlertNotice> noticeOf(
    const QList<Alert> &news, const NoticeRules &rules, QTime time, const QString &cluster)
{
    QList<Alert> told;
    std::ranges::copy_if(
        news, std::back_inserter(told), [&](const Alert &alert) { return rules.tells(alert.severity, time); });
    if (told.isEmpty())
        return {};
    AlertNotice notice{
        .title = Text::tr("%n alert(s) began to fire in %1", nullptr, static_cast<int>(told.size())).arg(cluster)};
    QStringList lines;
    for (const Alert &alert : told.first(std::min(mostLines, told.size())))
        lines += lineOf(alert);
    if (told.size() > mostLines)
        lines += Text::tr("and %n more", nullptr, static_cast<int>(told.size() - mostLines));
    notice.text = lines.join(u'\n');
    return notice;
}

} // namespace kdra::metrics
