// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/describe.h"

#include "base/quantity.h"
#include "models/format.h"
#include "ui/topology/tilepainter.h"

#include <QCoreApplication>

namespace kdra::ui {

using store::NodeRecord;
using store::Severity;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::Describe)
};

QString machine(const NodeTile &tile)
{
    if (tile.isTray() || tile.isBarePods())
        return {};
    if (tile.isWorkload())
        return tile.ownerKind;
    QString text = tile.pi.isPi() ? edge::modelName(tile.pi.model) : Words::tr("server");
    if (tile.kind == TileKind::ControlPlane)
        text += QStringLiteral(", ") + Words::tr("control plane");
    return text;
}

QString readiness(const NodeTile &tile)
{
    if (!tile.isKnown())
        return Words::tr("not listed, known by its pods only");
    if (tile.isBarePods())
        return {};
    if (tile.isWorkload())
        return Words::tr("%1 of %2 ready").arg(tile.readyPods).arg(tile.desired);
    switch (tile.ready) {
    case NodeRecord::Ready::True:
        return Words::tr("Ready");
    case NodeRecord::Ready::False:
        return Words::tr("NotReady");
    case NodeRecord::Ready::Unknown:
        break;
    }
    return Words::tr("silent");
}

QString health(const NodeTile &tile)
{
    const auto count = [&](Severity severity) { return static_cast<int>(tile.bySeverity[size_t(severity)]); };
    QStringList parts;
    if (const int n = count(Severity::Failing))
        parts += Words::tr("%n failing", nullptr, n);
    if (const int n = count(Severity::Warning))
        parts += Words::tr("%n with a warning", nullptr, n);
    if (const int n = count(Severity::Progressing))
        parts += Words::tr("%n progressing", nullptr, n);
    if (const int n = count(Severity::Unknown))
        parts += Words::tr("%n unknown", nullptr, n);
    if (parts.isEmpty() && tile.cells.count())
        parts += Words::tr("all healthy");
    return parts.join(QStringLiteral(", "));
}

// What fires on it, a line each.
QStringList alertLines(const Scene &scene, const store::Uid &uid)
{
    QStringList lines = scene.alerts().objects.value(uid).lines;
    for (QString &line : lines)
        line = Words::tr("Alert: %1").arg(line);
    return lines;
}

QString podCount(const NodeTile &tile)
{
    const int n = tile.cells.count();
    return Words::tr("%n pods", nullptr, n);
}

} // namespace

QString nodeSentence(const Scene &scene, int index)
{
    const NodeTile &tile = scene.tile(index);
    QStringList parts;
    if (tile.isTray()) {
        parts += Words::tr("Pending, not yet on a node");
    } else {
        parts += {tile.isWorkload() ? tile.ns + u'/' + tile.name : tile.name, machine(tile), readiness(tile)};
        for (const Badge &badge : badgesOf(tile)) {
            // Readiness, failing pods and alerts are said in words of their own.
            if (badge.isAlert)
                continue;
            if (badge.severity == Severity::Warning || badge.severity == Severity::Healthy || tile.lateSeconds)
                parts += badge.text;
            if (tile.lateSeconds && badge.severity == Severity::Unknown)
                break;
        }
    }
    parts += podCount(tile);
    if (tile.alerts)
        parts += Words::tr("%n alert(s)", nullptr, tile.alerts);
    parts.removeAll(QString());
    if (const QString text = health(tile); !text.isEmpty())
        parts += text;
    return parts.join(QStringLiteral(", "));
}

QString groupSentence(const Scene &scene, int index)
{
    const TileGroup &group = scene.group(index);
    QStringList parts{group.name, Words::tr("group")};
    if (group.workloads)
        parts += Words::tr("%n workloads", nullptr, group.workloads);
    else if (!group.isTray)
        parts += Words::tr("%n nodes", nullptr, group.nodes);
    parts += Words::tr("%n pods", nullptr, static_cast<int>(group.pods));
    if (group.silent)
        parts += Words::tr("%n silent", nullptr, group.silent);
    if (group.notReady)
        parts += Words::tr("%n not ready", nullptr, group.notReady);
    if (group.failingPods)
        parts += Words::tr("%n failing", nullptr, static_cast<int>(group.failingPods));
    return parts.join(QStringLiteral(", "));
}

