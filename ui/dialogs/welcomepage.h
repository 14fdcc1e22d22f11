// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QPushButton;

namespace kdra::ui {

class Banner;
class Theme;

// The first thing anybody sees without a kubeconfig: three doors.
class WelcomePage : public QFrame {
    Q_OBJECT
public:
    explicit WelcomePage(const Theme &theme, QWidget *parent = nullptr);

    void tellError(const QString &text);
    void clearError();
    // While something is being opened the doors are shut.
    void setBusy(bool busy);

    QPushButton &demoButton() const { return *m_demo; }
    QPushButton &fileButton() const { return *m_file; }
    QPushButton &serverButton() const { return *m_server; }

Q_SIGNALS:
    void demoRequested();
    void kubeconfigRequested(const QString &file);
    void serverRequested();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QPushButton *addDoor(QHBoxLayout &row, const QString &iconName, const QString &title, const QString &text,
        const QString &button, bool primary);

    const Theme &m_theme;
    Banner *m_banner;
    QPushButton *m_demo = nullptr;
    QPushButton *m_file = nullptr;
    QPushButton *m_server = nullptr;
};

} // namespace kdra::ui
