// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <array>

// What the canvas colours cells by, besides how pods fare: a scale of five steps, the same for all overlays so that one
// byte a cell says its colour.
namespace kdra::ui {

enum class Overlay : quint8 { Status, Cpu, Memory, PodCount, Restarts, Age, Image };
inline constexpr int overlayCount = 7;

// In Status a step is a store::Severity; in Image one of the most used images, the last step is all others.
inline constexpr quint8 stepCount = 5;
inline constexpr quint8 emptyCell = 0xff; // no pod
inline constexpr quint8 noStep = 0xfe; // a pod whose value has no meaning: a share of a node that is not known
using StepCounts = std::array<quint32, stepCount>;

// A set of steps, one bit each.
using Steps = quint8;
inline constexpr Steps allSteps = (1 << stepCount) - 1;

// A node's load: five equal parts; 1 and above is the last one.
quint8 loadStep(double share);
// What one pod asks of a node: nothing, below 2 %, 10 %, 25 %, more.
quint8 requestStep(quint64 requested, quint64 allocatable);
quint8 restartStep(quint32 restarts);
// Below an hour, a day, a week, 30 days, more; seconds since the epoch.
quint8 ageStep(quint32 created, qint64 now);
// An image as short as it can be told: "library/nginx:1.27" of "docker.io/library/nginx:1.27@sha256:…".
QString shortImageName(const QString &image);

// Whether nodes have a load of their own in it: a share from 0 to 1.
constexpr bool hasLoad(Overlay overlay)
{
    return overlay == Overlay::Cpu || overlay == Overlay::Memory || overlay == Overlay::PodCount;
}

// "CPU requested / allocatable"
QString overlayName(Overlay overlay);
// What a cell's colour says: "Requested by the pod, of its node's CPU". Empty for Status.
QString overlayMeaning(Overlay overlay);
// By step: "< 2 %". Those of Image are known by the scene.
QStringList stepNames(Overlay overlay);

} // namespace kdra::ui
