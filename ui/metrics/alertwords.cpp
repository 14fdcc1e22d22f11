// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/alertwords.h"

#include "models/format.h"

#include <QCoreApplication>

namespace kdra::ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::AlertWords)
};

using metrics::Alert;

} // namespace

QString stateWord(Alert::State state)
{
    switch (state) {
    case Alert::State::Firing:
        return Text::tr("Firing");
    case Alert::State::Pending:
        return Text::tr("Pending");
    case Alert::State::Silenced:
        return Text::tr("Silenced");
    case Alert::State::Inhibited:
        return Text::tr("Inhibited");
    }
    return {};
}

QString severityWord(Alert::Severity severity)
{
    switch (severity) {
    case Alert::Severity::Critical:
        return Text::tr("Critical");
    case Alert::Severity::Warning:
        return Text::tr("Warning");
    case Alert::Severity::Info:
        return Text::tr("Info");
    case Alert::Severity::None:
        return Text::tr("No severity");
    }
    return {};
}

store::Severity glyphOf(const Alert &alert)
{
    if (alert.state == Alert::State::Pending)
        return store::Severity::Progressing;
    if (alert.state != Alert::State::Firing)
        return store::Severity::Unknown;
    switch (alert.severity) {
    case Alert::Severity::Critical:
        return store::Severity::Failing;
    case Alert::Severity::Warning:
        return store::Severity::Warning;
    default:
        return store::Severity::Progressing;
    }
}

QString whereWords(const metrics::AlertPlace &place)
{
    const QString object = !place.pod.isEmpty() ? place.pod : place.workload;
    QString inside = !object.isEmpty() && !place.ns.isEmpty() ? place.ns + u'/' + object
        : !object.isEmpty()                                   ? object
                                                              : place.ns;
    if (inside.isEmpty())
        inside = place.environment;
    if (!inside.isEmpty() && !place.node.isEmpty())
        return Text::tr("%1 on %2", "a pod, a node").arg(inside, place.node);
    if (!inside.isEmpty())
        return inside;
    return place.node.isEmpty() ? place.instance : place.node;
}

bool isSomewhere(const metrics::AlertPlace &place)
{
    return !place.node.isEmpty() || !place.ns.isEmpty() || !place.environment.isEmpty();
}

QString sinceWords(qint64 ms, qint64 now)
{
    return ms ? models::shortSpan((now - ms) / 1000) : QString();
}

QString exactWords(qint64 ms)
{
    return models::exactTime(static_cast<quint32>(std::max<qint64>(ms, 0) / 1000));
}

} // namespace kdra::ui
