// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/scheduling.h"

#include "base/quantity.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

bool expressionAdmits(const QJsonObject &expression, const QJsonObject &labels)
{
    const QString op = textAt(expression, u"operator");
    const QString key = textAt(expression, u"key");
    const QJsonArray values = expression.value(u"values"_s).toArray();
    if (op == "Gt"_L1 || op == "Lt"_L1) {
        bool numeric = false;
        const qint64 have = labels.value(key).toString().toLongLong(&numeric);
        const qint64 limit = values.first().toString().toLongLong();
        return numeric && (op == "Gt"_L1 ? have > limit : have < limit);
    }
    return selectorMatches(QJsonObject{{u"matchExpressions"_s, QJsonArray{expression}}}, labels);
}

bool termAdmits(const QJsonObject &term, const SchedulingNode &node)
{
    for (const QJsonArray matchExpressions = term.value(u"matchExpressions"_s).toArray();
        const QJsonValue &expression : matchExpressions) {
        if (!expressionAdmits(expression.toObject(), node.labels))
            return false;
    }
    const QJsonObject fields{{u"metadata.name"_s, node.name}};
    for (const QJsonArray matchFields = term.value(u"matchFields"_s).toArray();
        const QJsonValue &expression : matchFields) {
        if (!expressionAdmits(expression.toObject(), fields))
            return false;
    }
    return !term.isEmpty();
}

bool tolerates(const QJsonObject &toleration, const QJsonObject &taint)
{
    const QString effect = textAt(toleration, u"effect");
    if (!effect.isEmpty() && effect != textAt(taint, u"effect"))
        return false;
    const QString key = textAt(toleration, u"key");
    const bool exists = textAt(toleration, u"operator") == "Exists"_L1;
    if (key.isEmpty())
        return exists;
    return key == textAt(taint, u"key") && (exists || textAt(toleration, u"value") == textAt(taint, u"value"));
}

} // namespace

SchedulingNode schedulingNode(const QJsonObject &node)
{
    SchedulingNode out;
    out.name = nameOf(node);
    out.labels = at(node, u"metadata.labels").toObject();
    out.taints = at(node, u"spec.taints").toArray();
    out.unschedulable = at(node, u"spec.unschedulable").toBool();
    const QJsonObject allocatable = at(node, u"status.allocatable").toObject();
    const auto text = [&](const QString &name) { return allocatable.value(name).toVariant().toString().toStdString(); };
    out.cpuMilli = parseQuantityMilli(text(u"cpu"_s)).value_or(0);
    out.memoryBytes = parseQuantity(text(u"memory"_s)).value_or(0);
    out.maxPods = static_cast<int>(parseQuantity(text(u"pods"_s)).value_or(110));
    return out;
}

bool affinityAdmits(const QJsonObject &podSpec, const SchedulingNode &node)
{
    const QJsonObject selector = podSpec.value(u"nodeSelector"_s).toObject();
    if (!selector.isEmpty() && !mapMatches(selector, node.labels))
        return false;
    const QJsonArray terms =
        at(podSpec, u"affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms")
            .toArray();
    return terms.isEmpty()
        || std::ranges::any_of(terms, [&](const QJsonValue &term) { return termAdmits(term.toObject(), node); });
}

QJsonObject untoleratedTaint(const QJsonObject &podSpec, const SchedulingNode &node, const QStringList &effects)
{
    const QJsonArray tolerations = podSpec.value(u"tolerations"_s).toArray();
    for (const QJsonValue &value : node.taints) {
        const QJsonObject taint = value.toObject();
        if (!effects.contains(textAt(taint, u"effect")))
            continue;
        if (std::ranges::none_of(tolerations, [&](const QJsonValue &t) { return tolerates(t.toObject(), taint); }))
            return taint;
    }
    return {};
}

QString whyNot(
    const QJsonObject &podSpec, const PodRequests &requests, const SchedulingNode &node, const PodIndex::Load &load)
{
    if (node.unschedulable) {
        const QJsonObject taint{{u"key"_s, u"node.kubernetes.io/unschedulable"_s}, {u"effect"_s, u"NoSchedule"_s}};
        const SchedulingNode cordoned{.name = node.name, .labels = {}, .taints = {taint}};
        if (!untoleratedTaint(podSpec, cordoned, {u"NoSchedule"_s}).isEmpty())
            return u"node(s) were unschedulable"_s;
    }
    const QJsonObject taint = untoleratedTaint(podSpec, node, {u"NoSchedule"_s, u"NoExecute"_s});
    if (!taint.isEmpty() && textAt(taint, u"key") != "node.kubernetes.io/unschedulable"_L1)
        return u"node(s) had untolerated taint {%1: %2}"_s.arg(textAt(taint, u"key"), textAt(taint, u"value"));
    if (!affinityAdmits(podSpec, node))
        return u"node(s) didn't match Pod's node affinity/selector"_s;
    if (load.pods >= node.maxPods)
        return u"Too many pods"_s;
    if (requests.cpuMilli > 0 && load.requests.cpuMilli + requests.cpuMilli > node.cpuMilli)
        return u"Insufficient cpu"_s;
    if (requests.memoryBytes > 0 && load.requests.memoryBytes + requests.memoryBytes > node.memoryBytes)
        return u"Insufficient memory"_s;
    return {};
}

} // namespace kdra::demo
