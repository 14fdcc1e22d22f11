// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/silencedialog.h"

#include "metrics/duration.h"
#include "metrics/silencing.h"
#include "models/environmenttext.h"
#include "ui/common/widgets.h"
#include "ui/metrics/alertwords.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace kdra::ui {

namespace {

using metrics::LabelMatcher;

// Among the lengths, in milliseconds.
constexpr qint64 anotherLength = -1;
constexpr qint64 untilTime = -2;

constexpr std::chrono::seconds lengths[] = {1h, 2h, 8h, 24h, 168h};
constexpr std::chrono::milliseconds usualLength = 2h;

enum Sign { Equal, NotEqual, Matches, MatchesNot };

QString userName()
{
    const QString user = qEnvironmentVariable("USER");
    return user.isEmpty() ? u"KDRA"_s : user;
}

} // namespace

SilenceDialog::SilenceDialog(
    const Theme &theme, const QList<LabelMatcher> &matchers, const QList<metrics::Alert> &alerts, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_alerts(alerts)
    , m_add(new QToolButton)
    , m_count(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_length(new QComboBox)
    , m_custom(new QLineEdit)
    , m_until(new QDateTimeEdit(QDateTime::currentDateTime().addDays(1)))
    , m_comment(new QLineEdit)
    , m_creator(new QLineEdit(userName()))
    , m_problem(makeLabel(theme, Theme::FontRole::Small))
    , m_make(makePrimaryButton(tr("Silence")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Silence alerts"));
    setMinimumWidth(560);

    auto *lines = new QWidget;
    m_lines = new QVBoxLayout(lines);
    m_lines->setContentsMargins(0, 0, Metrics::space2, 0);
    m_lines->setSpacing(Metrics::space1);
    m_lines->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Labels that an alert must have"));
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(lines);
    scroll->setMinimumHeight(190);
    m_add->setText(tr("Add a label"));
    m_add->setAccessibleName(m_add->text());
    m_count->setWordWrap(true);
    auto *counting = new QHBoxLayout;
    counting->addWidget(m_count, 1);
    counting->addWidget(m_add, 0, Qt::AlignTop);

    m_length->setAccessibleName(tr("How long"));
    m_length->view()->setAccessibleName(m_length->accessibleName());
    for (const std::chrono::seconds length : lengths)
        m_length->addItem(models::spanWords(length.count()), qint64(std::chrono::milliseconds(length).count()));
    m_length->addItem(tr("Another length…"), anotherLength);
    m_length->addItem(tr("Until a time…"), untilTime);
    m_length->setCurrentIndex(m_length->findData(qint64(usualLength.count())));
    m_custom->setAccessibleName(tr("Length, as numbers and units"));
    m_custom->setPlaceholderText(tr("45m, 3h30m, 3d"));
    m_until->setAccessibleName(tr("End of the silence"));
    m_until->setDisplayFormat(locale().dateTimeFormat(QLocale::ShortFormat));
    m_until->setCalendarPopup(true);
    auto *length = new QHBoxLayout;
    length->addWidget(m_length);
    length->addWidget(m_custom, 1);
    length->addWidget(m_until, 1);
    length->addStretch(1);
    m_comment->setPlaceholderText(tr("Why, for whoever wonders that nothing is heard"));
    m_problem->setObjectName(u"failing"_s);
    m_problem->setWordWrap(true);
    m_comment->setAccessibleName(tr("Comment"));
    m_creator->setAccessibleName(tr("By"));
    auto *form = new QFormLayout;
    form->addRow(tr("For"), length);
    form->addRow(tr("Comment"), m_comment);
    form->addRow(tr("By"), m_creator);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_make, QDialogButtonBox::AcceptRole);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addWidget(makeLabel(theme, Theme::FontRole::Title, windowTitle()));
    QLabel *explanation = makeLabel(theme, Theme::FontRole::Body,
        tr("Alerts whose labels all match tell nobody until the silence ends. They stay in the list."), true);
    explanation->setWordWrap(true);
    column->addWidget(explanation);
    column->addWidget(scroll, 1);
    column->addLayout(counting);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addWidget(buttons);

    for (const LabelMatcher &matcher : matchers)
        addRow(matcher);
    if (matchers.isEmpty())
        addRow({.name = u"alertname"_s});
    connect(m_add, &QToolButton::clicked, this, [this] {
        addRow();
        m_rows.back().name->setFocus();
    });
    const auto changed = [this] {
        m_refusal.clear();
        judge();
    };
    connect(m_length, &QComboBox::currentIndexChanged, this, changed);
    connect(m_until, &QDateTimeEdit::dateTimeChanged, this, changed);
    for (const QLineEdit *edit : {m_custom, m_comment, m_creator})
        connect(edit, &QLineEdit::textChanged, this, changed);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &SilenceDialog::ask);
    judge();
    m_comment->setFocus();
}

void SilenceDialog::addRow(const LabelMatcher &matcher)
{
    Row row{.name = new QLineEdit(matcher.name),
        .sign = new QComboBox,
        .value = new QLineEdit(matcher.value),
        .remove = new QToolButton,
        .line = new QWidget};
    row.name->setAccessibleName(tr("Label"));
    row.sign->setAccessibleName(tr("How it is compared"));
    row.sign->view()->setAccessibleName(row.sign->accessibleName());
    row.value->setAccessibleName(tr("Value"));
    row.name->setPlaceholderText(tr("Label"));
    row.value->setPlaceholderText(tr("Value"));
    row.value->setCursorPosition(0); // long values are read from their beginning
    row.remove->setText(u"✕"_s);
    row.remove->setAccessibleName(tr("Do not compare this label"));
    row.remove->setToolTip(row.remove->accessibleName());
    const std::pair<QString, QString> signs[] = {{u"="_s, tr("is")}, {u"!="_s, tr("is not")},
        {u"=~"_s, tr("matches the regular expression")}, {u"!~"_s, tr("does not match the regular expression")}};
    for (int i = 0; const auto &[sign, words] : signs) {
        row.sign->addItem(sign);
        row.sign->setItemData(i, words, Qt::ToolTipRole);
        row.sign->setItemData(i, words, Qt::AccessibleTextRole);
        ++i;
    }
    row.sign->setCurrentIndex(
        matcher.isRegex ? (matcher.isEqual ? Matches : MatchesNot) : (matcher.isEqual ? Equal : NotEqual));
    auto *line = new QHBoxLayout(row.line);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Metrics::space2);
    line->addWidget(row.name, 2);
    line->addWidget(row.sign);
    line->addWidget(row.value, 3);
    line->addWidget(row.remove);
    m_lines->insertWidget(m_lines->count() - 1, row.line);
    m_rows.push_back(row);
    const auto changed = [this] {
        m_refusal.clear();
        judge();
    };
    connect(row.name, &QLineEdit::textChanged, this, changed);
    connect(row.value, &QLineEdit::textChanged, this, changed);
    connect(row.sign, &QComboBox::currentIndexChanged, this, changed);
    connect(row.remove, &QToolButton::clicked, this, [this, at = row.line, changed] {
        std::erase_if(m_rows, [at](const Row &one) { return one.line == at; });
        at->hide();
        at->deleteLater();
        changed();
    });
    judge();
}

