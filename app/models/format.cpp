// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace kdra::models {

QString shortSpan(qint64 seconds)
{
    const QLocale locale;
    if (seconds < 120)
        return QCoreApplication::translate("models", "%1 s", "seconds").arg(locale.toString(qMax<qint64>(seconds, 0)));
    if (seconds < 2 * 3600)
        return QCoreApplication::translate("models", "%1 m", "minutes").arg(locale.toString(seconds / 60));
    if (seconds < 2 * 86400)
        return QCoreApplication::translate("models", "%1 h", "hours").arg(locale.toString(seconds / 3600));
    return QCoreApplication::translate("models", "%1 d", "days").arg(locale.toString(seconds / 86400));
}

QString age(quint32 time, qint64 now)
{
    return time ? shortSpan(now - qint64(time)) : QString();
}

qint64 nowSeconds()
{
    return QDateTime::currentSecsSinceEpoch();
}

QString exactTime(quint32 time)
{
    return time ? QLocale().toString(QDateTime::fromSecsSinceEpoch(time), QLocale::ShortFormat) : QString();
}

QString severityName(store::Severity severity)
{
    switch (severity) {
    case store::Severity::Healthy:
        return QCoreApplication::translate("models", "healthy");
    case store::Severity::Progressing:
        return QCoreApplication::translate("models", "progressing");
    case store::Severity::Warning:
        return QCoreApplication::translate("models", "warning");
    case store::Severity::Failing:
        return QCoreApplication::translate("models", "failing");
    case store::Severity::Unknown:
        break;
    }
    return QCoreApplication::translate("models", "unknown");
}

QString kindPlural(store::Kind kind)
{
    switch (kind) {
    case store::Kind::Node:
        return QCoreApplication::translate("models", "Nodes");
    case store::Kind::Pod:
        return QCoreApplication::translate("models", "Pods");
    case store::Kind::Namespace:
        return QCoreApplication::translate("models", "Namespaces");
    case store::Kind::Event:
        return QCoreApplication::translate("models", "Events");
    case store::Kind::Ingress:
        return QStringLiteral("Ingresses");
    case store::Kind::ApplySet:
        return QCoreApplication::translate("models", "Environments (ConfigMaps)");
    case store::Kind::SharedTemplate:
        return QCoreApplication::translate("models", "Shared templates (ConfigMaps)");
    default:
        return store::kindName(kind) + QLatin1Char('s');
    }
}

QString kindTitle(store::Kind kind)
{
    switch (kind) {
    case store::Kind::ApplySet:
        return QCoreApplication::translate("models", "Environment (ConfigMap)");
    case store::Kind::SharedTemplate:
        return QCoreApplication::translate("models", "Template (ConfigMap)");
    default:
        return store::kindName(kind);
    }
}

} // namespace kdra::models
