// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/templatemodel.h"

#include "environments/dropadvice.h"
#include "ui/environments/templatewords.h"

#include <QMimeData>

#include <algorithm>

namespace kdra::ui {

using environments::Template;
using environments::TemplatePtr;

namespace {

constexpr int lastRank = 100;

bool hasWords(const QString &text, const QStringList &words)
{
    return std::ranges::all_of(words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

QString searched(const Template &of)
{
    return (QStringList{of.title, of.name, of.description, categoryName(of.category)} + of.tags + templateBadges(of)
        + QStringList{sourceName(of.source)})
        .join(u'\n');
}

} // namespace

QString TemplateModel::Row::title() const
{
    switch (kind) {
    case RowKind::Heading:
        return heading;
    case RowKind::Template:
        return of->title;
    case RowKind::Problem:
        return problem.origin;
    }
    return {};
}

void TemplateModel::setTemplates(const QList<TemplatePtr> &templates, const QList<TemplateProblem> &problems)
{
    m_templates = templates;
    m_problems = problems;
    update();
}

void TemplateModel::setFilter(const QString &text)
{
    if (m_filter == text)
        return;
    m_filter = text;
    update();
}

int TemplateModel::rowOf(const QString &id) const
{
    const auto it = std::ranges::find_if(m_rows, [&](const Row &row) { return row.of && row.of->id == id; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

void TemplateModel::setUnreviewed(const Template &of, bool unreviewed)
{
    m_unreviewed.set(of, unreviewed);
    if (const int row = rowOf(of.id); row >= 0)
        Q_EMIT dataChanged(index(row), index(row), {UnreviewedRole, Qt::ToolTipRole, Qt::AccessibleTextRole});
}

// Negative: a comes first; 0: it is the same row, perhaps with other content.
int TemplateModel::compare(const Row &a, const Row &b)
{
    if (a.rank != b.rank)
        return a.rank - b.rank;
    if (const int order = QString::localeAwareCompare(a.heading, b.heading))
        return order;
    if ((a.kind == RowKind::Heading) != (b.kind == RowKind::Heading))
        return a.kind == RowKind::Heading ? -1 : 1;
    if (a.kind == RowKind::Heading)
        return 0;
    if (const int order = QString::localeAwareCompare(a.title(), b.title()))
        return order;
    return a.of && b.of ? a.of->id.compare(b.of->id) : a.problem.text.compare(b.problem.text);
}

QList<TemplateModel::Row> TemplateModel::wanted() const
{
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    QList<Row> rows;
    for (const TemplatePtr &of : m_templates) {
        if (hasWords(searched(*of), words))
            rows.push_back({RowKind::Template, categoryRank(of->category), categoryName(of->category), of});
    }
    for (const TemplateProblem &problem : m_problems) {
        if (hasWords(problem.origin + u'\n' + problem.text, words))
            rows.push_back({RowKind::Problem, lastRank, tr("Cannot be used"), {}, problem});
    }
    QList<Row> headings;
    for (const Row &row : std::as_const(rows)) {
        const Row heading{RowKind::Heading, row.rank, row.heading};
        if (std::ranges::none_of(headings, [&](const Row &other) { return !compare(heading, other); }))
            headings.push_back(heading);
    }
    rows += headings;
    std::ranges::sort(rows, [](const Row &a, const Row &b) { return compare(a, b) < 0; });
    const auto repeated = std::ranges::unique(rows, [](const Row &a, const Row &b) { return !compare(a, b); });
    rows.erase(repeated.begin(), repeated.end());
    return rows;
}

// Both lists are in the same order: what only one of them has comes or goes in blocks, the rest may have changed.
void TemplateModel::update()
{
    const QList<Row> next = wanted();
    int at = 0; // in m_rows
    int from = 0; // in next
    while (at < m_rows.size() || from < next.size()) {
        int gone = at;
        while (gone < m_rows.size() && (from == next.size() || compare(m_rows[gone], next[from]) < 0))
            ++gone;
        if (gone > at) {
            beginRemoveRows({}, at, gone - 1);
            m_rows.remove(at, gone - at);
            endRemoveRows();
            continue;
        }
        int to = from;
        while (to < next.size() && (at == m_rows.size() || compare(next[to], m_rows[at]) < 0))
            ++to;
        if (to > from) {
            beginInsertRows({}, at, at + to - from - 1);
            for (int i = from; i < to; ++i)
                m_rows.insert(at + i - from, next[i]);
            endInsertRows();
            at += to - from;
            from = to;
            continue;
        }
        const bool changed = m_rows[at].of != next[from].of;
        m_rows[at] = next[from];
        if (changed)
            Q_EMIT dataChanged(index(at), index(at));
        ++at;
        ++from;
    }
}

int TemplateModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TemplateModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return row.title();
    case KindRole:
        return QVariant::fromValue(row.kind);
    default:
        break;
    }
    if (row.kind == RowKind::Problem) {
        switch (role) {
        case DescriptionRole:
        case Qt::AccessibleDescriptionRole:
            return row.problem.text;
        case Qt::ToolTipRole:
            return QStringLiteral("<p><b>%1</b></p><p>%2</p>")
                .arg(row.problem.origin.toHtmlEscaped(), row.problem.text.toHtmlEscaped());
        case Qt::AccessibleTextRole:
            return tr("Template %1 cannot be used: %2").arg(row.problem.origin, row.problem.text);
        default:
            return {};
        }
    }
    if (!row.of)
        return {};
    const Template &of = *row.of;
    switch (role) {
    case IdRole:
        return of.id;
    case DescriptionRole:
    case Qt::AccessibleDescriptionRole:
        return of.description;
    case BadgesRole:
        return templateBadges(of);
    case SourceRole:
        return sourceName(of.source);
    case UnreviewedRole:
        return isUnreviewed(of);
    case Qt::ToolTipRole: {
        QString text = QStringLiteral("<p><b>%1</b> %2</p><p>%3</p>")
                           .arg(of.title.toHtmlEscaped(), of.version.toHtmlEscaped(), of.description.toHtmlEscaped());
        if (of.source != environments::Source::BuiltIn)
            text += QStringLiteral("<p>%1</p>").arg(of.origin.toHtmlEscaped());
        if (isUnreviewed(of))
            text += QStringLiteral("<p>%1</p>").arg(tr("Created without review").toHtmlEscaped());
        return text;
    }
    case Qt::AccessibleTextRole: {
        const QStringList facts = templateBadges(of)
            + QStringList{sourceName(of.source), isUnreviewed(of) ? tr("created without review") : QString()};
        QStringList all{of.title};
        for (const QString &fact : facts) {
            if (!fact.isEmpty())
                all += fact;
        }
        return all.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

Qt::ItemFlags TemplateModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    switch (kind(index.row())) {
    case RowKind::Heading:
        return Qt::ItemNeverHasChildren;
    case RowKind::Template:
        return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
    case RowKind::Problem:
        return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    }
    return Qt::NoItemFlags;
}

QStringList TemplateModel::mimeTypes() const
{
    return {QString(environments::templateMimeType)};
}

QMimeData *TemplateModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty() || !at(indexes.front().row()))
        return nullptr;
    auto *data = new QMimeData;
    data->setData(environments::templateMimeType, at(indexes.front().row())->id.toUtf8());
    return data;
}

} // namespace kdra::ui
