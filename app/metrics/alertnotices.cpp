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

QString linesOf(const QList<Alert> &alerts)
{
    QStringList lines;
    for (const Alert &alert : alerts.first(std::min(mostLines, alerts.size())))
        lines += lineOf(alert);
    if (alerts.size() > mostLines)
        lines += Text::tr("and %n more", nullptr, static_cast<int>(alerts.size() - mostLines));
    return lines.join(u'\n');
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

bool NoticeRules::tellsOf(Alert::Severity severity) const
{
    switch (threshold) {
    case Threshold::Nothing:
        return false;
    case Threshold::Critical:
        return severity == Alert::Severity::Critical;
    case Threshold::Warning:
        return severity == Alert::Severity::Critical || severity == Alert::Severity::Warning;
    }
    return false;
}

bool NoticeRules::tells(Alert::Severity severity, QTime time) const
{
    const bool breaksThrough = severity == Alert::Severity::Critical && criticalBreaksThrough;
    return tellsOf(severity) && (breaksThrough || !isQuietAt(time));
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

void HeldNotices::hold(const QList<Alert> &news, const NoticeRules &rules, QTime time)
{
    for (const Alert &alert : news) {
        if (rules.tellsOf(alert.severity) && !rules.tells(alert.severity, time))
            m_ids.insert(alert.id);
    }
}

QList<Alert> HeldNotices::release(const QList<Alert> &alerts, const NoticeRules &rules, QTime time)
{
    QList<Alert> released;
    if (m_ids.isEmpty() || rules.isQuietAt(time))
        return released;
    std::ranges::copy_if(alerts, std::back_inserter(released), [&](const Alert &alert) {
        return alert.state == Alert::State::Firing && m_ids.contains(alert.id) && rules.tellsOf(alert.severity);
    });
    m_ids.clear();
    return released;
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
    notice.text = linesOf(told);
    return notice;
}

std::optional<AlertNotice> noticeAfterQuiet(const QList<Alert> &released, const QString &cluster)
{
    if (released.isEmpty())
        return {};
    const auto count = static_cast<int>(released.size());
    return AlertNotice{
        .title = Text::tr("%n alert(s) that began in the quiet hours still fire in %1", nullptr, count).arg(cluster),
        .text = linesOf(released)};
}

} // namespace kdra::metrics
