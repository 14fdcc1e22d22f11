// SPDX-License-Identifier: GPL-3.0-or-later
#include "relations/evidence.h"

#include <QCoreApplication>

namespace kdra::relations {
namespace {

using store::Kind;
using store::PodRecord;
using store::Severity;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::relations::Pod)
};

// The detail of one pod: what the kubelet or the scheduler says.
class PodDetail {
public:
    PodDetail(const store::Snapshot &snapshot, const PodRef &pod)
        : m_snapshot(snapshot)
        , m_pod(pod)
        , m_item{Kind::Pod, pod->meta.uid}
        , m_warnings(warningsAbout(snapshot, pod->meta.uid))
        , m_message(shortened(pod.text(pod->message)))
        , m_status(snapshot.view(pod->status))
    {
        constexpr std::string_view init = "Init:";
        if (m_status.starts_with(init))
            m_status.remove_prefix(init.size());
    }

    // Null text when nothing more specific than the pod's state is known.
    Cause cause() const
    {
        if (isOneOf({"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError"}))
            return imagePull();
        const bool ends = isOneOf({"CrashLoopBackOff", "Error", "OOMKilled"});
        if (ends && (m_status == "OOMKilled" || m_snapshot.view(m_pod->lastReason) == "OOMKilled"))
            return {m_item,
                Text::tr("Container %1 needed more memory than its limit, and was stopped (OOMKilled).")
                    .arg(container()),
                Severity::Failing};
        if (ends && m_pod->lastExitCode != 0)
            return {m_item, exit(), Severity::Failing};
        if (m_pod->restarts > 0 && isOneOf({"CrashLoopBackOff", "Error"}))
            return crashes();
        if (m_pod->phase == PodRecord::Phase::Pending && m_pod->node == StringId::Empty)
            return unscheduled();
        if (m_pod->phase == PodRecord::Phase::Running && !m_pod->ready) {
            if (const EventRef probe = withReason(m_snapshot, m_warnings, {"Unhealthy"}))
                return from(probe, Text::tr("A probe fails: %1."));
        }
        if (!m_message.isEmpty())
            return {m_item, Text::tr("The cluster says: %1.").arg(m_message), m_pod->meta.severity};
        return m_warnings.empty() ? Cause() : from(m_warnings.front(), Text::tr("The cluster says: %1."));
    }

private:
    bool isOneOf(std::initializer_list<const char *> statuses) const
    {
        return std::ranges::any_of(statuses, [this](const char *status) { return m_status == status; });
    }

    Cause from(const EventRef &event, const QString &sentence) const
    {
        return {{Kind::Event, event->meta.uid}, sentence.arg(shortened(event.text(event->message))),
            m_pod->meta.severity == Severity::Failing ? Severity::Failing : Severity::Warning};
    }

    Cause imagePull() const
    {
        const QString sentence = Text::tr("The image %1 cannot be pulled: %2.");
        const QString image = m_snapshot.string(m_pod->image);
        for (const EventRef &event : m_warnings) {
            // "Error: ErrImagePull" repeats the state; the other events of that reason tell why.
            const std::string_view message = event.text(event->message);
            if (m_snapshot.view(event->reason) == "Failed" && !message.starts_with("Error: "))
                return {{Kind::Event, event->meta.uid}, sentence.arg(image, shortened(message)), Severity::Failing};
        }
        return {m_item,
            m_message.isEmpty() ? Text::tr("The image %1 cannot be pulled.").arg(image)
                                : sentence.arg(image, m_message),
            Severity::Failing};
    }

    QString container() const { return m_snapshot.string(m_pod->container); }

    // What the exit code of the last end says: of a shell (126, 127), or 128 and the number of a signal.
    QString exit() const
    {
        switch (m_pod->lastExitCode) {
        case 126:
        case 127:
            return Text::tr("Container %1 ended with exit code %2: its command cannot be run.")
                .arg(container())
                .arg(m_pod->lastExitCode);
        case 137:
            return Text::tr("Container %1 was killed (exit code 137, SIGKILL).").arg(container());
        case 139:
            return Text::tr("Container %1 crashed (exit code 139, SIGSEGV).").arg(container());
        case 143:
            return Text::tr("Container %1 was asked to end (exit code 143, SIGTERM).").arg(container());
        default:
            return Text::tr("Container %1 ended with exit code %2; its log may say why.")
                .arg(container())
                .arg(m_pod->lastExitCode);
        }
    }