void SilenceDialog::setAlerts(const QList<metrics::Alert> &alerts)
{
    m_alerts = alerts;
    judge();
}

QList<LabelMatcher> SilenceDialog::matchers() const
{
    QList<LabelMatcher> all;
    for (const Row &row : m_rows) {
        const int sign = row.sign->currentIndex();
        all += LabelMatcher{.name = row.name->text().trimmed(),
            .value = row.value->text(),
            .isRegex = sign == Matches || sign == MatchesNot,
            .isEqual = sign == Equal || sign == Matches};
    }
    return all;
}

std::optional<qint64> SilenceDialog::end(qint64 now) const
{
    const qint64 choice = m_length->currentData().toLongLong();
    if (choice == untilTime)
        return m_until->dateTime().toMSecsSinceEpoch();
    const std::optional<qint64> length =
        choice == anotherLength ? metrics::durationOf(m_custom->text().trimmed()) : std::optional(choice);
    return length && *length > 0 ? std::optional(now + *length) : std::nullopt;
}

metrics::Silence SilenceDialog::silence() const
{
    return {.matchers = matchers(), .createdBy = m_creator->text().trimmed(), .comment = m_comment->text().trimmed()};
}

void SilenceDialog::judge()
{
    const qint64 choice = m_length->currentData().toLongLong();
    m_custom->setVisible(choice == anotherLength);
    m_until->setVisible(choice == untilTime);
    const metrics::SilenceMatch match(matchers());
    QString problem;
    if (match.problem())
        problem = match.problem()->text();
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const std::optional<qint64> until = end(now);
    if (problem.isEmpty() && !until && !m_custom->text().isEmpty())
        problem = tr("The length cannot be read. Write it like 45m, 3h30m or 3d.");
    if (problem.isEmpty() && until && *until <= now)
        problem = tr("The silence would end before it begins. Choose a later end.");
    const auto count = static_cast<int>(match.problem()
            ? 0
            : std::ranges::count_if(m_alerts, [&](const metrics::Alert &alert) { return match.picks(alert.labels); }));
    m_count->setText(match.problem() ? QString()
            : count == 0             ? tr("No alert that is there now matches.")
                                     : tr("%n alert(s) that are there now match.", nullptr, count));
    // What is still to be written is no error yet.
    const bool complete =
        problem.isEmpty() && until && !m_comment->text().trimmed().isEmpty() && !m_creator->text().trimmed().isEmpty();
    if (problem.isEmpty())
        problem = m_refusal;
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_make->setEnabled(complete && !m_busy);
    m_make->setToolTip(complete ? QString() : tr("Say which alerts, for how long, who wants it and why."));
    m_make->setText(m_busy ? tr("Silencing…") : tr("Silence"));
}

void SilenceDialog::ask()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    metrics::Silence wanted = silence();
    wanted.startsAt = now;
    wanted.endsAt = end(now).value_or(0);
    m_busy = true;
    m_refusal.clear();
    judge();
    Q_EMIT silenceRequested(wanted);
}

void SilenceDialog::succeed()
{
    accept();
}

void SilenceDialog::fail(const Error &error)
{
    m_busy = false;
    m_refusal = error.text();
    judge();
}

} // namespace kdra::ui
