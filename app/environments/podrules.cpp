// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/podrules.h"

#include "store/labels.h"

#include <algorithm>
#include <charconv>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

bool hasLabel(std::string_view labels, std::string_view line)
{
    const size_t equals = line.find('=');
    const auto value = store::labelValue(labels, line.substr(0, equals));
    return value && *value == line.substr(equals + 1);
}

std::optional<qint64> number(std::string_view text)
{
    qint64 value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

} // namespace

Taint Taint::parse(std::string_view line)
{
    const size_t colon = std::min(line.rfind(':'), line.size());
    const std::string_view left = line.substr(0, colon);
    const size_t equals = std::min(left.find('='), left.size());
    return {.key = left.substr(0, equals),
        .value = left.substr(std::min(equals + 1, left.size())),
        .effect = line.substr(std::min(colon + 1, line.size()))};
}

PodRules::PodRules(const PodDemand &pod)
{
    for (const QJsonValue &json : pod.tolerations) {
        const QString op = json["operator"_L1].toString();
        m_tolerations.push_back({.key = json["key"_L1].toString().toStdString(),
            .value = json["value"_L1].toString().toStdString(),
            .effect = json["effect"_L1].toString().toStdString(),
            .exists = op == "Exists"_L1});
    }
    for (const auto &[key, value] : pod.nodeSelector.asKeyValueRange())
        m_selector.push_back(QString(key + u'=' + value).toStdString());
    for (const QJsonValue &json : pod.nodeTerms) {
        Term term;
        for (const QJsonArray all = json["matchExpressions"_L1].toArray(); const QJsonValue &one : all)
            term.push_back(requirementOf(one, false));
        for (const QJsonArray all = json["matchFields"_L1].toArray(); const QJsonValue &one : all)
            term.push_back(requirementOf(one, true));
        if (term.empty()) // a term without requirements matches nothing
            term.emplace_back();
        m_terms.push_back(std::move(term));
    }
}

PodRules::Requirement PodRules::requirementOf(const QJsonValue &json, bool ofName)
{
    using enum Requirement::Operator;
    static constexpr std::pair<QLatin1StringView, Requirement::Operator> operators[] = {{"In"_L1, In},
        {"NotIn"_L1, NotIn}, {"Exists"_L1, Exists}, {"DoesNotExist"_L1, DoesNotExist}, {"Gt"_L1, Gt}, {"Lt"_L1, Lt}};
    Requirement requirement{.key = json["key"_L1].toString().toStdString(), .ofName = ofName};
    const QString name = json["operator"_L1].toString();
    for (const auto &[text, op] : operators) {
        if (name == text)
            requirement.op = op;
    }
    for (const QJsonArray values = json["values"_L1].toArray(); const QJsonValue &value : values)
        requirement.values.push_back(value.toString().toStdString());
    return requirement;
}

bool PodRules::Requirement::matches(std::string_view labels, std::string_view nodeName) const
{
    const auto value = ofName ? std::optional(nodeName) : store::labelValue(labels, key);
    const auto compares = [&](auto better) {
        const auto left = value ? number(*value) : std::nullopt;
        const auto right = values.empty() ? std::nullopt : number(values.front());
        return left && right && better(*left, *right);
    };
    switch (op) {
    case Operator::In:
        return value && std::ranges::contains(values, *value);
    case Operator::NotIn:
        return !value || !std::ranges::contains(values, *value);
    case Operator::Exists:
        return value.has_value();
    case Operator::DoesNotExist:
        return !value;
    case Operator::Gt:
        return compares(std::greater());
    case Operator::Lt:
        return compares(std::less());
    case Operator::Never:
        return false;
    }
    Q_UNREACHABLE_RETURN(false);
}

bool PodRules::tolerates(const Taint &taint) const
{
    return std::ranges::any_of(m_tolerations, [&](const Toleration &one) {
        return (one.effect.empty() || one.effect == taint.effect)
            && (one.key == taint.key || (one.key.empty() && one.exists)) && (one.exists || one.value == taint.value);
    });
}

bool PodRules::selects(std::string_view labels, std::string_view nodeName) const
{
    const auto fits = [&](const Requirement &one) { return one.matches(labels, nodeName); };
    return missingLabel(labels).empty() && (m_terms.empty() || std::ranges::any_of(m_terms, [&](const Term &term) {
        return std::ranges::all_of(term, fits);
    }));
}

std::string_view PodRules::missingLabel(std::string_view labels) const
{
    for (const std::string &line : m_selector) {
        if (!hasLabel(labels, line))
            return line;
    }
    return {};
}

} // namespace kdra::environments
