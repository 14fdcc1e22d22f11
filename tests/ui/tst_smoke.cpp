// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped program in a real X server with real input: what a user does in the first minute.

#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

class TestSmoke : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();
    void demoAnswersToKeyboardAndMouse();
    void welcomePageWithoutAnyKubeconfig();

private:
    void start(const QStringList &arguments);
    QString xdotool(const QStringList &arguments);
    QImage screen();
    // Waits until the program has drawn something that is not one flat area, has come to rest, and differs from the
    // picture before by at least that share. The demo goes on changing, so what was true once need not be true again:
    // the picture that was at rest is the answer, and QTRY_VERIFY, which asks twice, is not the tool.
    bool settles(QImage &picture, const QImage &before = {}, double leastDifference = 0, int deadlineMs = 60000);

    QTemporaryDir m_home;
    QProcess m_server;
    QProcess m_kdra;
    QProcessEnvironment m_environment;
};

// How many different colours a coarse grid over the picture meets.
static int colours(const QImage &picture)
{
    QSet<QRgb> seen;
    for (int y = 0; y < picture.height(); y += 3) {
        for (int x = 0; x < picture.width(); x += 3)
            seen.insert(picture.pixel(x, y));
    }
    return static_cast<int>(seen.size());
}

static double difference(const QImage &one, const QImage &other)
{
    if (one.size() != other.size() || one.isNull())
        return 1;
    int different = 0;
    int all = 0;
    for (int y = 0; y < one.height(); y += 4) {
        for (int x = 0; x < one.width(); x += 4, ++all)
            different += one.pixel(x, y) != other.pixel(x, y) ? 1 : 0;
    }
    return static_cast<double>(different) / all;
}

void TestSmoke::initTestCase()
{
    for (const char *tool : {"Xvfb", "xdotool", "import"}) {
        if (QStandardPaths::findExecutable(QString::fromLatin1(tool)).isEmpty())
            QSKIP("Xvfb, xdotool and ImageMagick are needed for real input.");
    }
    m_environment = QProcessEnvironment::systemEnvironment();
    m_environment.insert(QStringLiteral("HOME"), m_home.path());
    m_environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_home.filePath(QStringLiteral("config")));
    m_environment.insert(QStringLiteral("XDG_DATA_HOME"), m_home.filePath(QStringLiteral("data")));
    m_environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    m_environment.remove(QStringLiteral("KUBECONFIG"));
    m_environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    // The server picks a free display and tells it on its standard output.
    m_server.start(QStringLiteral("Xvfb"),
        {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
            QStringLiteral("1280x800x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
    QVERIFY(m_server.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(m_server.canReadLine(), 20000);
    m_environment.insert(QStringLiteral("DISPLAY"), u':' + QString::fromLatin1(m_server.readLine().trimmed()));
}

void TestSmoke::cleanupTestCase()
{
    m_server.terminate();
    m_server.waitForFinished(10000);
}

void TestSmoke::cleanup()
{
    if (m_kdra.state() != QProcess::NotRunning) {
        m_kdra.terminate();
        QVERIFY(m_kdra.waitForFinished(60000)); // sanitized, it looks for leaks at its end
    }
    if (QTest::currentTestFailed())
        qInfo("%s", m_kdra.readAllStandardError().constData());
}

void TestSmoke::start(const QStringList &arguments)
{
    m_kdra.setProcessEnvironment(m_environment);
    m_kdra.start(qEnvironmentVariable("KDRA_BIN") + QStringLiteral("/kdra"),
        arguments
            + QStringList{QStringLiteral("--size"), QStringLiteral("1280x800"), QStringLiteral("--theme"),
                QStringLiteral("dark"), QStringLiteral("--language"), QStringLiteral("en")});
    QVERIFY(m_kdra.waitForStarted());
}

QString TestSmoke::xdotool(const QStringList &arguments)
{
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.start(QStringLiteral("xdotool"), arguments);
    process.waitForFinished(20000);
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

QImage TestSmoke::screen()
{
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.start(
        QStringLiteral("import"), {QStringLiteral("-window"), QStringLiteral("root"), QStringLiteral("png:-")});
    process.waitForFinished(20000);
    return QImage::fromData(process.readAllStandardOutput(), "PNG").convertToFormat(QImage::Format_RGB32);
}

bool TestSmoke::settles(QImage &picture, const QImage &before, double leastDifference, int deadlineMs)
{
    double movement = 1;
    double change = 0;
    QImage last = screen();
    const bool settled = QTest::qWaitFor(
        [&] {
            QTest::qWait(150);
            picture = screen();
            movement = difference(last, picture);
            change = difference(before, picture);
            last = picture;
            return colours(picture) > 40 && movement < 0.002 && change > leastDifference;
        },
        deadlineMs);
    if (!settled)
        qWarning("not at rest: %d colours, moving %.4f, changed %.4f", colours(picture), movement, change);
    return settled;
}

void TestSmoke::demoAnswersToKeyboardAndMouse()
{
    start({QStringLiteral("--demo")});
    QTRY_VERIFY_WITH_TIMEOUT(!xdotool({QStringLiteral("search"), QStringLiteral("--onlyvisible"),
                                          QStringLiteral("--name"), QStringLiteral("KDRA")})
                                 .isEmpty(),
        30000);
    QImage topology;
    QVERIFY(settles(topology));
    // No window manager gives the focus: a click into the canvas does.
    xdotool({QStringLiteral("mousemove"), QStringLiteral("640"), QStringLiteral("500"), QStringLiteral("click"),
        QStringLiteral("1")});
    const QString window = xdotool(
        {QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--name"), QStringLiteral("KDRA")})
                               .section(u'\n', 0, 0);
    xdotool({QStringLiteral("windowfocus"), window});
    // The first picture may be one of before the demo was there.
    QImage nodes;
    QImage back;
    bool switched = false;
    for (int i = 0; i < 4 && !switched; ++i) {
        xdotool({QStringLiteral("key"), QStringLiteral("ctrl+4")});
        if (!settles(nodes, topology, 0.05, 20000))
            continue;
        xdotool({QStringLiteral("key"), QStringLiteral("ctrl+1")});
        switched = settles(back, nodes, 0.05, 20000);
        topology = back;
    }
    QVERIFY(switched);
    // Zoom in at the pointer, twice; the picture must follow.
    QImage zoomed;
    xdotool({QStringLiteral("mousemove"), QStringLiteral("600"), QStringLiteral("300"), QStringLiteral("click"),
        QStringLiteral("--repeat"), QStringLiteral("6"), QStringLiteral("--delay"), QStringLiteral("40"),
        QStringLiteral("4")});
    QVERIFY(settles(zoomed, back, 0.02));
    // The palette takes what is typed.
    QImage palette;
    xdotool({QStringLiteral("key"), QStringLiteral("ctrl+k")});
    QVERIFY(settles(palette, zoomed, 0.01));
    xdotool({QStringLiteral("key"), QStringLiteral("Escape")});
    QCOMPARE(m_kdra.state(), QProcess::Running);
}

void TestSmoke::welcomePageWithoutAnyKubeconfig()
{
    start({});
    QImage welcome;
    QVERIFY(settles(welcome));
    QCOMPARE(m_kdra.state(), QProcess::Running);
}

QTEST_GUILESS_MAIN(TestSmoke)
#include "tst_smoke.moc"
