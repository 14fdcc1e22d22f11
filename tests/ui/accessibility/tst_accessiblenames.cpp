// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/serverdialog.h"
#include "ui/mainwindow.h"
#include "ui/metrics/noticedialog.h"
#include "ui/metrics/silencedialog.h"
#include "ui/session.h"

#include <QAccessible>
#include <QStandardPaths>
#include <QTest>

using namespace kdra;

// Every widget that the Tab key can come to is called something.
class TestAccessibleNames : public QObject {
    Q_OBJECT

    static QStringList nameless(const QWidget &window)
    {
        QStringList found;
        int named = 0;
        for (const auto widgets = window.findChildren<QWidget *>(); QWidget * widget : widgets) {
            // Whoever passes the focus on is not met itself.
            if (!(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            if (accessible && !accessible->text(QAccessible::Name).trimmed().isEmpty()) {
                ++named;
                continue;
            }
            QStringList where;
            for (const QWidget *one = widget; one && one != &window; one = one->parentWidget())
                where.prepend(QString::fromLatin1(one->metaObject()->className()) + u'#' + one->objectName());
            found.append(where.join(u'/'));
        }
        if (!named)
            found.append(QStringLiteral("no widget takes the focus at all"));
        return found;
    }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void ofTheWindow()
    {
        ui::Session session;
        ui::MainWindow window(session);
        window.show();
        const QStringList found = nameless(window);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }

    void ofTheServerDialog()
    {
        const ui::Theme theme;
        ui::ServerDialog dialog(theme);
        const QStringList found = nameless(dialog);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }

    void ofTheDialogsOfAlerts()
    {
        const ui::Theme theme;
        const ui::SilenceDialog silence(theme, {{.name = QStringLiteral("a"), .value = QStringLiteral("b")}}, {});
        QStringList found = nameless(silence);
        const ui::NoticeDialog notices(theme, {});
        found += nameless(notices);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }
};

QTEST_MAIN(TestAccessibleNames)
#include "tst_accessiblenames.moc"
