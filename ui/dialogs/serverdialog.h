// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QUrl>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace kdra::ui {

class Theme;

// Connect by URL and token.
class ServerDialog : public QDialog {
    Q_OBJECT
public:
    explicit ServerDialog(const Theme &theme, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QUrl &server, const QString &token, const QString &caFile, bool insecure);

private:
    QUrl server() const;
    void validate();

    QLineEdit *m_url;
    QLineEdit *m_token;
    QLineEdit *m_ca;
    QCheckBox *m_insecure;
    QPushButton *m_connect;
};

} // namespace kdra::ui