    Cause crashes() const
    {
        const auto restarts = static_cast<int>(m_pod->restarts);
        if (m_message.isEmpty())
            return {m_item, Text::tr("A container stops soon after it starts (%n restart(s)).", nullptr, restarts),
                Severity::Failing};
        return {m_item,
            Text::tr("A container stops soon after it starts (%n restart(s)): %1.", nullptr, restarts).arg(m_message),
            Severity::Failing};
    }

    Cause unscheduled() const
    {
        if (!m_message.isEmpty())
            return {m_item, Text::tr("No node takes it: %1.").arg(m_message), Severity::Warning};
        const EventRef event = withReason(m_snapshot, m_warnings, {"FailedScheduling"});
        return event ? from(event, Text::tr("No node takes it: %1.")) : Cause();
    }

    const store::Snapshot &m_snapshot;
    const PodRef m_pod;
    const store::Item m_item;
    const std::vector<EventRef> m_warnings;
    const QString m_message;
    std::string_view m_status;
};

// How bad a pod is: 0 when it is well or on its way.
int badness(const PodRef &pod)
{
    if (pod->meta.deleted)
        return 0;
    switch (pod->meta.severity) {
    case Severity::Failing:
        return 3;
    case Severity::Warning:
        return 2;
    case Severity::Unknown:
        return 1;
    case Severity::Healthy:
    case Severity::Progressing:
        break;
    }
    return 0;
}

QString stateOf(const store::Snapshot &snapshot, const PodRef &pod)
{
    const QString name = store::toQString(pod.name());
    if (pod->phase == PodRecord::Phase::Pending && pod->node == StringId::Empty)
        return Text::tr("Pod %1 waits for a node.").arg(name);
    const QString status = snapshot.string(pod->status);
    if (status == QLatin1StringView("Running"))
        return Text::tr("Pod %1 runs, but is not ready.").arg(name);
    return Text::tr("Pod %1: %2.").arg(name, status);
}

} // namespace

QList<Cause> podCauses(const store::Snapshot &snapshot, const PodRef &pod, qint64 now)
{
    const store::Item item{Kind::Pod, pod->meta.uid};
    if (pod->phase != PodRecord::Phase::Succeeded && pod->node != StringId::Empty) {
        if (const NodeRef node = nodeNamed(snapshot, snapshot.view(pod->node)); node && isSilent(snapshot, node, now)) {
            QList<Cause> causes = nodeCauses(snapshot, node, now);
            causes.append(
                {item, Text::tr("Nobody knows how pod %1 fares on the silent node.").arg(store::toQString(pod.name())),
                    Severity::Unknown});
            return causes;
        }
    }
    if (badness(pod) == 0)
        return {};
    QList<Cause> causes;
    // A board that browns out ends what runs on it.
    const NodeRef node = pod->restarts ? nodeNamed(snapshot, snapshot.view(pod->node)) : NodeRef();
    if (node && node->problem != StringId::Empty)
        causes = nodeCauses(snapshot, node, now);
    if (Cause detail = PodDetail(snapshot, pod).cause(); !detail.text.isEmpty())
        causes.append(std::move(detail));
    causes.append({item, stateOf(snapshot, pod), pod->meta.severity});
    return causes;
}

QList<Cause> worstOf(const store::Snapshot &snapshot, const std::vector<PodRef> &pods, qint64 now)
{
    PodRef worst;
    for (const PodRef &pod : pods) {
        if (badness(pod) > (worst ? badness(worst) : 0))
            worst = pod;
    }
    if (worst)
        return podCauses(snapshot, worst, now);
    // All look well: unless their node has gone silent and nobody has told them so yet.
    QSet<quint32> asked;
    for (const PodRef &pod : pods) {
        if (asked.contains(static_cast<quint32>(pod->node)))
            continue;
        asked.insert(static_cast<quint32>(pod->node));
        if (QList<Cause> causes = podCauses(snapshot, pod, now); !causes.isEmpty())
            return causes;
    }
    return {};
}

} // namespace kdra::relations
