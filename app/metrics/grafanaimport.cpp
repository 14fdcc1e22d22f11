// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/grafanaimport.h"

#include "metrics/grafanacontext.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::GrafanaImport)
};

std::unexpected<Error> failed(const QString &origin, const QString &what)
{
    return std::unexpected(Error{.kind = Error::Kind::Configuration,
        .what = what,
        .where = origin,
        .remedy = Text::tr("Export the dashboard from Grafana as JSON and import that file.")});
}

// The dashboard inside of what Grafana's API and its resources wrap around it, as classic JSON.
QJsonObject unwrapped(QJsonObject root)
{
    if (root.value("dashboard"_L1).isObject())
        root = root.value("dashboard"_L1).toObject();
    const QJsonObject spec = root.value("spec"_L1).toObject();
    if (spec.isEmpty())
        return root.value("elements"_L1).isObject() && root.value("layout"_L1).isObject()
            ? grafana::classicOfV2({{u"spec"_s, root}})
            : root;
    if (spec.value("elements"_L1).isObject() || spec.value("layout"_L1).isObject())
        return grafana::classicOfV2(root);
    QJsonObject classic = spec;
    if (!classic.contains("uid"_L1))
        classic.insert("uid"_L1, root.value("metadata"_L1).toObject().value("name"_L1));
    return classic;
}

}

Result<Dashboard> importGrafana(const QByteArray &json, const QString &origin)
{
    if (json.size() > mostGrafanaBytes)
        return failed(origin,
            Text::tr("A dashboard of %1 MiB is not read; at most %2 MiB are.")
                .arg(json.size() / (1024 * 1024))
                .arg(mostGrafanaBytes / (1024 * 1024)));
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parse);
    if (parse.error != QJsonParseError::NoError)
        return failed(origin, Text::tr("This is not JSON: %1.").arg(parse.errorString()));
    const QJsonObject dashboard = unwrapped(document.object());
    if (!dashboard.value("panels"_L1).isArray() && !dashboard.value("rows"_L1).isArray())
        return failed(origin, Text::tr("This is not a dashboard of Grafana: there are no panels in it."));
    return grafana::classic(dashboard);
}

PanelCount countPanels(const Dashboard &dashboard)
{
    PanelCount out;
    for (const Row &row : dashboard.rows) {
        for (const Panel &panel : row.panels) {
            if (panel.kind == PanelKind::Unsupported)
                ++out.unsupported;
            else if (panel.note.isEmpty())
                ++out.native;
            else
                ++out.noted;
        }
    }
    return out;
}

QStringList importReport(const Dashboard &dashboard)
{
    QStringList out;
    for (const Row &row : dashboard.rows) {
        for (const Panel &panel : row.panels) {
            if (panel.note.isEmpty())
                continue;
            const QString title = panel.title.isEmpty() ? Text::tr("Panel %1").arg(panel.id) : panel.title;
            out.append(row.title.isEmpty() ? Text::tr("“%1”: %2").arg(title, panel.note)
                                           : Text::tr("“%1” in “%2”: %3").arg(title, row.title, panel.note));
        }
    }
    return out + dashboard.notes;
}

QList<DashboardSource> grafanaDashboardsOf(const QJsonObject &configMap)
{
    const QJsonObject metadata = configMap.value("metadata"_L1).toObject();
    if (!metadata.value("labels"_L1).toObject().contains(grafanaDashboardSelector))
        return {};
    const QString name =
        u"ConfigMap %1/%2: "_s.arg(metadata.value("namespace"_L1).toString(), metadata.value("name"_L1).toString());
    QList<DashboardSource> out;
    const QJsonObject plain = configMap.value("data"_L1).toObject();
    for (auto it = plain.begin(); it != plain.end(); ++it)
        if (it.key().endsWith(".json"_L1))
            out.append({.origin = name + it.key(), .json = it->toString().toUtf8()});
    const QJsonObject binary = configMap.value("binaryData"_L1).toObject();
    for (auto it = binary.begin(); it != binary.end(); ++it)
        if (it.key().endsWith(".json"_L1))
            out.append({.origin = name + it.key(), .json = QByteArray::fromBase64(it->toString().toLatin1())});
    return out;
}

namespace grafana {

std::optional<double> number(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toDouble();
    bool ok = false;
    const double parsed = value.toString().trimmed().toDouble(&ok);
    return ok ? std::optional(parsed) : std::nullopt;
}

int integer(const QJsonValue &value, int otherwise, int least, int most)
{
    const double parsed = number(value).value_or(otherwise);
    if (!(parsed >= least)) // NaN too
        return least;
    return parsed > most ? most : static_cast<int>(parsed);
}

QStringList texts(const QJsonValue &value)
{
    if (value.isString())
        return {value.toString()};
    QStringList out;
    for (const QJsonArray all = value.toArray(); const QJsonValue &each : all)
        if (each.isString())
            out.append(each.toString());
        else if (each.isDouble())
            out.append(QString::number(each.toDouble()));
    return out;
}

} // namespace grafana

} // namespace kdra::metrics
