// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "models/querycompletion.h"
#include "models/recordtablemodel.h"

#include <QCompleter>
#include <QElapsedTimer>
#include <QStringListModel>

namespace kdra::ui {

class QueryEdit;

// Completes a query while it is typed: keys of columns, values that the cluster has, and queries of before. Values are
// looked for on a worker.
class QueryCompleter : public QObject {
    Q_OBJECT
public:
    QueryCompleter(QueryEdit &edit, const models::RecordTableModel &model);
    ~QueryCompleter() override;

    // What is offered at the moment; empty while the popup is closed.
    QStringList offered() const;
    QCompleter &completer() { return m_completer; }

private:
    void follow();
    void offerValues(const models::QueryPlace &place);
    void offer(const QStringList &choices);
    void showHistory();
    void choose(const QString &choice);

    QueryEdit &m_edit;
    const models::RecordTableModel &m_model;
    std::shared_ptr<const models::TableSchema> m_schema;
    QCompleter m_completer;
    QStringListModel m_choices;
    models::QueryPlace m_place;
    bool m_wholeText = false; // a query of before replaces everything

    Latest m_latest;
    QFuture<QStringList> m_future;
    int m_valuesOf = -1; // the column whose values are known
    QStringList m_values;
    QElapsedTimer m_age;
};

} // namespace kdra::ui
