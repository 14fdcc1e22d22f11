// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions/preview.h"
#include "ui/actions/actiondialog.h"

#include <QStandardItemModel>

class QTableView;

namespace kdra::ui {

// Labels or annotations of one object as a table of keys and values that can be edited.
class MetadataDialog : public ActionDialog {
    Q_OBJECT
public:
    MetadataDialog(const ActionContext &context, actions::Order order, QWidget *parent);

    QStandardItemModel &rows() { return m_rows; }
    // An empty row at the end, being edited.
    void addRow();

private:
    void fill(const QMap<QString, QString> &seen);
    void judge();
    bool editsLabels();

    QStandardItemModel m_rows; // key, value
    QTableView *m_table;
    QMap<QString, QString> m_seen;
    bool m_known = false;
};

} // namespace kdra::ui
