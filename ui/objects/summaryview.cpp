// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/summaryview.h"

#include "models/format.h"
#include "store/nodeproblem.h"
#include "ui/common/widgets.h"
#include "ui/objects/inspectorlinks.h"
#include "ui/objects/inspectorreport.h"
#include "ui/objects/sectionview.h"

#include <QGridLayout>
#include <QHBoxLayout>

namespace kdra::ui {

namespace {

// Of a value in the panel at its narrowest.
constexpr int narrowestValue = 110;

// Conditions that are good when false: all but these.
bool isGood(const models::Condition &condition)
{
    static const QStringList goodWhenFalse = {QStringLiteral("MemoryPressure"), QStringLiteral("DiskPressure"),
        QStringLiteral("PIDPressure"), QStringLiteral("NetworkUnavailable"), QStringLiteral("ReplicaFailure"),
        QStringLiteral("Failed"), QStringLiteral("DisruptionTarget"), QStringLiteral("Dangling")};
    const bool badWhenTrue =
        goodWhenFalse.contains(condition.type) || store::isNodeProblem(condition.type.toStdString());
    return (condition.status == QLatin1StringView("True")) != badWhenTrue;
}

} // namespace

SummaryView::SummaryView(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_wrong(new QFrame)
    , m_causes(new LinkList(theme))
    , m_message(makeLabel(theme, Theme::FontRole::Body))
    , m_facts(new QGridLayout)
    , m_requested(new SectionView(theme))
    , m_records(new SectionView(theme))
    , m_details(new SectionView(theme))
    , m_relatedTitle(makeSectionTitle(theme, tr("Related")))
    , m_related(new LinkList(theme))
    , m_more(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_conditionsTitle(makeSectionTitle(theme, tr("Conditions")))
    , m_conditions(new QVBoxLayout)
{
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(Metrics::space4, Metrics::space3, Metrics::space4, Metrics::space4);
    column->setSpacing(Metrics::space2);
    m_message->setWordWrap(true);
    m_facts->setHorizontalSpacing(Metrics::space3);
    m_facts->setVerticalSpacing(Metrics::space1 + 2);
    m_facts->setColumnStretch(1, 1);
    m_conditions->setSpacing(Metrics::space2);
    m_wrong->setObjectName(QStringLiteral("card"));
    m_wrong->setAccessibleName(tr("What is wrong"));
    auto *card = new QVBoxLayout(m_wrong);
    card->setContentsMargins(Metrics::space2, Metrics::space1, Metrics::space2, Metrics::space2);
    card->setSpacing(0);
    QLabel *title = makeSectionTitle(theme, tr("What is wrong"));
    title->setIndent(Metrics::space1);
    card->addWidget(title);
    card->addWidget(m_causes);
    m_causes->setObjectName(QStringLiteral("causes"));
    m_related->setObjectName(QStringLiteral("related"));
    m_related->setAccessibleName(tr("Related objects"));
    column->addWidget(m_wrong);
    column->addWidget(m_message);
    column->addLayout(m_facts);
    column->addWidget(m_requested);
    column->addWidget(m_records);
    column->addWidget(m_relatedTitle);
    column->addWidget(m_related);
    column->addWidget(m_more);
    column->addWidget(m_details);
    column->addWidget(m_conditionsTitle);
    column->addLayout(m_conditions);
    column->addStretch(1);
    setWidget(content);
    m_conditionsTitle->hide();
    for (QWidget *part : {static_cast<QWidget *>(m_wrong), static_cast<QWidget *>(m_relatedTitle),
             static_cast<QWidget *>(m_related), static_cast<QWidget *>(m_more)})
        part->hide();
    connect(m_causes, &LinkList::followed, this, &SummaryView::followed);
    connect(m_related, &LinkList::followed, this, &SummaryView::followed);
    connect(m_records, &SectionView::followed, this, &SummaryView::followed);
}

void SummaryView::setSummary(const models::Summary &summary)
{
    m_message->setText(summary.message);
    m_explains = !summary.message.isEmpty() && summary.severity >= store::Severity::Warning;
    showMessage();
    m_requested->setSections(summary.sections);
    m_records->refreshAges();
    m_details->refreshAges();
    // Labels are kept and refilled: a summary is told again with each batch that touches the object.
    while (m_rows.size() < summary.facts.size()) {
        QLabel *label = makeLabel(m_theme, Theme::FontRole::Body, {}, true);
        QLabel *value = makeLabel(m_theme, Theme::FontRole::Body);
        label->setFixedWidth(124);
        label->setWordWrap(true);
        value->setWordWrap(true);
        value->setMinimumWidth(40);
        const int row = static_cast<int>(m_rows.size());
        m_facts->addWidget(label, row, 0, Qt::AlignTop);
        m_facts->addWidget(value, row, 1, Qt::AlignTop);
        m_rows.emplace_back(label, value);
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const auto &[label, value] = m_rows[i];
        const bool used = i < summary.facts.size();
        label->setVisible(used);
        value->setVisible(used);
        if (used && label->text() != summary.facts[i].label)
            label->setText(summary.facts[i].label);
        if (!used)
            continue;
        const QString text = breakable(summary.facts[i].value, value->fontMetrics(), narrowestValue);
        if (value->text() != text)
            value->setText(text);
    }
}

void SummaryView::setReport(const ObjectReport &report)
{
    QList<LinkLine::Content> causes;
    for (const relations::Cause &cause : report.causes)
        causes.append({.item = cause.item, .text = cause.text, .before = {}, .severity = cause.severity});
    m_causes->setLines(causes);
    m_wrong->setVisible(!causes.isEmpty());
    m_records->setSections(report.sections);
    showMessage();

    QList<LinkLine::Content> related;
    for (const RelatedEntry &object : report.related)
        related.append({.item = object.item,
            .text = object.name,
            .before = models::kindTitle(object.item.kind),
            .severity = std::nullopt});
    m_related->setLines(related);
    m_relatedTitle->setVisible(!related.isEmpty());
    m_more->setText(tr("+%n more", nullptr, report.more));
    m_more->setVisible(report.more > 0);
}

void SummaryView::setDetails(const models::Sections &sections)
{
    m_details->setSections(sections);
}

void SummaryView::showMessage()
{
    // The chain of causes says the same, and more.
    m_message->setVisible(m_explains && m_wrong->isHidden());
}

void SummaryView::setConditions(const QList<models::Condition> &conditions)
{
    if (conditions == m_shown)
        return;
    m_shown = conditions;
    while (QLayoutItem *item = m_conditions->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_conditionsTitle->setVisible(!conditions.isEmpty());
    for (const models::Condition &condition : conditions) {
        auto *line = new QWidget;
        auto *grid = new QGridLayout(line);
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setHorizontalSpacing(Metrics::space2);
        grid->setVerticalSpacing(2);
        auto *glyph = new GlyphLabel(m_theme);
        const bool unknown = condition.status == QLatin1StringView("Unknown");
        const store::Severity severity = unknown ? store::Severity::Unknown
            : isGood(condition)                  ? store::Severity::Healthy
                                                 : store::Severity::Warning;
        glyph->setSeverity(severity);
        grid->addWidget(glyph, 0, 0, Qt::AlignVCenter);
        grid->addWidget(makeLabel(m_theme, Theme::FontRole::Body, condition.type), 0, 1);
        // In words, too: "True" is good of Ready and bad of MemoryPressure.
        glyph->setAccessibleName(models::severityName(severity));
        QLabel *since = makeLabel(m_theme, Theme::FontRole::Small,
            QStringLiteral("%1 · %2").arg(condition.status, models::age(condition.since, models::nowSeconds())), true);
        since->setToolTip(models::exactTime(condition.since));
        grid->addWidget(since, 0, 2, Qt::AlignRight);
        grid->setColumnStretch(1, 1);
        const QString why = condition.message.isEmpty() ? condition.reason : condition.message;
        if (!why.isEmpty()) {
            QLabel *text = makeLabel(m_theme, Theme::FontRole::Small, why, true);
            text->setWordWrap(true);
            grid->addWidget(text, 1, 1, 1, 2);
        }
        m_conditions->addWidget(line);
    }
}

} // namespace kdra::ui
