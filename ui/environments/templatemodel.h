// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"
#include "ui/environments/unreviewedtemplates.h"

#include <QAbstractListModel>

namespace kdra::ui {

// A template that was refused, and why.
struct TemplateProblem {
    QString origin; // folder, "ConfigMap team/web"
    QString text; // the reason, with file and line
    bool operator==(const TemplateProblem &) const = default;
};

// Templates by category, each category under a heading, and at the end what was refused. GUI thread.
class TemplateModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum class RowKind : quint8 { Heading, Template, Problem };
    Q_ENUM(RowKind)
    enum Role {
        KindRole = Qt::UserRole,
        IdRole,
        DescriptionRole, // one line
        BadgesRole,
        SourceRole,
        UnreviewedRole, // created without review
    };

    using QAbstractListModel::QAbstractListModel;

    void setTemplates(const QList<environments::TemplatePtr> &templates, const QList<TemplateProblem> &problems);
    // Only what has all of the words in it; empty: everything.
    void setFilter(const QString &text);
    // Without the filter.
    bool isEmpty() const { return m_templates.isEmpty() && m_problems.isEmpty(); }

    RowKind kind(int row) const { return m_rows[row].kind; }
    // Null for headings and problems.
    environments::TemplatePtr at(int row) const { return m_rows[row].of; }
    // Whether the template is created without review, as the user chose; kept in the settings.
    bool isUnreviewed(const environments::Template &of) const { return m_unreviewed.contains(of); }
    void setUnreviewed(const environments::Template &of, bool unreviewed);
    // -1: not shown.
    int rowOf(const QString &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

private:
    struct Row {
        RowKind kind = RowKind::Heading;
        int rank = 0; // of its category; problems come last
        QString heading; // the category's name
        environments::TemplatePtr of = {};
        TemplateProblem problem = {};

        QString title() const;
    };
    static int compare(const Row &a, const Row &b);
    QList<Row> wanted() const;
    void update();

    QList<environments::TemplatePtr> m_templates;
    QList<TemplateProblem> m_problems;
    QString m_filter;
    UnreviewedTemplates m_unreviewed;
    QList<Row> m_rows;
};

} // namespace kdra::ui
