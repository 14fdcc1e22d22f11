// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/render.h"
#include "environments/yamltree.h"

#include <QHash>

#include <functional>

namespace kdra::environments {

// Thrown while one template is rendered, caught in render().
struct Refusal {
    Error error;
};

Refusal refusal(const QString &what, const QString &file, int line, const QString &remedy = {});

// Turns YAML nodes into JSON values, with the parameters' values in the place of their names. What a condition leaves
// out is looked at all the same, so that a mistake there does not wait for the one who sets the parameter.
class Substitution {
public:
    // Parameters without a value are not known. Keeps references.
    Substitution(const Template &from, const Values &values, const Identity &identity);

    // Gets a value, and whether it is kept: false where a condition leaves it out.
    using Take = std::function<void(const QJsonValue &, bool kept)>;
    // The objects that one document stands for: one, or one for each element of a list (and one that is not kept where
    // the list is empty). Throws Refusal.
    void document(const YamlNode &root, const QString &file, const Take &take);

private:
    struct Bound {
        QJsonValue value = {};
        bool secret = false;
    };

    QJsonValue value(const YamlNode &node);
    QJsonValue object(const YamlNode &node, bool repeated);
    QJsonValue scalar(const YamlNode &node);
    void each(const YamlNode &node, const Take &take);
    QString key(const YamlKey &key) const;
    QString conditionOf(const YamlNode &node) const;
    bool holds(const YamlNode &mapping) const;
    const Bound &find(const QString &name, int line) const;
    void spend(qsizetype characters, int line);
    Refusal refused(const QString &what, int line, const QString &remedy = {}) const;

    const Template &m_template;
    QHash<QString, Bound> m_bound;
    QString m_file;
    int m_depth = 0;
    bool m_ofSecret = false; // the document is a Secret
    bool m_inSecret = false; // in its stringData
    qint64 m_nodes = 0;
    qint64 m_characters = 0;
};

} // namespace kdra::environments
