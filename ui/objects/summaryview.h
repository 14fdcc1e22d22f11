// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/objectloader.h"
#include "models/summary.h"

#include <QScrollArea>

class QFrame;
class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace kdra::ui {

class LinkList;
class SectionView;
class Theme;
struct ObjectReport;

// What is wrong with one object, its facts, what it has to do with, and its conditions.
class SummaryView : public QScrollArea {
    Q_OBJECT
public:
    explicit SummaryView(const Theme &theme, QWidget *parent = nullptr);

    void setSummary(const models::Summary &summary);
    void setConditions(const QList<models::Condition> &conditions);
    void setReport(const ObjectReport &report);
    // What the fetched object says beyond its record.
    void setDetails(const models::Sections &sections);

Q_SIGNALS:
    // The user wants to look at another object.
    void followed(const kdra::store::Item &item);

private:
    void showMessage();

    const Theme &m_theme;
    QFrame *m_wrong;
    LinkList *m_causes;
    QLabel *m_message;
    QGridLayout *m_facts;
    SectionView *m_requested;
    SectionView *m_records;
    SectionView *m_details;
    QLabel *m_relatedTitle;
    LinkList *m_related;
    QLabel *m_more;
    QLabel *m_conditionsTitle;
    QVBoxLayout *m_conditions;
    QList<std::pair<QLabel *, QLabel *>> m_rows;
    QList<models::Condition> m_shown;
    bool m_explains = false; // the message says why the object is not well
};

} // namespace kdra::ui
