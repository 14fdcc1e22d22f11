// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/options.h"

#include <QTest>

using namespace kdra;

class TestOptions : public QObject {
    Q_OBJECT

    static QStringList line(const char *text)
    {
        return QStringList{QStringLiteral("kdra")} + QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts);
    }

private Q_SLOTS:
    void understandsEverything()
    {
        const auto options = ui::parseOptions(
            line("--kubeconfig f --context c --page nodes --select deployments/shop/web --size 1280x800 --theme dark "
                 "--language de --screenshot out --report r.json --exit-after-sync 5"));
        QVERIFY(options.has_value());
        QCOMPARE(options->kubeconfig, QStringLiteral("f"));
        QCOMPARE(options->context, QStringLiteral("c"));
        QCOMPARE(options->page, QStringLiteral("nodes"));
        QVERIFY(options->select.has_value());
        QCOMPARE(options->select->kind, store::Kind::Deployment);
        QCOMPARE(options->select->ns, QStringLiteral("shop"));
        QCOMPARE(options->select->name, QStringLiteral("web"));
        QCOMPARE(options->size, QSize(1280, 800));
        QCOMPARE(options->theme, ui::Theme::Scheme::Dark);
        QCOMPARE(options->language, QStringLiteral("de"));
        QCOMPARE(options->screenshots, QStringLiteral("out"));
        QCOMPARE(options->report, QStringLiteral("r.json"));
        QCOMPARE(options->exitAfterSync, std::chrono::seconds(5));
        QVERIFY(options->isUnattended());
        QVERIFY(!options->doctor);
        const auto doctor = ui::parseOptions(line("--doctor --kubeconfig f --context c"));
        QVERIFY(doctor.has_value() && doctor->doctor);
    }

    void exitAfterSyncNeedsNoNumber()
    {
        for (const char *text :
            {"--exit-after-sync --demo", "--demo --exit-after-sync", "--exit-after-sync=0 --demo"}) {
            const auto options = ui::parseOptions(line(text));
            QVERIFY2(options.has_value(), text);
            QCOMPARE(options->exitAfterSync, std::chrono::seconds(0));
            QVERIFY(options->demo);
        }
    }

    void refusesWhatItDoesNotUnderstand_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"--nonsense", "stray", "--page nowhere", "--select web", "--select frob/web",
                 "--select pod//web", "--size big", "--size 10x10", "--theme pink", "--exit-after-sync=soon",
                 "--demo --kubeconfig f", "--report"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }

    void refusesWhatItDoesNotUnderstand()
    {
        QFETCH(QString, text);
        const auto options = ui::parseOptions(line(text.toUtf8().constData()));
        QVERIFY(!options.has_value());
        QCOMPARE(options.error().status, 2);
        QVERIFY(options.error().text.contains(QLatin1StringView("--kubeconfig")));
    }

    void helpIsNotAnError()
    {
        const auto options = ui::parseOptions(line("--help"));
        QVERIFY(!options.has_value());
        QCOMPARE(options.error().status, 0);
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
