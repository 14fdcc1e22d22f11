// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/options.h"

#include <QObject>
#include <QTimer>

namespace kdra {
struct Error;
}

namespace kdra::ui {

class MainWindow;
class Session;

// Runs without anybody in front: waits until everything is loaded, takes the pictures, ends.
// Exit status 0 when it connected, 1 when not.
class Unattended : public QObject {
    Q_OBJECT
public:
    Unattended(Session &session, MainWindow &window, Options options);

private:
    void synced();
    void selectWorst();
    void nextPicture();
    void fail(const QString &why);
    bool shoot(const QString &name);

    Session &m_session;
    MainWindow &m_window;
    Options m_options;
    QTimer m_deadline;
    int m_page = 0;
    int m_waits = 0;
};

} // namespace kdra::ui
