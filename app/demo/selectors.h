// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objectstore.h"

#include <vector>

namespace kdra::demo {

// A label selector: "app=web,tier in (a,b),!canary" or a metav1.LabelSelector.
class LabelSelector {
public:
    static ApiResult<LabelSelector> parse(const QString &text);
    static LabelSelector fromJson(const QJsonObject &selector);

    bool isEmpty() const { return m_terms.empty(); }
    bool matches(const std::vector<std::pair<QByteArray, QByteArray>> &labels) const;

private:
    enum class Operator { In, NotIn, Exists, DoesNotExist };
    struct Term {
        QByteArray key;
        Operator op = Operator::Exists;
        QByteArrayList values;
    };
    std::vector<Term> m_terms;
};

// "metadata.name=web,status.phase!=Running"
class FieldSelector {
public:
    // BadRequest for a field that the kind does not offer, as the API server says it.
    static ApiResult<FieldSelector> parse(const QString &text, const ResourceType &type);

    bool isEmpty() const { return m_terms.empty(); }
    bool matches(const StoredObject &object) const;

private:
    struct Term {
        int index = 0; // into StoredObject::fields, or one of the two below
        QByteArray value;
        bool equal = true;
    };
    static constexpr int Name = -1;
    static constexpr int Namespace = -2;
    std::vector<Term> m_terms;
};

// What a list or a watch is limited to.
struct Filter {
    QByteArray ns; // empty: all
    LabelSelector labels;
    FieldSelector fields;

    bool matches(const StoredObject &object) const
    {
        return (ns.isEmpty() || object.ns == ns) && (labels.isEmpty() || labels.matches(object.labels))
            && (fields.isEmpty() || fields.matches(object));
    }
    bool isEmpty() const { return labels.isEmpty() && fields.isEmpty(); }
};

} // namespace kdra::demo
