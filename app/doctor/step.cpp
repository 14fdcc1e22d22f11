// SPDX-License-Identifier: GPL-3.0-or-later
#include "doctor/step.h"

#include <QCoreApplication>
#include <QLocale>

namespace kdra::doctor {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::doctor::Step)
};

} // namespace

QString title(StepId id)
{
    switch (id) {
    case StepId::Name:
        return Text::tr("Name (DNS)");
    case StepId::Tcp:
        return Text::tr("Connection (TCP)");
    case StepId::Proxy:
        return Text::tr("Proxy");
    case StepId::Tls:
        return Text::tr("Encryption (TLS)");
    case StepId::Server:
        return Text::tr("API server and clock");
    case StepId::Credentials:
        return Text::tr("Credentials");
    case StepId::Authentication:
        return Text::tr("Authentication");
    case StepId::Permissions:
        return Text::tr("Permissions");
    case StepId::Upgrade:
        return Text::tr("Events over WebSocket");
    case StepId::WatchList:
        return Text::tr("Streaming lists (WatchList)");
    }
    return {};
}

QString stateName(Step::State state)
{
    switch (state) {
    case Step::State::Waiting:
        return Text::tr("waiting");
    case Step::State::Running:
        return Text::tr("running");
    case Step::State::Passed:
        return Text::tr("passed");
    case Step::State::Warning:
        return Text::tr("warning");
    case Step::State::Failed:
        return Text::tr("failed");
    case Step::State::Skipped:
        return Text::tr("skipped");
    }
    return {};
}

QString durationText(std::chrono::milliseconds duration)
{
    const QLocale locale;
    if (duration < std::chrono::milliseconds(1))
        return Text::tr("< 1 ms");
    if (duration < std::chrono::seconds(1))
        return Text::tr("%1 ms").arg(locale.toString(duration.count()));
    return Text::tr("%1 s").arg(locale.toString(static_cast<double>(duration.count()) / 1000, 'f', 1));
}

} // namespace kdra::doctor
