// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/alerts.h"
#include "store/records.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace kdra::ui {

// Alerts in groups, kept up by what differs: what is selected, open and scrolled to stays through a refresh. GUI
// thread.
class AlertModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum class Grouping : quint8 { Severity, Name, Place };
    enum Column { Name, State, Severity, Place, Since, Summary, ColumnCount };

    explicit AlertModel(QObject *parent = nullptr);
    ~AlertModel() override;

    // Groups stand in the order of their first alerts, alerts as given. `now`: milliseconds since the epoch.
    void setAlerts(const QList<metrics::Alert> &alerts, Grouping grouping, qint64 now);
    // Ages count from here.
    void setNow(qint64 now);

    // Null for a group and for what is not there.
    const metrics::Alert *alert(const QModelIndex &index) const;
    // Invalid when it is not among them.
    QModelIndex indexOf(const QString &id) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Group {
        QString id;
        QString title;
        store::Severity glyph = store::Severity::Unknown;
        std::vector<metrics::Alert> alerts;
    };

    static Group groupFor(const metrics::Alert &alert, Grouping grouping);
    QVariant groupData(const Group &group, int column, int role) const;
    void updateGroup(int row, Group &&wanted);

    std::vector<std::unique_ptr<Group>> m_groups;
    qint64 m_now = 0;
};

} // namespace kdra::ui
