// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/accessibility/desktop.h"

#include <QDBusMessage>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace kdra::test {

namespace {

const QString activation = QStringLiteral("dbus-1/services/org.a11y.Bus.service");

QString activationFile()
{
    return QStandardPaths::locate(QStandardPaths::GenericDataLocation, activation);
}

void stop(QProcess &process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    process.terminate();
    if (!process.waitForFinished(10'000)) {
        process.kill();
        process.waitForFinished(5'000);
    }
}

QByteArray firstLine(QProcess &process)
{
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(20'000))
            return {};
    }
    return process.readLine().trimmed();
}

} // namespace

Desktop::Desktop()
    : m_environment(QProcessEnvironment::systemEnvironment())
{
    for (const char *name : {"HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
        m_environment.insert(QString::fromLatin1(name), m_home.path());
    for (const char *name : {"KUBECONFIG", "WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "NO_AT_BRIDGE"})
        m_environment.remove(QString::fromLatin1(name));
    // Of the platforms that a test can start, only this one brings up the accessibility bridge.
    m_environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    // Else the bridge waits for a screen reader to announce itself in the settings of the desktop.
    m_environment.insert(QStringLiteral("QT_LINUX_ACCESSIBILITY_ALWAYS_ON"), QStringLiteral("1"));
}

Desktop::~Desktop()
{
    stop(m_program);
    QDBusConnection::disconnectFromBus(m_name);
    // The accessibility bus ends with the session that it was started in.
    stop(m_session);
    stop(m_server);
}

QString Desktop::missing()
{
    QStringList names;
    for (const char *tool : {"Xvfb", "dbus-daemon"}) {
        if (QStandardPaths::findExecutable(QString::fromLatin1(tool)).isEmpty())
            names += QString::fromLatin1(tool);
    }
    if (activationFile().isEmpty())
        names += QStringLiteral("at-spi2-core (%1)").arg(activation);
    return names.join(QStringLiteral(", "));
}

bool Desktop::fail(const QString &what, const QProcess &process)
{
    m_error = QStringLiteral("%1: %2").arg(what, process.errorString());
    return false;
}

bool Desktop::start()
{
    return startServer() && startSessionBus() && findAccessibilityBus();
}

bool Desktop::startServer()
{
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    // The server picks a free display and tells it on its standard output.
    m_server.start(QStringLiteral("Xvfb"),
        {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
            QStringLiteral("1280x800x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
    const QByteArray display = firstLine(m_server);
    if (display.isEmpty())
        return fail(QStringLiteral("Xvfb"), m_server);
    m_environment.insert(QStringLiteral("DISPLAY"), u':' + QString::fromLatin1(display));
    return true;
}

bool Desktop::startSessionBus()
{
    const QDir home(m_home.path());
    QFile config(home.filePath(QStringLiteral("session.conf")));
    if (!home.mkdir(QStringLiteral("services")) || !config.open(QIODevice::WriteOnly)
        || !QFile::copy(activationFile(), home.filePath(QStringLiteral("services/org.a11y.Bus.service")))) {
        m_error = QStringLiteral("The session bus's configuration cannot be written to ") + home.path();
        return false;
    }
    config.write("<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
                 "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig><type>session</type>"
                 "<listen>unix:dir="
        + m_home.path().toUtf8() + "</listen><servicedir>" + m_home.path().toUtf8()
        + "/services</servicedir><policy context=\"default\"><allow send_destination=\"*\"/>"
          "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
    config.close();
    m_session.setProcessEnvironment(m_environment);
    // It tells each service that it starts, and that root may open more files than this place allows.
    m_session.setStandardErrorFile(QProcess::nullDevice());
    m_session.start(QStringLiteral("dbus-daemon"),
        {QStringLiteral("--config-file=") + config.fileName(), QStringLiteral("--nofork"),
            QStringLiteral("--print-address=1")});
    m_sessionAddress = QString::fromLatin1(firstLine(m_session));
    if (m_sessionAddress.isEmpty())
        return fail(QStringLiteral("dbus-daemon"), m_session);
    m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_sessionAddress);
    return true;
}

bool Desktop::findAccessibilityBus()
{
    const QString sessionName = QStringLiteral("kdra-test-session");
    QString address;
    {
        QDBusConnection session = QDBusConnection::connectToBus(m_sessionAddress, sessionName);
        const QDBusMessage answer =
            session.call(QDBusMessage::createMethodCall(QStringLiteral("org.a11y.Bus"), QStringLiteral("/org/a11y/bus"),
                             QStringLiteral("org.a11y.Bus"), QStringLiteral("GetAddress")),
                QDBus::Block, 30'000);
        address = answer.arguments().value(0).toString();
        if (answer.type() == QDBusMessage::ErrorMessage || address.isEmpty())
            m_error = QStringLiteral("org.a11y.Bus gives no address: ") + answer.errorMessage();
    }
    QDBusConnection::disconnectFromBus(sessionName);
    if (!m_error.isEmpty())
        return false;
    const QDBusConnection accessibility = QDBusConnection::connectToBus(address, m_name);
    if (!accessibility.isConnected())
        m_error = QStringLiteral("The accessibility bus at %1: %2").arg(address, accessibility.lastError().message());
    return m_error.isEmpty();
}

bool Desktop::run(const QStringList &arguments)
{
    m_program.setProcessEnvironment(m_environment);
    m_program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_program.start(qEnvironmentVariable("KDRA_BIN") + QStringLiteral("/kdra"), arguments);
    return m_program.waitForStarted() || fail(QStringLiteral("kdra"), m_program);
}

} // namespace kdra::test
