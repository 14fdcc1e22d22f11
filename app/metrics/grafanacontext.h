// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/dashboard.h"

#include <QHash>
#include <QJsonArray>

// Shared by the files that read Grafana's JSON. Values of unexpected types count as not there: the schema has changed
// often, and what is missing is not a reason to refuse the rest.
namespace kdra::metrics::grafana {

// What a whole file says that its panels need.
struct Context {
    QHash<QString, QString> datasourceTypes = {}; // "DS_PROMETHEUS" -> "prometheus": inputs and variables
    QSet<QString> inputs = {}; // names that stand for nothing but the data source chosen at import
    QJsonObject elements = {}; // library panels by uid
};

// Sentences about a panel, each once.
class Notes {
public:
    void add(const QString &sentence)
    {
        if (!sentence.isEmpty() && !m_sentences.contains(sentence))
            m_sentences.append(sentence);
    }
    QString text() const { return m_sentences.join(u' '); }

private:
    QStringList m_sentences;
};

inline QJsonObject object(const QJsonObject &from, QLatin1StringView key)
{
    return from.value(key).toObject();
}
inline QString text(const QJsonObject &from, QLatin1StringView key)
{
    return from.value(key).toString();
}
// A number, also when it is written as a text, as old dashboards have it.
std::optional<double> number(const QJsonValue &value);
// An int out of anything, within limits.
int integer(const QJsonValue &value, int otherwise, int least, int most);
// Texts of a list; a single text is a list of one.
QStringList texts(const QJsonValue &value);

// grafanaolder.cpp: a panel of an old kind (graph, singlestat, the first table) as one of today's.
QJsonObject modernised(const QJsonObject &panel, Notes &notes);

// grafanapanel.cpp
Panel panelOf(const QJsonObject &panel, const Context &context);
// The type of the data source that `reference` names ("prometheus", "loki"); empty: not said.
QString datasourceType(const QJsonValue &reference, const Context &context);

// grafanafield.cpp
void readField(const QJsonObject &panel, Panel &into, Notes &notes);
// What an override's properties ("unit", "decimals", "min", "max", "noValue", "thresholds", "mappings",
// "custom.transform", "custom.axisPlacement") change.
void applyProperties(const QJsonObject &properties, FieldOptions &field);
// Whether tables carry out a transformation (table.h).
bool isKnownTransformation(const QString &id);

// grafanaannotations.cpp: what cannot be asked is noted.
QList<Annotation> annotationsOf(const QJsonArray &list, const Context &context, QStringList &notes);

// grafanavariables.cpp
QList<Variable> variablesOf(const QJsonArray &list, const Context &context, QStringList &notes);

// grafanaclassic.cpp
Dashboard classic(const QJsonObject &dashboard);

// grafanav2.cpp: a v2 resource as a classic dashboard.
QJsonObject classicOfV2(const QJsonObject &resource);

} // namespace kdra::metrics::grafana
