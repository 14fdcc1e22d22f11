// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QStringList>
#include <QVariantMap>

namespace kdra::ui {

void notifyDesktop(const QString &title, const QString &text)
{
    const QString service = QStringLiteral("org.freedesktop.Notifications");
    QDBusMessage message = QDBusMessage::createMethodCall(
        service, QStringLiteral("/org/freedesktop/Notifications"), service, QStringLiteral("Notify"));
    // Application, id to replace, icon, summary, body (a markup), actions, hints, the server's own time.
    message.setArguments({QStringLiteral("KDRA"), 0U, QStringLiteral("org.kdra.Kdra"), title, text.toHtmlEscaped(),
        QStringList(), QVariantMap{{QStringLiteral("desktop-entry"), QStringLiteral("org.kdra.Kdra")}}, -1});
    QDBusConnection::sessionBus().send(message);
}

} // namespace kdra::ui
