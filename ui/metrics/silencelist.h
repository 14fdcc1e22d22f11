// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/alerts.h"

#include <QAbstractTableModel>
#include <QWidget>

class QLabel;
class QPushButton;
class QTreeView;

namespace kdra::ui {

class Theme;

// The silences that are in force. Kept up by what differs.
class SilenceModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Matchers, Alerts, Until, Creator, Comment, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    // `alerts`: how many of the alerts each silences is counted among them. `now`: milliseconds since the epoch.
    void setSilences(const QList<metrics::Silence> &silences, const QList<metrics::Alert> &alerts, qint64 now);
    const metrics::Silence *silence(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        metrics::Silence silence;
        int alerts = 0;
    };
    std::vector<Row> m_rows;
    qint64 m_now = 0;
};

// The same with a heading, and a button that ends one.
class SilenceList : public QWidget {
    Q_OBJECT
public:
    explicit SilenceList(const Theme &theme, QWidget *parent = nullptr);

    void setSilences(const QList<metrics::Silence> &silences, const QList<metrics::Alert> &alerts, qint64 now);
    // Why nothing may be changed; empty: it may.
    void setSilencingProblem(const QString &problem);

    SilenceModel &model() const { return *m_model; }
    QTreeView &view() const { return *m_view; }
    QPushButton &expireButton() const { return *m_expire; }
    QPushButton &newButton() const { return *m_new; }

Q_SIGNALS:
    void expireRequested(const QStringList &ids);
    void newRequested();

private:
    void updateButtons();

    SilenceModel *m_model;
    QTreeView *m_view;
    QLabel *m_title;
    QPushButton *m_new;
    QPushButton *m_expire;
    QString m_problem;
};

} // namespace kdra::ui
