// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/clustermarks.h"
#include "store/clusterstore.h"
#include "ui/common/theme.h"

#include <QFrame>

class QLabel;

namespace kdra::ui {

class ElidedLabel;
class GlyphLabel;

// An open cluster as its pane tells of it.
struct ClusterState {
    int id = 0; // its own while it is open; never 0
    QString name;
    kube::Marks marks;
    store::ClusterStore::Connection connection = store::ClusterStore::Connection::Connecting;
    std::optional<Error> error; // why it is not connected
    store::SnapshotPtr snapshot; // never null
};

// The strip over a cluster's pane: its name, how fresh it is, what is in it, how it is marked. GUI thread.
class ClusterHeader : public QFrame {
    Q_OBJECT
public:
    explicit ClusterHeader(Theme &theme, QWidget *parent = nullptr);

    void setState(const ClusterState &state);
    // The cluster that everything else in the window speaks of.
    void setCurrent(bool current);
    // What a batch changes without the states of kinds: the numbers. Cheap.
    void setCounts(const store::SnapshotPtr &snapshot, quint32 failingPods);
    // Its words change with time alone, and have to be asked for again every second: updateFreshness().
    bool ages() const { return m_ages; }
    void updateFreshness();

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateWords();
    void fitMarks();
    void updateCounts();
    void updateMarks();
    void updateAccessible();

    Theme &m_theme;
    ClusterState m_state;
    quint32 m_failing = 0;
    bool m_current = false;
    bool m_ages = false;
    ElidedLabel *m_name;
    GlyphLabel *m_freshnessGlyph;
    QLabel *m_freshness;
    ElidedLabel *m_counts;
    GlyphLabel *m_failingGlyph;
    QLabel *m_failingText;
    QLabel *m_productionIcon;
    QLabel *m_readOnlyIcon;
    QLabel *m_marks; // in words, where there is room for them
};

} // namespace kdra::ui
