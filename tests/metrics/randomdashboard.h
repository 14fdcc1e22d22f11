// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/dashboard.h"

#include <QRandomGenerator>

// Dashboards at random, the same for the same seed, that use every field of dashboard.h.
namespace kdra::test {

class RandomDashboard {
public:
    explicit RandomDashboard(quint32 seed)
        : m_random(seed)
    {
    }

    metrics::Dashboard make()
    {
        metrics::Dashboard out;
        out.uid = QStringLiteral("uid-") + QString::number(m_random.bounded(1000));
        out.title = QStringLiteral("t") + text();
        out.description = text();
        if (coin())
            out.about = QStringLiteral("node");
        out.small = coin();
        out.tags = texts();
        out.from = coin() ? QStringLiteral("now-1h") : QString();
        out.to = coin() ? QStringLiteral("now") : QString();
        out.refresh = std::chrono::milliseconds(coin() ? 1000 * m_random.bounded(10000) : 0);
        out.notes = texts();
        for (int i = m_random.bounded(4); i > 0; --i)
            out.variables.append(variable(i));
        for (int i = m_random.bounded(3); i > 0; --i)
            out.annotations.append({.name = QStringLiteral("a") + text(),
                .expr = QStringLiteral("up") + text(),
                .title = text(),
                .text = text(),
                .color = QStringLiteral("red"),
                .enabled = coin(),
                .minStep = coin() ? 60000 : 0});
        m_id = 0;
        for (int i = m_random.bounded(1, 4); i > 0; --i)
            out.rows.append(row());
        return out;
    }

    QString text()
    {
        static const QStringList pieces = {QStringLiteral("\""), QStringLiteral("\\"), QStringLiteral("\n"),
            QStringLiteral("$x"), QStringLiteral("${y:csv}"), QStringLiteral("[[z]]"), QStringLiteral("{{a}}"),
            QStringLiteral("é"), QString(QChar(0x202e)), QString::fromUcs4(U"\U0001F353"), QStringLiteral("abc"),
            QStringLiteral(" "), QStringLiteral("</b>"), QStringLiteral("{"), QStringLiteral("]")};
        QString out;
        for (int i = m_random.bounded(5); i > 0; --i)
            out += pieces[m_random.bounded(pieces.size())];
        return out;
    }

private:
    bool coin() { return m_random.bounded(2) == 1; }
    double number() { return m_random.bounded(2000) / 8.0 - 100; }
    std::optional<double> maybe() { return coin() ? std::optional(number()) : std::nullopt; }
    QStringList texts()
    {
        QStringList out;
        for (int i = m_random.bounded(3); i > 0; --i)
            out.append(QStringLiteral("x") + text());
        return out;
    }

    metrics::Variable variable(int index)
    {
        using Kind = metrics::Variable::Kind;
        metrics::Variable out;
        out.name = QStringLiteral("v%1").arg(index);
        out.label = text();
        out.kind = static_cast<Kind>(m_random.bounded(6));
        out.query = QStringLiteral("q") + text();
        if (out.kind == Kind::Interval) {
            out.autoCount = coin() ? m_random.bounded(1, 100) : 0;
            if (out.autoCount > 0)
                out.autoMin = QStringLiteral("10s");
        }
        const bool list = out.kind == Kind::Query || out.kind == Kind::Custom || out.kind == Kind::Datasource;
        if (list) {
            out.regex = out.kind == Kind::Custom ? QString() : text();
            out.multi = coin();
            out.includeAll = coin();
            out.allValue = out.includeAll ? text() : QString();
        }
        if (out.kind == Kind::Query)
            out.sort = m_random.bounded(9);
        out.hidden = out.kind == Kind::Constant || coin();
        if (out.kind != Kind::Constant) {
            out.current = texts();
            if (!out.multi && out.current.size() > 1)
                out.current.resize(1);
        }
        return out;
    }

    metrics::Row row()
    {
        metrics::Row out;
        out.title = QStringLiteral("r") + text();
        out.collapsed = coin();
        if (coin())
            out.repeat = QStringLiteral("v1");
        for (int i = m_random.bounded(4); i > 0; --i)
            out.panels.append(panel(static_cast<int>(out.panels.size())));
        return out;
    }

