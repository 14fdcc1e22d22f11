// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/demand.h"

#include <string>
#include <string_view>
#include <vector>

namespace kdra::environments {

// A taint of a node (core/v1 Taint), from NodeRecord::taintList.
struct Taint {
    std::string_view key;
    std::string_view value;
    std::string_view effect; // "NoSchedule", "PreferNoSchedule", "NoExecute"

    // Of "key=value:Effect" or "key:Effect".
    static Taint parse(std::string_view line);
};

// Where pods may go by their own rules: tolerations, node selector, required node affinity. Read once, asked for each
// node.
class PodRules {
public:
    explicit PodRules(const PodDemand &pod);

    bool tolerates(const Taint &taint) const;
    // `labels` as in store::Meta::labels.
    bool selects(std::string_view labels, std::string_view nodeName) const;
    // "disk=ssd" of the node selector that the node does not have; empty when it is the affinity, or nothing.
    std::string_view missingLabel(std::string_view labels) const;

    bool operator==(const PodRules &) const = default;

private:
    struct Toleration {
        std::string key; // empty: every key
        std::string value;
        std::string effect; // empty: every effect
        bool exists = false; // whatever the value
        bool operator==(const Toleration &) const = default;
    };
    // core/v1 NodeSelectorRequirement.
    struct Requirement {
        enum class Operator : quint8 { In, NotIn, Exists, DoesNotExist, Gt, Lt, Never };
        std::string key;
        Operator op = Operator::Never; // one that is not known matches nothing
        std::vector<std::string> values;
        bool ofName = false; // matchFields: metadata.name
        bool matches(std::string_view labels, std::string_view nodeName) const;
        bool operator==(const Requirement &) const = default;
    };
    using Term = std::vector<Requirement>; // all of them

    static Requirement requirementOf(const QJsonValue &json, bool ofName);

    std::vector<Toleration> m_tolerations;
    std::vector<std::string> m_selector; // "key=value"
    std::vector<Term> m_terms; // one of them, when there are any
};

} // namespace kdra::environments
