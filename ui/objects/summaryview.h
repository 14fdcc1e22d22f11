// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/objectloader.h"
#include "models/summary.h"

#include <QScrollArea>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace kdra::ui {

class Theme;

// The facts and conditions of one object.
class SummaryView : public QScrollArea {
    Q_OBJECT
public:
    explicit SummaryView(const Theme &theme, QWidget *parent = nullptr);

    void setSummary(const models::Summary &summary);
    void setConditions(const QList<models::Condition> &conditions);

private:
    const Theme &m_theme;
    QLabel *m_message;
    QGridLayout *m_facts;
    QLabel *m_conditionsTitle;
    QVBoxLayout *m_conditions;
    QList<std::pair<QLabel *, QLabel *>> m_rows;
    QList<models::Condition> m_shown;
};

} // namespace kdra::ui