    metrics::FieldOptions field()
    {
        metrics::FieldOptions out;
        out.unit = coin() ? QStringLiteral("bytes") : QString();
        out.min = maybe();
        out.max = maybe();
        if (coin())
            out.decimals = m_random.bounded(6);
        out.noValue = text();
        if (coin()) {
            out.thresholdsInPercent = coin();
            out.thresholdStyle = static_cast<metrics::ThresholdStyle>(m_random.bounded(4));
            out.thresholds.append({.from = {}, .color = QStringLiteral("green")});
            for (int i = 0; i < 3; ++i)
                out.thresholds.append(
                    {.from = 10.0 * i, .color = QStringLiteral("#ff00%1").arg(i, 2, 16, QLatin1Char('0'))});
        }
        out.axis = static_cast<metrics::AxisPlacement>(m_random.bounded(3));
        out.mirrored = coin();
        for (int i = m_random.bounded(3); i > 0; --i)
            out.mappings.append({.from = number(), .to = 1000.0, .text = text(), .color = QStringLiteral("red")});
        if (coin())
            out.mappings.append({.special = QStringLiteral("null+nan"), .text = text()});
        if (coin())
            out.mappings.append({.from = 2.0, .to = 2.0, .text = text()});
        return out;
    }

    metrics::Panel panel(int index)
    {
        using namespace metrics;
        Panel out;
        out.id = ++m_id;
        out.kind = static_cast<PanelKind>(m_random.bounded(8));
        out.title = text();
        out.description = text();
        out.grid = {.x = m_random.bounded(12), .y = index * 8, .width = m_random.bounded(1, 12), .height = 8};
        out.repeat = coin() ? QStringLiteral("v1") : QString();
        out.repeatDown = !out.repeat.isEmpty() && coin();
        if (!out.repeat.isEmpty() && !out.repeatDown)
            out.repeatPerRow = m_random.bounded(1, 12);
        if (coin())
            out.note = QStringLiteral("n") + text();
        if (out.kind == PanelKind::Text) {
            out.text = text();
            return out;
        }
        for (int i = m_random.bounded(3); i > 0; --i)
            out.queries.append({.refId = QString(QChar(u'A' + i)),
                .expr = QStringLiteral("up") + text(),
                .legend = text(),
                .format = coin() ? QStringLiteral("table") : QString(),
                .instant = coin(),
                .hidden = coin(),
                .minStep = coin() ? 1 + m_random.bounded(200000) : 0});
        out.field = field();
        for (int i = m_random.bounded(3); i > 0; --i)
            out.overrides.append({.matcher = QStringLiteral("byName"),
                .argument = text(),
                .properties = {{QStringLiteral("unit"), QStringLiteral("s")},
                    {QStringLiteral("custom.width"), m_random.bounded(100)}}});
        for (int i = m_random.bounded(3); i > 0; --i)
            out.transformations.append({.id = QStringLiteral("organize"),
                .options = {{QStringLiteral("renameByName"), QJsonObject{{text(), text()}}}}});
        if (out.kind == PanelKind::TimeSeries) {
            out.draw = static_cast<DrawStyle>(m_random.bounded(3));
            out.stacking = static_cast<Stacking>(m_random.bounded(3));
            out.fillOpacity = m_random.bounded(101);
            out.logarithmic = coin();
            out.legendAsTable = coin();
            out.legendHidden = !out.legendAsTable && coin();
            for (const char *each : {"last", "min", "max", "mean", "sum"})
                if (coin())
                    out.legendValues.append(QLatin1StringView(each));
        }
        if (out.kind == PanelKind::Stat || out.kind == PanelKind::Gauge || out.kind == PanelKind::BarGauge)
            out.reduction = static_cast<Reduction>(m_random.bounded(10));
        out.datasource = coin() ? QStringLiteral("uid1") : QString();
        return out;
    }

    QRandomGenerator m_random;
    int m_id = 0;
};

} // namespace kdra::test