QString podSentence(const Scene &scene, PodPlace place)
{
    const auto pod = scene.podAt(place);
    if (!pod)
        return {};
    const store::Snapshot &snapshot = *scene.snapshot();
    QStringList parts{store::toQString(pod.name()), Words::tr("pod in %1").arg(snapshot.string(pod->meta.ns)),
        snapshot.string(pod->status), models::severityName(pod->meta.severity),
        Words::tr("%1 of %2 containers ready").arg(pod->readyContainers).arg(pod->containers)};
    if (pod->restarts)
        parts += Words::tr("%n restarts", nullptr, static_cast<int>(pod->restarts));
    if (const NodeTile &tile = scene.tile(place.tile); !tile.isTray())
        parts += Words::tr("on %1").arg(tile.name);
    return parts.join(QStringLiteral(", "));
}

QString nodeDetails(const Scene &scene, int index)
{
    const NodeTile &tile = scene.tile(index);
    QStringList lines;
    if (tile.isKnown() && !tile.isWorkload()) {
        lines += Words::tr("CPU requested: %1 of %2 cores")
                     .arg(formatCores(static_cast<qint64>(tile.cpuMilliRequested)),
                         formatCores(static_cast<qint64>(tile.cpuMilliAllocatable)));
        lines += Words::tr("Memory requested: %1 of %2")
                     .arg(formatBytes(static_cast<qint64>(tile.memoryRequested)),
                         formatBytes(static_cast<qint64>(tile.memoryAllocatable)));
        if (const auto node = scene.nodeAt(index);
            node && node->readyMessage.size && tile.ready != NodeRecord::Ready::True)
            lines += store::toQString(node.text(node->readyMessage));
    }
    return (lines + alertLines(scene, tile.uid)).join(u'\n');
}

QString podDetails(const Scene &scene, PodPlace place)
{
    const auto pod = scene.podAt(place);
    if (!pod)
        return {};
    QStringList lines;
    if (pod->message.size)
        lines += store::toQString(pod.text(pod->message)).simplified();
    if (pod->cpuMilliRequested)
        lines += Words::tr("CPU requested: %1 cores").arg(formatCores(pod->cpuMilliRequested));
    if (pod->memoryRequested)
        lines += Words::tr("Memory requested: %1").arg(formatBytes(static_cast<qint64>(pod->memoryRequested)));
    if (const QString image = scene.snapshot()->string(pod->image); !image.isEmpty())
        lines += Words::tr("Image: %1").arg(image);
    return (lines + alertLines(scene, pod->meta.uid)).join(u'\n');
}

QString nodeToolTip(const Scene &scene, int index)
{
    const QString details = nodeDetails(scene, index);
    return details.isEmpty() ? nodeSentence(scene, index) : nodeSentence(scene, index) + u'\n' + details;
}

QString podToolTip(const Scene &scene, PodPlace place)
{
    const auto pod = scene.podAt(place);
    if (!pod)
        return {};
    const store::Snapshot &snapshot = *scene.snapshot();
    QStringList lines{snapshot.string(pod->meta.ns) + u'/' + store::toQString(pod.name())};
    lines += Words::tr("%1, %2 of %3 containers ready, %4 restarts")
                 .arg(snapshot.string(pod->status))
                 .arg(pod->readyContainers)
                 .arg(pod->containers)
                 .arg(pod->restarts);
    if (pod->message.size)
        lines += store::toQString(pod.text(pod->message));
    return (lines + alertLines(scene, pod->meta.uid)).join(u'\n');
}

} // namespace kdra::ui
