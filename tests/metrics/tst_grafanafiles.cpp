// SPDX-License-Identifier: GPL-3.0-or-later
// Dashboards that others have published, from ../shared/grafana: they import, a real Prometheus accepts their
// expressions, and what is shown as it was meant is counted.
#include "metrics/grafanaimport.h"
#include "metrics/repeats.h"
#include "promhttp.h"

#include <QTest>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

class TestGrafanaFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QDir folder(qEnvironmentVariable("KDRA_SOURCE", QDir::currentPath()) + u"/../shared/grafana"_s);
        if (!folder.exists())
            QSKIP("There is no ../shared/grafana beside the checkout: no public dashboard has been imported.");
        for (const QFileInfoList infos = folder.entryInfoList({u"*.json"_s}, QDir::Files, QDir::Name);
            const QFileInfo &info : infos) {
            QFile file(info.filePath());
            QVERIFY(file.open(QFile::ReadOnly));
            m_files.append({.origin = info.fileName(), .json = file.readAll()});
        }
        QVERIFY(m_files.size() >= 4);
        if (test::EmptyPrometheus::program().isEmpty()) {
            qWarning("There is no prometheus here: nothing checks the expressions of the public dashboards.");
        } else {
            m_prometheus = std::make_unique<test::EmptyPrometheus>();
            QVERIFY(m_prometheus->start());
        }
    }

    void imported_data()
    {
        QTest::addColumn<DashboardSource>("source");
        for (const DashboardSource &source : std::as_const(m_files))
            QTest::addRow("%s", qPrintable(source.origin)) << source;
    }

    void imported()
    {
        QFETCH(const DashboardSource, source);
        const auto read = importGrafana(source.json, source.origin);
        QVERIFY2(read, qPrintable(read ? QString() : read.error().text()));
        const PanelCount count = countPanels(*read);
        QCOMPARE(count.all(), panelsIn(QJsonDocument::fromJson(source.json).object()));
        qInfo("%s: %d of %d panels render natively, %d of them with a note; %d cannot be shown",
            qPrintable(source.origin), count.native + count.noted, count.all(), count.noted, count.unsupported);
        for (const QStringList report = importReport(*read); const QString &line : report)
            qInfo("    %s", qPrintable(line));
        QCOMPARE(count.unsupported, 0);

        const auto again = importGrafana(exportGrafana(*read), source.origin);
        QVERIFY(again);
        QVERIFY2(*again == *read, qPrintable(source.origin));

        if (!m_prometheus)
            return;
        int asked = 0;
        for (const bool all : {true, false}) {
            const Scope scope = chosen(*read, all);
            const Dashboard page = expanded(*read, scope);
            for (const Row &row : page.rows) {
                for (const Panel &panel : row.panels) {
                    for (const Query &query : interpolated(panel, scope).queries) {
                        ++asked;
                        const QString refusal = m_prometheus->refusal(query.expr);
                        QVERIFY2(refusal.isEmpty(), qPrintable(panel.title + u": "_s + query.expr + u'\n' + refusal));
                    }
                }
            }
            for (const Variable &variable : read->variables) {
                const auto query = variableQuery(variable, scope);
                QVERIFY2(query, qPrintable(variable.name));
                if (query->kind == VariableQuery::Kind::LabelValues && !query->match.isEmpty())
                    QVERIFY2(m_prometheus->refusal(query->match).isEmpty(), qPrintable(query->match));
            }
        }
        QVERIFY(asked >= 2 * count.all());
        qInfo("    %d expressions accepted by Prometheus", asked);
    }

private:
    static int panelsIn(const QJsonObject &dashboard)
    {
        int count = 0;
        for (const QJsonArray panels = dashboard.value("panels"_L1).toArray(); const QJsonValue &each : panels) {
            if (each.toObject().value("type"_L1).toString() == "row"_L1)
                count += panelsIn(each.toObject());
            else
                ++count;
        }
        return count;
    }
    // Two values for each variable that may have several, one with everything that hurts in a regular expression.
    static Scope chosen(const Dashboard &dashboard, bool all)
    {
        Scope scope;
        scope.to = QDateTime::currentMSecsSinceEpoch();
        scope.from = scope.to - 3'600'000;
        for (const Variable &variable : dashboard.variables) {
            QList<Option> options = ownOptions(variable, {u"Prometheus"_s});
            if (options.isEmpty())
                options = {{u"a.b-1"_s, u"a.b-1"_s}, {u"c\"d\\(e"_s, u"c\"d\\(e"_s}};
            scope.variables.insert(variable.name,
                chosenOf(variable, options, all ? QStringList{allChosen} : QStringList{options.last().value}));
        }
        return scope;
    }

    QList<DashboardSource> m_files;
    std::unique_ptr<test::EmptyPrometheus> m_prometheus;
};

QTEST_GUILESS_MAIN(TestGrafanaFiles)
#include "tst_grafanafiles.moc"
