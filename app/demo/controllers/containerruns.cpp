// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/kubelet.h"

using namespace Qt::StringLiterals;

// The life of the containers of one pod.
namespace kdra::demo {
namespace {

constexpr int BaseBackoffSeconds = 10;
constexpr int MaxBackoffSeconds = 300;

int backoffSeconds(int failures)
{
    return std::min(BaseBackoffSeconds << std::min(failures, 10), MaxBackoffSeconds);
}

// time.Duration's way: "10s", "1m20s", "5m0s".
QString duration(int seconds)
{
    return seconds < 60 ? u"%1s"_s.arg(seconds) : u"%1m%2s"_s.arg(seconds / 60).arg(seconds % 60);
}

} // namespace

void Kubelet::begin(Run &run)
{
    publish(run);
    const int pull = 300 + context().random.below(700);
    later(run, pull, [this](Run &current) { startNext(current); });
}

// The next init container, or all the others when those are done.
void Kubelet::startNext(Run &run)
{
    for (std::size_t i = 0; i < run.containers.size(); ++i) {
        Container &container = run.containers[i];
        const bool done =
            container.report.state == ContainerReport::State::Terminated && container.report.exitCode == 0;
        if (container.init) {
            if (done)
                continue;
            startContainer(run, i);
            return;
        }
        if (container.report.state == ContainerReport::State::Waiting)
            startContainer(run, i);
    }
}

void Kubelet::startContainer(Run &run, std::size_t index)
{
    Container &container = run.containers[index];
    if (container.behaviour.kind == Behaviour::Kind::BadImage) {
        pullFailed(run, index);
        return;
    }
    const QString name = textAt(container.spec, u"name");
    ContainerReport &report = container.report;
    report.state = ContainerReport::State::Running;
    report.reason.clear();
    report.message.clear();
    report.startedAt = now();
    report.started = true;
    const bool serves = container.behaviour.kind == Behaviour::Kind::Serve;
    const int delay = readinessDelay(container.spec);
    report.ready = !container.init && delay == 0;
    record(run, u"Normal"_s, u"Pulled"_s,
        u"Container image \"%1\" already present on machine"_s.arg(textAt(container.spec, u"image")));
    record(run, u"Normal"_s, u"Created"_s, u"Created container: "_s + name);
    record(run, u"Normal"_s, u"Started"_s, u"Started container "_s + name);
    publish(run);
    if (serves && !report.ready) {
        later(run, delay, [this, index](Run &current) {
            current.containers[index].report.ready = true;
            current.containers[index].failures = 0;
            publish(current);
            settle(current.uid);
        });
    } else if (!serves) {
        const int exitCode = container.behaviour.exitCode;
        later(run, container.behaviour.milliseconds,
            [this, index, exitCode](Run &current) { containerExited(current, index, exitCode); });
    } else {
        settle(run.uid);
    }
}

void Kubelet::containerExited(Run &run, std::size_t index, int exitCode)
{
    Container &container = run.containers[index];
    ContainerReport &report = container.report;
    const QString reason = exitCode == 0 ? u"Completed"_s : exitCode == 137 ? u"OOMKilled"_s : u"Error"_s;
    const QDateTime finished = now();
    report.state = ContainerReport::State::Terminated;
    report.reason = reason;
    report.exitCode = exitCode;
    report.finishedAt = finished;
    report.started = false;
    report.ready = container.init && exitCode == 0;
    publish(run);
    const bool again = container.init
        ? exitCode != 0 && run.restartPolicy != "Never"_L1
        : run.restartPolicy == "Always"_L1 || (run.restartPolicy == "OnFailure"_L1 && exitCode != 0);
    if (!again) {
        if (container.init && exitCode == 0)
            later(run, 150, [this](Run &current) { startNext(current); });
        else
            settle(run.uid);
        return;
    }
    const QJsonObject last = terminatedState(
        containerStatus(container.spec, QString::fromLatin1(run.uid), report).value(u"containerID"_s).toString(),
        exitCode, reason, report.startedAt, finished);
    const int failures = container.failures++;
    const auto restart = [this, index](Run &current) {
        ++current.containers[index].report.restarts;
        startContainer(current, index);
    };
    if (failures == 0) { // the first time at once
        report.lastState = last;
        later(run, 600, restart);
        return;
    }
    const int wait = backoffSeconds(failures - 1);
    later(run, 800, [this, index, last, wait, restart](Run &current) {
        ContainerReport &waiting = current.containers[index].report;
        const QString name = textAt(current.containers[index].spec, u"name");
        waiting.state = ContainerReport::State::Waiting;
        waiting.lastState = last;
        waiting.reason = u"CrashLoopBackOff"_s;
        waiting.message = u"back-off %1 restarting failed container=%2 pod=%3_%4(%5)"_s.arg(duration(wait), name,
            QString::fromUtf8(current.key.name), QString::fromUtf8(current.key.ns), QString::fromLatin1(current.uid));
        publish(current);
        record(current, u"Warning"_s, u"BackOff"_s,
            u"Back-off restarting failed container %1 in pod %2_%3(%4)"_s.arg(name, QString::fromUtf8(current.key.name),
                QString::fromUtf8(current.key.ns), QString::fromLatin1(current.uid)));
        later(current, wait * 1000, restart);
    });
}

void Kubelet::pullFailed(Run &run, std::size_t index)
{
    Container &container = run.containers[index];
    const QString image = textAt(container.spec, u"image");
    const QString why =
        u"failed to pull and unpack image \"%1\": failed to resolve reference \"%1\": %1: not found"_s.arg(image);
    container.report.state = ContainerReport::State::Waiting;
    container.report.reason = u"ErrImagePull"_s;
    container.report.message = u"rpc error: code = NotFound desc = "_s + why;
    record(run, u"Normal"_s, u"Pulling"_s, u"Pulling image \"%1\""_s.arg(image));
    record(run, u"Warning"_s, u"Failed"_s,
        u"Failed to pull image \"%1\": rpc error: code = NotFound desc = %2"_s.arg(image, why));
    record(run, u"Warning"_s, u"Failed"_s, u"Error: ErrImagePull"_s);
    publish(run);
    const int wait = backoffSeconds(container.failures++);
    later(run, 1500, [this, index, image, why, wait](Run &current) {
        ContainerReport &report = current.containers[index].report;
        report.reason = u"ImagePullBackOff"_s;
        report.message =
            u"Back-off pulling image \"%1\": ErrImagePull: rpc error: code = NotFound desc = %2"_s.arg(image, why);
        publish(current);
        record(current, u"Normal"_s, u"BackOff"_s, u"Back-off pulling image \"%1\""_s.arg(image));
        record(current, u"Warning"_s, u"Failed"_s, u"Error: ImagePullBackOff"_s);
        later(current, wait * 1000, [this, index](Run &again) { startContainer(again, index); });
    });
}

} // namespace kdra::demo
