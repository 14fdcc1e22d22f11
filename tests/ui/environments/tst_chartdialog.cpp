// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"
#include "ui/environments/chartdialog.h"
#include "ui/environments/parameterfield.h"
#include "ui/environments/parameterform.h"

#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using environments::Parameter;
using environments::ParameterType;

// What is asked before a Helm chart becomes a template.
class TestChartDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsOnlyWhatWasChanged()
    {
        const Theme theme;
        const Parameter port{.name = u"service.port"_s, .type = ParameterType::Integer, .defaultValue = 80};
        const Parameter host{.name = u"host"_s, .type = ParameterType::String};
        const Parameter level{.name = u"level"_s, .type = ParameterType::String, .defaultValue = u"info"_s};
        const Parameter debug{.name = u"debug"_s, .type = ParameterType::Boolean};
        const Parameter password{.name = u"password"_s, .type = ParameterType::Secret};
        const QPointer<ChartDialog> dialog = new ChartDialog(theme,
            {.name = u"shop"_s, .version = u"1.2.3"_s, .parameters = {port, host, level, debug, password}}, nullptr);
        dialog->open();
        QVERIFY(dialog->windowTitle().contains("shop 1.2.3"_L1));
        QVERIFY(!dialog->form().field(u"password"_s));
        QSignalSpy agreed(dialog, &ChartDialog::agreed);
        dialog->form().field(u"host"_s)->findChild<QLineEdit *>()->setText(u"shop.example.com"_s);
        dialog->form().field(u"service.port"_s)->findChild<QSpinBox *>()->setValue(8080);
        dialog->importButton().click();
        QCOMPARE(agreed.size(), 1);
        QCOMPARE(agreed.front().front().value<environments::Values>(),
            (environments::Values{{u"host"_s, u"shop.example.com"_s}, {u"service.port"_s, 8080}}));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog, 30000);
    }

    void wrongValuesAreNotTaken()
    {
        const Theme theme;
        const Parameter name{
            .name = u"name"_s, .type = ParameterType::String, .defaultValue = u"web"_s, .pattern = u"[a-z]+"_s};
        const QPointer<ChartDialog> dialog = new ChartDialog(theme, {.name = u"shop"_s, .parameters = {name}}, nullptr);
        dialog->open();
        QVERIFY(dialog->importButton().isEnabled());
        dialog->form().field(u"name"_s)->findChild<QLineEdit *>()->setText(u"W 1"_s);
        QVERIFY(!dialog->importButton().isEnabled());
        dialog->close();
    }
};

QTEST_MAIN(TestChartDialog)
#include "tst_chartdialog.moc"
