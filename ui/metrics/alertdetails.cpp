// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/alertdetails.h"

#include "ui/common/icons.h"
#include "ui/common/widgets.h"
#include "ui/metrics/alertwords.h"

#include <QDesktopServices>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace kdra::ui {

namespace {

// A description may be a novel; a label's value is cut by nobody.
constexpr qsizetype longestText = 4000;

QString cut(const QString &text)
{
    return text.size() > longestText ? text.first(longestText) + u'…' : text;
}

// Names without a space that are longer than a line may break at a sign. What is short stays as it is, to be copied.
QString breakable(const QString &text)
{
    constexpr int longestRun = 26;
    QString out;
    int run = 0;
    for (const QChar c : text) {
        out += c;
        run = c.isSpace() ? 0 : run + 1;
        if (run > longestRun && !c.isLetterOrNumber()) {
            out += QChar(0x200b);
            run = 0;
        }
    }
    return out;
}

bool sameWords(const QList<metrics::Silence> &a, const QList<metrics::Silence> &b)
{
    return std::ranges::equal(a, b, [](const metrics::Silence &one, const metrics::Silence &other) {
        return one.id == other.id && one.endsAt == other.endsAt && one.comment == other.comment
            && one.createdBy == other.createdBy;
    });
}

} // namespace

AlertDetails::AlertDetails(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_glyph(new GlyphLabel(theme))
    , m_title(makeLabel(theme, Theme::FontRole::Title))
    , m_state(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_summary(makeLabel(theme, Theme::FontRole::Body))
    , m_hint(makeLabel(theme, Theme::FontRole::Body, tr("Select an alert to see what it is about."), true))
    , m_body(new QWidget)
    , m_silence(makePrimaryButton(tr("Silence…")))
    , m_expire(new QPushButton(tr("Expire silence")))
    , m_showPlace(new QPushButton(tr("Show where")))
    , m_showQuery(new QPushButton(tr("Show the query")))
    , m_runbook(new QPushButton(tr("Open the runbook")))
{
    setAccessibleName(tr("Details of the alert"));
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(260);
    for (QLabel *label : {m_title, m_summary, m_hint, m_state})
        label->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignCenter);
    m_runbook->setIcon(icon(theme, u"web"_s));
    m_showPlace->setToolTip(tr("Select it on the canvas, or among the environments"));

    auto *title = new QHBoxLayout;
    title->setSpacing(Metrics::space2);
    title->addWidget(m_glyph, 0, Qt::AlignTop);
    title->addWidget(m_title, 1);
    auto *buttons = new QGridLayout;
    buttons->setSpacing(Metrics::space2);
    buttons->addWidget(m_silence, 0, 0);
    buttons->addWidget(m_expire, 0, 0);
    buttons->addWidget(m_runbook, 0, 1);
    buttons->addWidget(m_showPlace, 1, 0);
    buttons->addWidget(m_showQuery, 1, 1);
    buttons->setColumnStretch(0, 1);
    buttons->setColumnStretch(1, 1);
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(Metrics::space4, Metrics::space3, Metrics::space3, Metrics::space3);
    column->setSpacing(Metrics::space2);
    column->addLayout(title);
    column->addWidget(m_state);
    column->addWidget(m_summary);
    column->addLayout(buttons);
    column->addStretch(1);
    auto *content = new QWidget;
    auto *all = new QVBoxLayout(content);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_hint, 1);
    all->addWidget(m_body, 1);
    setWidget(content);

    connect(m_silence, &QPushButton::clicked, this, &AlertDetails::silenceRequested);
    connect(m_expire, &QPushButton::clicked, this, [this] {
        if (m_alert)
            Q_EMIT expireRequested(m_alert->silencedBy);
    });
    connect(m_showPlace, &QPushButton::clicked, this, &AlertDetails::placeRequested);
    connect(m_showQuery, &QPushButton::clicked, this, &AlertDetails::queryRequested);
    connect(m_runbook, &QPushButton::clicked, this, [this] {
        if (m_alert && !m_alert->runbook.isEmpty())
            QDesktopServices::openUrl(m_alert->runbook);
    });
    setAlert(std::nullopt);
}

void AlertDetails::setAlert(const std::optional<metrics::Alert> &alert, const QList<metrics::Silence> &silences,
    const QList<metrics::Alert> &others)
{
    QList<metrics::Silence> mine;
    QList<metrics::Alert> inhibiting;
    if (alert) {
        std::ranges::copy_if(silences, std::back_inserter(mine),
            [&](const metrics::Silence &one) { return alert->silencedBy.contains(one.id); });
        std::ranges::copy_if(others, std::back_inserter(inhibiting),
            [&](const metrics::Alert &one) { return alert->inhibitedBy.contains(one.fingerprint); });
    }
    const bool same = m_rows && alert && m_alert && alert->id == m_alert->id && alert->state == m_alert->state
        && alert->labels == m_alert->labels && alert->annotations == m_alert->annotations
        && alert->silencedBy == m_alert->silencedBy && alert->receivers == m_alert->receivers
        && alert->query == m_alert->query && alert->value == m_alert->value && sameWords(mine, m_silences)
        && inhibiting.size() == m_others.size();
    const bool sameAlert = alert && m_alert && alert->id == m_alert->id;
    m_alert = alert;
    m_silences = mine;
    m_others = inhibiting;
    m_hint->setVisible(!alert);
    m_body->setVisible(alert.has_value());
    if (!same) // else what is selected or scrolled to in it would be lost
        fill();
    if (!sameAlert)
        ensureVisible(0, 0);
    setNow(m_now);
    updateButtons();
}

