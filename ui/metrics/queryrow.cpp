// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/queryrow.h"

#include "metrics/answerparser.h"
#include "metrics/promqlscan.h"
#include "ui/common/icons.h"
#include "ui/common/widgets.h"
#include "ui/metrics/promqledit.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

constexpr int legendWidth = 190;

} // namespace

QueryRow::QueryRow(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_switch(new QToolButton)
    , m_edit(new PromqlEdit(theme))
    , m_legend(new QLineEdit)
    , m_remove(new QToolButton)
    , m_strip(new QFrame)
    , m_problem(makeLabel(theme, Theme::FontRole::Small))
{
    m_switch->setCheckable(true);
    m_switch->setChecked(true);
    m_switch->setFont(theme.font(Theme::FontRole::Strong));
    m_switch->setFixedSize(34, 28);
    m_legend->setPlaceholderText(tr("Legend: {{instance}}"));
    m_legend->setAccessibleName(tr("Names of the series"));
    m_legend->setToolTip(tr("How the series are called. {{instance}} stands for the value of the label “instance”."));
    m_legend->setFixedWidth(legendWidth);
    m_remove->setObjectName(u"quiet"_s);
    m_remove->setIcon(icon(theme, u"list-remove"_s));

    m_problem->setObjectName(u"failing"_s);
    m_problem->setWordWrap(true);
    auto *glyph = new GlyphLabel(theme);
    glyph->setSeverity(store::Severity::Failing);
    auto *strip = new QHBoxLayout(m_strip);
    strip->setContentsMargins(m_switch->width() + Metrics::space2, 2, 0, 2);
    strip->setSpacing(Metrics::space1);
    strip->addWidget(glyph, 0, Qt::AlignTop);
    strip->addWidget(m_problem, 1);
    m_strip->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(Metrics::space2);
    row->addWidget(m_switch, 0, Qt::AlignTop);
    row->addWidget(m_edit, 1, Qt::AlignTop);
    row->addWidget(m_legend, 0, Qt::AlignTop);
    row->addWidget(m_remove, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_strip);

    connect(m_switch, &QToolButton::toggled, this, [this](bool on) {
        m_edit->setEnabled(on);
        m_legend->setEnabled(on);
        setRefId(m_refId);
        Q_EMIT changed();
    });
    connect(m_edit, &PromqlEdit::runRequested, this, &QueryRow::runRequested);
    connect(m_legend, &QLineEdit::returnPressed, this, &QueryRow::runRequested);
    connect(m_remove, &QToolButton::clicked, this, &QueryRow::removeRequested);
    connect(m_legend, &QLineEdit::textChanged, this, &QueryRow::changed);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        // What was said was said about another query.
        setError({});
        Q_EMIT changed();
    });
}

void QueryRow::setRefId(const QString &refId)
{
    m_refId = refId;
    m_switch->setText(refId);
    m_switch->setAccessibleName(
        m_switch->isChecked() ? tr("Switch query %1 off").arg(refId) : tr("Switch query %1 on").arg(refId));
    m_switch->setToolTip(m_switch->accessibleName());
    m_remove->setAccessibleName(tr("Remove query %1").arg(refId));
    m_remove->setToolTip(m_remove->accessibleName());
    m_edit->setAccessibleName(tr("Query %1").arg(refId));
}

metrics::Query QueryRow::query() const
{
    return {.refId = m_refId, .expr = m_edit->query(), .legend = m_legend->text(), .hidden = !m_switch->isChecked()};
}

void QueryRow::setQuery(const metrics::Query &query)
{
    m_edit->setQuery(query.expr);
    m_legend->setText(query.legend);
    m_switch->setChecked(!query.hidden);
}

void QueryRow::setError(const std::optional<Error> &error, const QString &asked)
{
    const auto position = error ? metrics::queryPosition(*error) : std::nullopt;
    // Where it is wrong is seen; that it is to be corrected there goes without saying.
    m_problem->setText(!error ? QString() : position ? error->what : (error->what + u' ' + error->remedy).trimmed());
    m_strip->setVisible(error.has_value());
    m_edit->setAccessibleDescription(m_problem->text());
    if (!position) {
        m_edit->setErrorAt({});
        return;
    }
    const qsizetype at = metrics::placeOf(asked, position->line, position->column, error->what);
    m_edit->setErrorAt(metrics::placeInWritten(m_edit->query(), asked, at));
}

QString QueryRow::problem() const
{
    return m_problem->text();
}

void QueryRow::setRemovable(bool removable)
{
    m_remove->setVisible(removable);
}

} // namespace kdra::ui
