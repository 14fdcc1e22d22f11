// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/duration.h"
#include "metrics/grafanacontext.h"

#include <QCoreApplication>

namespace kdra::metrics::grafana {

using namespace Qt::StringLiterals;

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::GrafanaImport)
};
}

QList<Annotation> annotationsOf(const QJsonArray &list, const Context &context, QStringList &notes)
{
    QList<Annotation> out;
    for (const QJsonValue &each : list) {
        const QJsonObject from = each.toObject();
        if (from.value("builtIn"_L1).toInt() == 1)
            continue;
        const QJsonObject target = object(from, "target"_L1);
        const QString expr = from.value("expr"_L1).toString(text(target, "expr"_L1));
        const QString type = datasourceType(from.value("datasource"_L1), context);
        const bool asks = type.isEmpty() || type.endsWith("prometheus"_L1) || type.endsWith("prometheus-datasource"_L1);
        // "on" in old files
        const bool valueIsTime =
            from.value("useValueForTime"_L1).toBool() || text(from, "useValueForTime"_L1) == "on"_L1;
        if (expr.isEmpty() || !asks || valueIsTime) {
            if (from.value("enable"_L1).toBool(true))
                notes.append(Text::tr("The annotation “%1” is not taken along.").arg(text(from, "name"_L1)));
            continue;
        }
        const QString step = from.value("step"_L1).toString(text(target, "interval"_L1));
        out.append({.name = text(from, "name"_L1).isEmpty() ? Text::tr("Annotation") : text(from, "name"_L1),
            .expr = expr,
            .title = from.value("titleFormat"_L1).toString(text(target, "titleFormat"_L1)),
            .text = from.value("textFormat"_L1).toString(text(target, "textFormat"_L1)),
            .color = text(from, "iconColor"_L1),
            .enabled = from.value("enable"_L1).toBool(true),
            .minStep = durationOf(step).value_or(0)});
    }
    return out;
}

} // namespace kdra::metrics::grafana
