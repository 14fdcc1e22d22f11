// SPDX-License-Identifier: GPL-3.0-or-later
#include "doctor/patience.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

namespace kdra::doctor {

bool Patience::until(std::chrono::milliseconds deadline, const std::function<bool()> &isSo) const
{
    auto *dispatcher = QAbstractEventDispatcher::instance();
    const std::stop_callback wake(m_stop, [dispatcher] { dispatcher->wakeUp(); });
    const QDeadlineTimer end(deadline);
    QTimer alarm;
    alarm.setTimerType(Qt::PreciseTimer);
    alarm.start(std::min<std::chrono::milliseconds>(deadline, std::chrono::milliseconds(200)));
    while (!isSo()) {
        if (isStopped() || end.hasExpired())
            return false;
        dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

Error Patience::timeout(std::chrono::milliseconds deadline, const QString &where)
{
    return Error{.kind = Error::Kind::Timeout,
        .what = QCoreApplication::translate("kdra::doctor::Patience", "There was no answer within %n second(s).",
            nullptr, static_cast<int>(std::chrono::ceil<std::chrono::seconds>(deadline).count())),
        .where = where,
        .remedy = QCoreApplication::translate("kdra::doctor::Patience",
            "Check your network, whether a VPN is needed, and whether a firewall drops the packets.")};
}

} // namespace kdra::doctor
