// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QTemporaryDir>

namespace kdra::test {

// A desktop of its own for one program: an X server, a session bus that starts nothing but the accessibility bus, and a
// home. Nothing of it is the user's.
class Desktop {
public:
    Desktop();
    ~Desktop();

    // What is missing on this machine, in words; empty when everything is there.
    static QString missing();
    // False, with the reason in error(), when a part does not come up.
    bool start();
    // Starts bin/kdra with these arguments.
    bool run(const QStringList &arguments);
    QString error() const { return m_error; }
    QProcess &program() { return m_program; }
    // The accessibility bus (org.a11y.Bus), where programs and screen readers meet.
    QDBusConnection bus() const { return QDBusConnection(m_name); }

private:
    bool fail(const QString &what, const QProcess &process);
    bool startServer();
    bool startSessionBus();
    bool findAccessibilityBus();

    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
    QProcess m_server;
    QProcess m_session;
    QProcess m_program;
    QString m_sessionAddress;
    const QString m_name = QStringLiteral("kdra-test-accessibility");
    QString m_error;
};

} // namespace kdra::test
