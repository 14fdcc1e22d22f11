// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/promrules.h"

#include "demo/promql.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr double EvaluationSeconds = 2;
// How far, and how exactly, it is looked for when a condition began.
constexpr double LookBackSeconds = 900;
constexpr double LookBackStep = 15;

constexpr PromRule Rules[] = {
    {"Watchdog", "vector(1)", 0, 0, "none", "This alert always fires.",
        "It shows that the way from Prometheus to whoever is told works.", true},
    {"KubeNodeNotReady", R"(kube_node_status_condition{condition="Ready",status="true"} == 0)", 5, 0, "critical",
        "$node is not ready.", "The kubelet of $node does not say that the node is ready: its pods are lost soon.",
        false},
    {"TargetDown", "up == 0", 0, 0, "warning", "The node exporter of $node does not answer.",
        "Prometheus cannot scrape $instance.", true},
    {"PiUnderVoltage", R"(node_hwmon_in_lcrit_alarm_volts{chip=~".*raspberrypi_hwmon"} > 0)", 0, 0, "critical",
        "The supply voltage of $node is too low.",
        "Below 4.63 V the firmware throttles, and the SD card may be damaged. Look at the power supply and its cable.",
        true},
    {"PiThrottled", R"(rpi_throttled{flag="throttled"} > 0)", 0, 0, "warning", "$node is throttled.",
        "The firmware of $node has slowed its processor down.", true},
    {"PiTooHot", R"(node_thermal_zone_temp{type="cpu-thermal"} > 75)", 0, 0, "warning", "$node is close to throttling.",
        "Its processor is hotter than 75 °C; it throttles from 80 °C.", true},
    {"PiHadUnderVoltage", R"(rpi_throttled_since_start{flag="under_voltage"} > 0)", 0, 0, "info",
        "$node had too low a supply voltage since it was started.",
        "The firmware remembers it until the next start. It may happen again.", true},
    {"KubePodCrashLooping", R"(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"} > 0)", 0, 40,
        "warning", "$namespace/$pod is crash looping.", "The container $container ends soon after each start.", false},
    {"KubePodImagePull", R"(kube_pod_container_status_waiting_reason{reason=~"ErrImagePull|ImagePullBackOff"} > 0)", 10,
        0, "warning", "The image of $namespace/$pod cannot be pulled.",
        "The container $container does not start: its image is not there, or may not be had.", false},
    {"KubeDeploymentReplicasMismatch", "kube_deployment_spec_replicas != kube_deployment_status_replicas_available", 45,
        0, "warning", "$namespace/$deployment has not the replicas that it wants.",
        "It has had too few or too many for longer than a rollout takes.", false},
};

QString filled(const char *text, const PromLabels &labels)
{
    QString out = QString::fromUtf8(text);
    // Longer names first, so that $node does not take a part of $nodename.
    QStringList names = labels.keys();
    std::ranges::sort(names, std::greater<>(), &QString::size);
    for (const QString &name : names)
        out.replace(u'$' + name, labels.value(name));
    return out;
}

PromLabels annotationsOf(const PromRule &rule, const PromLabels &labels)
{
    return {{u"summary"_s, filled(rule.summary, labels)}, {u"description"_s, filled(rule.description, labels)},
        {u"runbook_url"_s, u"https://runbooks.example.com/"_s + QString::fromLatin1(rule.name).toLower()}};
}

PromLabels labelsOf(const PromRule &rule, PromLabels labels)
{
    labels.remove(u"__name__"_s);
    labels.insert(u"alertname"_s, QString::fromLatin1(rule.name));
    labels.insert(u"severity"_s, QString::fromLatin1(rule.severity));
    return labels;
}

// Since when the rule's expression has given this sample.
double beginning(promql::Expr &expr, const promql::Sample &sample, double now, const PromModel &model)
{
    double since = now;
    while (now - since < LookBackSeconds) {
        const auto before = promql::evaluate(expr, since - LookBackStep, model);
        if (!before || !std::ranges::contains(before->vector, sample.labels, &promql::Sample::labels))
            break;
        since -= LookBackStep;
    }
    return since;
}

} // namespace

std::span<const PromRule> PromRules::rules()
{
    return Rules;
}

const std::vector<PromAlert> &PromRules::alerts(double now)
{
    if (now - m_evaluated < EvaluationSeconds && now >= m_evaluated)
        return m_alerts;
    m_evaluated = now;
    std::vector<PromAlert> found;
    for (const PromRule &rule : Rules)
        evaluate(rule, now, found);
    m_alerts = std::move(found);
    return m_alerts;
}

void PromRules::evaluate(const PromRule &rule, double now, std::vector<PromAlert> &out)
{
    const auto expr = promql::parse(QString::fromLatin1(rule.expr));
    const auto value = expr ? promql::evaluate(**expr, now, m_model) : promql::PromResult<promql::Value>();
    const auto first = static_cast<std::ptrdiff_t>(out.size());
    for (const promql::Sample &sample : value ? value->vector : std::vector<promql::Sample>()) {
        PromAlert alert{.rule = &rule, .labels = labelsOf(rule, sample.labels), .seenAt = now, .value = sample.value};
        const auto before = std::ranges::find(m_alerts, alert.labels, &PromAlert::labels);
        if (before != m_alerts.end())
            alert.activeAt = before->activeAt;
        else
            alert.activeAt = rule.remembers ? beginning(**expr, sample, now, m_model) : now;
        alert.annotations = annotationsOf(rule, alert.labels);
        alert.firingAt = alert.activeAt + rule.holdSeconds;
        alert.firing = now >= alert.firingAt;
        out.push_back(std::move(alert));
    }
    // What has just gone fires on for a while.
    for (const PromAlert &before : m_alerts) {
        if (before.rule == &rule && before.firing && now - before.seenAt < rule.keepSeconds
            && !std::any_of(
                out.begin() + first, out.end(), [&](const PromAlert &alert) { return alert.labels == before.labels; }))
            out.push_back(before);
    }
}

} // namespace kdra::demo
