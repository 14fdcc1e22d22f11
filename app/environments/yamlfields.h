// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/substitution.h"

namespace kdra::environments {

// The fields of one mapping of template.yaml. Everything throws Refusal where the file says something else than it may.
class YamlFields {
public:
    // `what`: of messages, "parameter “x”". Refuses fields that are not in `known`.
    YamlFields(const YamlNode &mapping, const QString &what, std::initializer_list<QStringView> known);

    bool has(QStringView key) const { return find(key) != nullptr; }
    const YamlNode *find(QStringView key) const; // null also for an empty value
    int line(QStringView key) const; // of the field; of the mapping when there is none

    QString text(QStringView key, qsizetype longest = 200) const; // as written; empty when there is none
    QString requiredText(QStringView key, qsizetype longest = 200) const;
    bool boolean(QStringView key) const; // false when there is none
    QStringList texts(QStringView key) const;

    [[noreturn]] void refuse(const QString &why, QStringView key, const QString &remedy = {}) const;

private:
    const YamlNode &m_mapping;
    QString m_what;
};

} // namespace kdra::environments
