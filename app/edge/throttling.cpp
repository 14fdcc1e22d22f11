// SPDX-License-Identifier: GPL-3.0-or-later
#include "edge/throttling.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace kdra::edge {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::edge::Throttling)
};
} // namespace

std::optional<Throttling> throttlingIn(QStringView message)
{
    static const QRegularExpression quoted(
        QStringLiteral("throttled\\s*[=:]\\s*0x([0-9a-f]{1,8})\\b"), QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = quoted.matchView(message);
    if (!match.hasMatch())
        return {};
    return Throttling{match.capturedView(1).toUInt(nullptr, 16)};
}

QString throttleName(Throttle one)
{
    switch (one) {
    case Throttle::UnderVoltage:
        return Words::tr("Under-voltage");
    case Throttle::FrequencyCapped:
        return Words::tr("Clock capped");
    case Throttle::Throttled:
        return Words::tr("Throttled");
    case Throttle::SoftTemperatureLimit:
        return Words::tr("Too warm (soft limit)");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace kdra::edge
