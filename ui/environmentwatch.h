// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "environments/environment.h"
#include "environments/library.h"
#include "environments/reapers.h"

#include <QObject>
#include <QTimer>

namespace kdra::ui {

class Session;

// What the current cluster knows of environments: the environments themselves, the templates that are shared in it, and
// whether something in it takes away what has expired. Follows the watches; looks on a worker. GUI thread.
class EnvironmentWatch : public QObject {
    Q_OBJECT
public:
    EnvironmentWatch(Session &session, environments::TemplateLibrary &library, QObject *parent = nullptr);

    const QList<environments::Environment> &environments() const { return m_environments; }
    // They have been looked for since the cluster was shown.
    bool isKnown() const { return m_known; }
    // Nothing while it is not known.
    const std::optional<environments::Reaping> &reaping() const { return m_reaping; }

Q_SIGNALS:
    void changed();

private:
    void apply(const store::Batch &batch);
    void look();
    void fetchTemplates();
    void reset();

    Session &m_session;
    environments::TemplateLibrary &m_library;
    QList<environments::Environment> m_environments;
    bool m_known = false;
    std::optional<environments::Reaping> m_reaping;
    QTimer m_due;
    QTimer m_clock; // states depend on the time, too
    Latest m_looks;
    Latest m_fetches;
};

} // namespace kdra::ui