void AlertDetails::setSilencingProblem(const QString &problem)
{
    m_problem = problem;
    updateButtons();
}

void AlertDetails::setNow(qint64 now)
{
    m_now = now;
    if (!m_alert)
        return;
    const QString age = sinceWords(m_alert->since, now);
    QStringList words{stateWord(m_alert->state), severityWord(m_alert->severity)};
    if (!age.isEmpty())
        words += tr("for %1 (since %2)", "an age, a date and time").arg(age, exactWords(m_alert->since));
    m_state->setText(words.join(u" · "_s));
}

void AlertDetails::updateButtons()
{
    const bool isSilenced = m_alert && !m_alert->silencedBy.isEmpty();
    m_silence->setVisible(!isSilenced);
    m_expire->setVisible(isSilenced);
    m_expire->setText(m_alert && m_alert->silencedBy.size() > 1
            ? tr("Expire %n silence(s)", nullptr, static_cast<int>(m_alert->silencedBy.size()))
            : tr("Expire silence"));
    for (QPushButton *button : {m_silence, m_expire}) {
        button->setEnabled(m_problem.isEmpty());
        button->setToolTip(m_problem);
    }
    m_showPlace->setEnabled(m_alert && isSomewhere(m_alert->place));
    m_showQuery->setEnabled(m_alert && !m_alert->query.isEmpty());
    m_runbook->setVisible(m_alert && !m_alert->runbook.isEmpty());
    m_runbook->setToolTip(m_alert ? m_alert->runbook.toDisplayString().toHtmlEscaped() : QString());
}

void AlertDetails::addSection(const QString &title)
{
    QLabel *heading = makeSectionTitle(m_theme, title);
    heading->setContentsMargins(0, Metrics::space2, 0, 0);
    m_form->addRow(heading);
}

void AlertDetails::addRow(const QString &name, const QString &value)
{
    QLabel *text = makeLabel(m_theme, Theme::FontRole::Body, breakable(cut(value)));
    text->setWordWrap(true);
    text->setMinimumWidth(1);
    text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::MinimumExpanding);
    QLabel *label = makeLabel(m_theme, Theme::FontRole::Body, breakable(cut(name)), true);
    label->setWordWrap(true);
    label->setMaximumWidth(140);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_form->addRow(label, text);
}

// To be copied as it is, so nothing is put into it, and it breaks anywhere.
void AlertDetails::addQuery(const QString &query)
{
    auto *text = new QPlainTextEdit(query);
    text->setReadOnly(true);
    text->setAccessibleName(tr("Query of the alert's rule"));
    text->setFont(m_theme.font(Theme::FontRole::Mono));
    text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    text->setTabChangesFocus(true);
    // About as many lines as it takes; the longest are scrolled.
    constexpr qsizetype charactersOfALine = 36;
    const auto lines = static_cast<int>(std::min<qsizetype>(query.size() / charactersOfALine + 1, 6));
    text->setFixedHeight(QFontMetrics(text->font()).lineSpacing() * lines + 2 * Metrics::space2);
    m_form->addRow(text);
}

void AlertDetails::fill()
{
    delete m_rows;
    m_rows = nullptr;
    if (!m_alert)
        return;
    const metrics::Alert &alert = *m_alert;
    m_glyph->setSeverity(glyphOf(alert));
    m_title->setText(breakable(cut(alert.name)));
    m_summary->setText(cut(alert.summary));
    m_summary->setVisible(alert.summary != alert.name);
    m_rows = new QWidget;
    m_form = new QFormLayout(m_rows);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(Metrics::space3);
    m_form->setVerticalSpacing(Metrics::space1);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    if (const QString where = whereWords(alert.place); !where.isEmpty())
        addRow(tr("Where"), where);
    if (!alert.value.isEmpty())
        addRow(tr("Value"), alert.value);
    if (!alert.receivers.isEmpty())
        addRow(tr("Told to"), alert.receivers.join(u", "_s));
    if (!alert.inAlertmanager && alert.state == metrics::Alert::State::Firing)
        addRow(tr("Alertmanager"), tr("It has not heard of this alert, so nobody is told."));
    for (const metrics::Silence &silence : std::as_const(m_silences))
        addRow(tr("Silenced"),
            tr("by %1 until %2: %3", "a user, a date and time, a comment")
                .arg(silence.createdBy, exactWords(silence.endsAt), silence.comment));
    for (const metrics::Alert &other : std::as_const(m_others))
        addRow(tr("Inhibited by"), other.name + u" · "_s + whereWords(other.place));
    if (!alert.query.isEmpty()) {
        addSection(tr("Query"));
        addQuery(alert.query);
    }
    addSection(tr("Labels"));
    for (const auto &[name, value] : alert.labels.asKeyValueRange())
        addRow(name, value);
    if (!alert.annotations.isEmpty()) {
        addSection(tr("Annotations"));
        for (const auto &[name, value] : alert.annotations.asKeyValueRange())
            addRow(name, value);
    }
    auto *column = static_cast<QVBoxLayout *>(m_body->layout());
    column->insertWidget(column->count() - 1, m_rows);
    m_rows->show(); // now, not with the next turn of the event loop: nothing flickers
}

QStringList AlertDetails::texts() const
{
    QStringList all;
    for (const auto labels = widget()->findChildren<QLabel *>(); const QLabel *label : labels) {
        if (label->isVisibleTo(this) && !label->text().isEmpty())
            all += label->text().remove(QChar(0x200b));
    }
    return all;
}

} // namespace kdra::ui
