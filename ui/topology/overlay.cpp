// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/overlay.h"

#include <QCoreApplication>

#include <algorithm>

namespace kdra::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::Overlay)
};

// In which of the five parts a value lies that the four limits make; a limit belongs to the part above it.
template <class Value> quint8 stepOf(Value value, const std::array<Value, stepCount - 1> &limits)
{
    return static_cast<quint8>(std::ranges::upper_bound(limits, value) - limits.begin());
}

constexpr qint64 hour = 3600;
constexpr qint64 day = 24 * hour;

} // namespace

quint8 loadStep(double share)
{
    return stepOf(share, {0.2, 0.4, 0.6, 0.8});
}

quint8 requestStep(quint64 requested, quint64 allocatable)
{
    if (!requested)
        return 0;
    if (!allocatable)
        return noStep;
    const double share = static_cast<double>(requested) / static_cast<double>(allocatable);
    return stepOf(share, {0.0, 0.02, 0.1, 0.25});
}

quint8 restartStep(quint32 restarts)
{
    return stepOf<quint32>(restarts, {1, 6, 21, 101});
}

quint8 ageStep(quint32 created, qint64 now)
{
    if (!created)
        return noStep;
    return stepOf<qint64>(now - created, {hour, day, 7 * day, 30 * day});
}

QString shortImageName(const QString &image)
{
    QString name = image.section(u'@', 0, 0);
    const qsizetype slash = name.indexOf(u'/');
    // A first part with a dot or a port is a registry (OCI distribution spec, as Docker reads references).
    if (const QString host = name.first(std::max<qsizetype>(slash, 0));
        host.contains(u'.') || host.contains(u':') || host == QLatin1StringView("localhost"))
        name = name.sliced(slash + 1);
    return name;
}

QString overlayName(Overlay overlay)
{
    switch (overlay) {
    case Overlay::Status:
        break;
    case Overlay::Cpu:
        return Words::tr("CPU requested / allocatable");
    case Overlay::Memory:
        return Words::tr("Memory requested / allocatable");
    case Overlay::PodCount:
        return Words::tr("Pod count / capacity");
    case Overlay::Restarts:
        return Words::tr("Restarts");
    case Overlay::Age:
        return Words::tr("Age");
    case Overlay::Image:
        return Words::tr("Image");
    }
    return Words::tr("Status");
}

QString overlayMeaning(Overlay overlay)
{
    switch (overlay) {
    case Overlay::Status:
        break;
    case Overlay::Cpu:
        return Words::tr("CPU that a pod requests, of what its node has");
    case Overlay::Memory:
        return Words::tr("Memory that a pod requests, of what its node has");
    case Overlay::PodCount:
        return Words::tr("Pods on the node, of those it has room for");
    case Overlay::Restarts:
        return Words::tr("Restarts of a pod's containers");
    case Overlay::Age:
        return Words::tr("Time since a pod was created");
    case Overlay::Image:
        return Words::tr("Image of a pod's first container: the four that most pods run");
    }
    return {};
}

QStringList stepNames(Overlay overlay)
{
    switch (overlay) {
    case Overlay::Status:
        break;
    case Overlay::Cpu:
    case Overlay::Memory:
        return {Words::tr("none"), Words::tr("< 2 %"), Words::tr("2–10 %"), Words::tr("10–25 %"), Words::tr("≥ 25 %")};
    case Overlay::PodCount:
        return {
            Words::tr("0–20 %"), Words::tr("20–40 %"), Words::tr("40–60 %"), Words::tr("60–80 %"), Words::tr("≥ 80 %")};
    case Overlay::Restarts:
        return {Words::tr("no restarts"), Words::tr("1–5 restarts"), Words::tr("6–20"), Words::tr("21–100"),
            Words::tr("> 100")};
    case Overlay::Age:
        return {Words::tr("< 1 h"), Words::tr("1–24 h"), Words::tr("1–7 days"), Words::tr("7–30 days"),
            Words::tr("≥ 30 days")};
    case Overlay::Image:
        return {{}, {}, {}, {}, Words::tr("other images")};
    }
    return {Words::tr("healthy"), Words::tr("progressing"), Words::tr("warning"), Words::tr("failing"),
        Words::tr("unknown or stale")};
}

} // namespace kdra::ui
