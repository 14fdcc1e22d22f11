// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/spec.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace kdra::ui {

class Theme;

// Whom the environment's pods may talk to, and the name under which a browser finds it.
class NetworkBox : public QWidget {
    Q_OBJECT
public:
    // `ingress`: the template makes one, so that a host name is asked for.
    NetworkBox(const Theme &theme, bool ingress, QWidget *parent = nullptr);

    void setNetwork(environments::Network network);
    environments::Network network() const;
    void setHost(const QString &host);
    QString host() const;
    QString problem() const;
    // The network is settled: only the host name is asked for.
    void fixNetwork();

    QComboBox &choices() const { return *m_choices; }
    // Hidden when there is no ingress.
    QLineEdit &hostEdit() const { return *m_host; }

Q_SIGNALS:
    void changed();

private:
    void update();

    const bool m_ingress;
    QComboBox *m_choices;
    QLabel *m_explanation;
    QLabel *m_hostTitle;
    QLineEdit *m_host;
    QLabel *m_problem;
};

} // namespace kdra::ui
