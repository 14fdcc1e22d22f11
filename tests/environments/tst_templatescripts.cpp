// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/builtintemplates.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace kdra::test;
using namespace Qt::StringLiterals;

namespace {

// A script of "Prometheus + Pi vitals", with the host's file system and the shared volume in `folder`.
QByteArray script(const QString &key, const QString &folder)
{
    QString text = scriptOf(u"prometheus-pi-vitals"_s, key, {.name = u"demo"_s, .ns = u"team"_s});
    text.replace("/host/"_L1, folder + "/host/"_L1).replace("/textfile/"_L1, folder + "/textfile/"_L1);
    return text.toUtf8();
}

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return QDir().mkpath(path.section(u'/', 0, -2)) && file.open(QIODevice::WriteOnly)
        && file.write(text) == text.size();
}

} // namespace

// Runs what the built-in templates' containers run, in a real shell.
class TestTemplateScripts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void vitals();
    void boards_data();
    void boards();
};

// What node-exporter is given, of a Pi that has too little voltage now and has been throttled before.
void TestTemplateScripts::vitals()
{
    const QTemporaryDir dir;
    const QString folder = dir.path();
    const QByteArray text = script(u"vitals.sh"_s, folder);
    QVERIFY(!text.isEmpty());
    QVERIFY(write(folder + u"/vitals.sh"_s, text));
    // As a Raspberry Pi 5 has it.
    QVERIFY(write(
        folder + u"/host/sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled"_s, "40001\n"));
    QVERIFY(QDir(folder).mkdir(u"textfile"_s));
    QProcess shell;
    shell.start(u"sh"_s, {folder + u"/vitals.sh"_s});
    QVERIFY(shell.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder + u"/textfile/alive"_s), 20000);
    shell.kill();
    QVERIFY(shell.waitForFinished());
    QFile metrics(folder + u"/textfile/pi.prom"_s);
    QVERIFY(metrics.open(QIODevice::ReadOnly));
    const QByteArray told = metrics.readAll();
    for (const char *line : {"rpi_throttled{flag=\"under_voltage\"} 1\n", "rpi_throttled{flag=\"throttled\"} 0\n",
             "rpi_throttled_since_start{flag=\"under_voltage\"} 0\n",
             "rpi_throttled_since_start{flag=\"throttled\"} 1\n"})
        QVERIFY2(told.contains(line), told.constData());
}

void TestTemplateScripts::boards_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("asked");
    const auto label = [](const char *board) {
        return QByteArray("label node pi-7 kdra.dev/board=") + board + " --overwrite\n";
    };
    QTest::newRow("Pi 4") << QByteArray("Raspberry Pi 4 Model B Rev 1.4\0", 31)
                          << label("Raspberry-Pi-4-Model-B-Rev-1.4");
    QTest::newRow("plus") << QByteArray("Raspberry Pi 3 Model B+\0", 24) << label("Raspberry-Pi-3-Model-B-plus");
    QTest::newRow("strange") << QByteArray("(Board) \xc3\xa4; $(reboot)\0", 23) << label("Board-reboot");
    QTest::newRow("long") << QByteArray(100, 'x') << label(QByteArray(63, 'x').constData());
    QTest::newRow("none") << QByteArray() << QByteArray();
}

// The label that kubectl is asked for; app/edge reads it.
void TestTemplateScripts::boards()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, asked);
    const QTemporaryDir dir;
    const QString folder = dir.path();
    QVERIFY(write(folder + u"/label.sh"_s, script(u"label-board.sh"_s, folder)));
    if (!model.isEmpty())
        QVERIFY(write(folder + u"/host/sys/firmware/devicetree/base/model"_s, model));
    // Stands in for kubectl, and fails: that must not keep the pod from starting.
    QVERIFY(write(folder + u"/bin/kubectl"_s, "#!/bin/sh\necho \"$@\" >> \"$ASKED\"\nexit 1\n"));
    QVERIFY(QFile::setPermissions(folder + u"/bin/kubectl"_s, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PATH"_s, folder + u"/bin:"_s + environment.value(u"PATH"_s));
    environment.insert(u"NODE_NAME"_s, u"pi-7"_s);
    environment.insert(u"ASKED"_s, folder + u"/asked"_s);
    shell.setProcessEnvironment(environment);
    shell.start(u"sh"_s, {folder + u"/label.sh"_s});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 0);
    QFile file(folder + u"/asked"_s);
    QCOMPARE(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray(), asked);
}

QTEST_GUILESS_MAIN(TestTemplateScripts)
#include "tst_templatescripts.moc"
