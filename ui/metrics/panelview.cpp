// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/panelview.h"

#include "base/whenfinished.h"
#include "models/format.h"
#include "ui/common/icons.h"
#include "ui/common/widgets.h"
#include "ui/metrics/panelbody.h"
#include "ui/metrics/plotaccessible.h"
#include "ui/metrics/plotbody.h"
#include "ui/metrics/plotview.h"
#include "ui/metrics/tablebody.h"
#include "ui/metrics/textbody.h"
#include "ui/metrics/valuebody.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

namespace kdra::ui {

using metrics::PanelKind;

namespace {

// Columns are shared: the same ones are the same answer.
bool isSame(const metrics::PanelAnswer &a, const metrics::PanelAnswer &b)
{
    return a.refId == b.refId && a.answer.series == b.answer.series && a.answer.type == b.answer.type
        && a.answer.string == b.answer.string;
}

}

PanelBody *PanelBody::make(PanelKind kind, ViewState &state, const Theme &theme, QWidget *parent)
{
    switch (kind) {
    case PanelKind::TimeSeries:
    case PanelKind::Heatmap:
    case PanelKind::StateTimeline:
        return new PlotBody(kind, state, theme, parent);
    case PanelKind::Stat:
    case PanelKind::Gauge:
    case PanelKind::BarGauge:
        return new ValueBody(kind, state, theme, parent);
    case PanelKind::Text:
        return new TextBody(theme, parent);
    case PanelKind::Table:
        return new TableBody(theme, parent);
    case PanelKind::Unsupported:
        break;
    }
    return nullptr;
}

PanelView::PanelView(const metrics::Panel &panel, ViewState &state, const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_state(state)
    , m_theme(theme)
    , m_title(new ElidedLabel)
    , m_glyph(new GlyphLabel(theme))
    , m_word(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_menu(new QToolButton)
    , m_strip(new QFrame)
    , m_stripText(makeLabel(theme, Theme::FontRole::Small))
    , m_stripRetry(new QPushButton(tr("Try again")))
    , m_message(new QWidget)
    , m_messageTitle(makeLabel(theme, Theme::FontRole::Strong))
    , m_messageText(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_retry(new QPushButton(tr("Try again")))
    , m_room(new QWidget)
    , m_stack(new QStackedLayout(m_room))
{
    installPlotAccessibility();
    setObjectName(QStringLiteral("card"));
    m_title->setFont(theme.font(Theme::FontRole::Strong));
    m_title->setTextFormat(Qt::PlainText);
    m_menu->setObjectName(QStringLiteral("quiet"));
    m_menu->setIcon(icon(theme, QStringLiteral("menu")));
    m_menu->setIconSize({14, 14});
    m_menu->setAccessibleName(tr("What can be done with this panel"));
    m_menu->setFocusPolicy(Qt::TabFocus);

    auto *header = new QHBoxLayout;
    header->setContentsMargins(Metrics::space3, Metrics::space1, Metrics::space1, 0);
    header->setSpacing(Metrics::space1);
    header->addWidget(m_title, 1);
    header->addWidget(m_glyph);
    header->addWidget(m_word);
    header->addWidget(m_menu);

    auto *strip = new QHBoxLayout(m_strip);
    strip->setContentsMargins(Metrics::space3, 2, Metrics::space2, 2);
    strip->setSpacing(Metrics::space2);
    m_stripText->setWordWrap(true);
    m_stripText->setObjectName(QStringLiteral("failing"));
    strip->addWidget(m_stripText, 1);
    strip->addWidget(m_stripRetry);
    m_strip->hide();

    auto *message = new QVBoxLayout(m_message);
    message->setContentsMargins(Metrics::space3, 0, Metrics::space3, Metrics::space2);
    message->setSpacing(Metrics::space1);
    for (QLabel *label : {m_messageTitle, m_messageText}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
    }
    message->addStretch(1);
    message->addWidget(m_messageTitle);
    message->addWidget(m_messageText);
    message->addWidget(m_retry, 0, Qt::AlignHCenter);
    message->addStretch(1);
    m_stack->addWidget(m_message);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, Metrics::space1);
    column->setSpacing(2);
    column->addLayout(header);
    column->addWidget(m_strip);
    column->addWidget(m_room, 1);

    for (const QPushButton *button : {m_retry, m_stripRetry})
        connect(button, &QPushButton::clicked, this, &PanelView::retryRequested);
    connect(
        m_menu, &QToolButton::clicked, this, [this] { openMenu(m_menu->mapToGlobal(QPoint(0, m_menu->height()))); });
    makeActions();
    setPanel(panel);
}

void PanelView::setPanel(const metrics::Panel &panel)
{
    const bool other = !m_body || panel.kind != m_panel.kind;
    if (!other && panel == m_panel)
        return;
    m_panel = panel;
    if (other) {
        m_filling.cancel();
        m_underWay = m_again = m_filled = false;
        delete m_body;
        m_body = PanelBody::make(panel.kind, m_state, m_theme, nullptr);
        if (m_body)
            m_stack->addWidget(m_body);
    }
    m_title->setText(panel.title);
    m_title->setToolTip(panel.description.isEmpty()
            ? QString()
            : QStringLiteral("<span>%1</span>").arg(panel.description.toHtmlEscaped()));
    fill();
    refresh();
}

void PanelView::fill()
{
    if (!m_body || (!m_answered && m_panel.kind != PanelKind::Text))
        return;
    // What takes less is shown at once: going to another thread and back would take longer.
    constexpr qint64 aMoment = 1000; // microseconds
    if (costOfContents(m_panel, m_answers) <= aMoment) {
        m_filling.cancel();
        m_underWay = m_again = false;
        m_filled = true;
        m_body->setContents(m_panel, contentsOf(m_panel, m_answers));
        return;
    }
    // One at a time: whoever answers faster than that does not keep everything from being seen.
    if (m_underWay) {
        m_again = true;
        return;
    }
    m_underWay = true;
    whenFinished(QtConcurrent::run(contentsOf, m_panel, m_answers), this,
        [this, panel = m_panel, token = m_filling.next()](QFuture<PanelContents> future) {
            if (!token.isCurrent())
                return;
            m_underWay = false;
            m_filled = true;
            m_body->setContents(panel, future.takeResult());
            if (std::exchange(m_again, false))
                fill();
            refresh();
        });
}

void PanelView::setAnswers(const QList<metrics::PanelAnswer> &answers)
{
    const bool same = m_answered && std::ranges::equal(answers, m_answers, isSame);
    m_answers = answers;
    m_answered = true;
    m_loading = false;
    m_error.reset();
    m_age = {};
    if (!same)
        fill();
    refresh();
}

void PanelView::setLoading(bool loading)
{
    m_loading = loading;
    refresh();
}

void PanelView::setError(const std::optional<Error> &error)
{
    m_error = error;
    m_loading = false;
    refresh();
}

void PanelView::setStale(std::chrono::seconds age)
{
    if (age == m_age)
        return;
    m_age = age;
    refresh();
}

void PanelView::setNotes(const QStringList &notes)
{
    m_notes = notes;
    refresh();
}

PlotView *PanelView::plot() const
{
    return m_body ? m_body->plot() : nullptr;
}

// Where there is room for one sentence only, the other is in the tool tip.
void PanelView::fitMessage()
{
    constexpr int enough = 110;
    const QString text = m_messageText->text();
    const bool isSmall = height() < enough && !m_messageTitle->text().isEmpty();
    m_messageText->setVisible(!text.isEmpty() && !isSmall);
    m_message->setToolTip(isSmall && !text.isEmpty() ? Qt::convertFromPlainText(text) : QString());
}

void PanelView::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitMessage();
}

QStringList PanelView::allNotes() const
{
    QStringList notes = m_notes;
    if (!m_panel.note.isEmpty())
        notes.append(m_panel.note);
    for (const metrics::PanelAnswer &answer : m_answers) {
        if (answer.answer.partial && answer.answer.warnings.isEmpty())
            notes.append(tr("The server left a part of the data out."));
        notes += answer.answer.warnings;
        notes += answer.answer.infos;
    }
    if (m_body)
        notes += m_body->notes();
    notes.removeDuplicates();
    return notes;
}

void PanelView::refresh()
{
    const bool shown = m_body && (m_panel.kind == PanelKind::Text || (m_filled && !m_body->isEmpty()));
    m_stack->setCurrentWidget(shown ? static_cast<QWidget *>(m_body) : m_message);
    m_retry->setVisible(m_error.has_value());
    m_strip->setVisible(shown && m_error);
    if (!m_body) {
        m_messageTitle->setText(tr("This panel cannot be shown."));
        m_messageText->setText(m_panel.note);
    } else if (m_error) {
        m_messageTitle->setText(m_error->what);
        m_messageText->setText(m_error->remedy);
        m_stripText->setText(m_error->text());
    } else if (!m_filled) {
        m_messageTitle->setText({});
        m_messageText->setText(m_loading || m_underWay ? tr("Loading …") : QString());
    } else {
        m_messageTitle->setText(tr("No data"));
        m_messageText->setText(tr("The query gave no values in this span of time."));
    }
    m_messageTitle->setVisible(!m_messageTitle->text().isEmpty());
    fitMessage();

    // One word in the title's line, the most pressing.
    const QStringList notes = allNotes();
    const bool partial = std::ranges::any_of(m_answers, [](const auto &one) { return one.answer.partial; });
    const bool warned = std::ranges::any_of(m_answers, [](const auto &one) { return !one.answer.warnings.isEmpty(); });
    std::optional<store::Severity> severity;
    QString word;
    if (m_error && shown) {
        severity = store::Severity::Failing;
        word = tr("Error");
    } else if (m_age.count() > 0) {
        severity = store::Severity::Unknown;
        word = tr("%1 old", "how old the values of a panel are").arg(models::shortSpan(m_age.count()));
    } else if (partial) {
        severity = store::Severity::Warning;
        word = tr("Partial");
    } else if (warned) {
        severity = store::Severity::Warning;
    } else if (m_loading && m_filled) {
        severity = store::Severity::Progressing;
    } else if (!notes.isEmpty() && m_body) {
        severity = store::Severity::Unknown;
    }
    m_glyph->setVisible(severity.has_value());
    if (severity)
        m_glyph->setSeverity(*severity);
    m_word->setText(word);
    m_word->setVisible(!word.isEmpty());
    QString tip;
    for (const QString &note : notes)
        tip += QStringLiteral("<p>%1</p>").arg(note.toHtmlEscaped());
    m_glyph->setToolTip(tip);
    m_word->setToolTip(tip);
    m_glyph->setAccessibleName(notes.join(u' '));

    setAccessibleName(m_panel.title);
    setAccessibleDescription(status());
    if (m_body)
        m_body->describe(m_panel.title);
}

QString PanelView::status() const
{
    QStringList parts;
    if (m_error)
        parts.append(m_error->text());
    else if (m_stack->currentWidget() == m_message)
        parts << m_messageTitle->text() << m_messageText->text();
    if (!m_word->text().isEmpty() && !m_error)
        parts.append(m_word->text());
    parts += allNotes();
    parts.removeAll(QString());
    return parts.join(u' ');
}

} // namespace kdra::ui
