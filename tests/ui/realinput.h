// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QDeadlineTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>
#include <QWidget>

namespace kdra::tests {

// A real mouse in a real X server: the offscreen platform has no drags. Make the server before the application.
class XServer {
public:
    XServer()
    {
        using namespace Qt::StringLiterals;
        if (QStandardPaths::findExecutable(u"Xvfb"_s).isEmpty())
            return;
        // The server picks a free display and tells it on its standard output.
        m_server.start(
            u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1280x800x24"_s, u"-nolisten"_s, u"tcp"_s});
        while (!m_server.canReadLine() && m_server.waitForReadyRead(20000)) { }
        if (m_server.canReadLine()) {
            qputenv("DISPLAY", ':' + m_server.readLine().trimmed());
            qputenv("QT_QPA_PLATFORM", "xcb");
        }
    }
    ~XServer()
    {
        m_server.terminate();
        m_server.waitForFinished(10000);
    }

    // What to skip a test with; empty when there can be real input.
    static QString obstacle()
    {
        const bool complete = !QStandardPaths::findExecutable(QStringLiteral("xdotool")).isEmpty()
            && QGuiApplication::platformName() == QLatin1StringView("xcb");
        return complete ? QString() : QStringLiteral("Xvfb and xdotool are needed for real input.");
    }

private:
    QProcess m_server;
};

struct InputStep {
    QStringList input; // of xdotool
    std::function<bool()> reached; // what comes of it
    // Instead of the input, where that is known only when it comes to this step.
    std::function<QStringList()> later = {};
};

inline QStringList moveTo(const QWidget &widget, QPoint point)
{
    const QPoint global = widget.mapToGlobal(point);
    return {QStringLiteral("mousemove"), QString::number(global.x()), QString::number(global.y())};
}

// Takes each step when the one before has had its effect; by timer, since a drag has an event loop of its own.
inline bool follow(QList<InputStep> steps, int deadlineMs = 120000)
{
    QTimer timer;
    QProcess tool;
    bool sent = false;
    QDeadlineTimer deadline(deadlineMs);
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        if (steps.isEmpty() || tool.state() != QProcess::NotRunning)
            return;
        // A drag that waits for its end would wait for ever.
        if (deadline.hasExpired()) {
            timer.stop();
            tool.start(QStringLiteral("xdotool"), {QStringLiteral("mouseup"), QStringLiteral("1")});
            return;
        }
        if (!std::exchange(sent, true)) {
            tool.start(QStringLiteral("xdotool"), steps.front().later ? steps.front().later() : steps.front().input);
        } else if (steps.front().reached()) {
            steps.removeFirst();
            sent = false;
        }
    });
    timer.start(10);
    const bool followed = QTest::qWaitFor([&] { return steps.isEmpty(); }, deadlineMs);
    tool.waitForFinished(30000);
    return followed;
}

// From pressing the button on this point to the first pixels of a drag.
inline QList<InputStep> beginDrag(const QWidget &widget, QPoint from)
{
    const auto always = [] { return true; };
    return {{moveTo(widget, from), [&widget, from] { return widget.mapFromGlobal(QCursor::pos()) == from; }},
        {{QStringLiteral("mousedown"), QStringLiteral("1")},
            [] { return QApplication::mouseButtons() == Qt::LeftButton; }},
        {moveTo(widget, from + QPoint(6, 3)), always}, {moveTo(widget, from + QPoint(40, 6)), always}};
}

// A click in the middle of it, and what comes of that.
inline bool clickOn(const QWidget &widget, const std::function<bool()> &reached)
{
    const QPoint middle = widget.rect().center();
    return follow({{moveTo(widget, middle), [&] { return widget.mapFromGlobal(QCursor::pos()) == middle; }},
        {{QStringLiteral("click"), QStringLiteral("1")}, reached}});
}

} // namespace kdra::tests
