// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/doctorsteprow.h"

#include "ui/common/widgets.h"

#include <QGridLayout>
#include <QMouseEvent>
#include <QToolButton>

namespace kdra::ui {
namespace {

using State = doctor::Step::State;

store::Severity severityOf(State state)
{
    switch (state) {
    case State::Passed:
        return store::Severity::Healthy;
    case State::Running:
        return store::Severity::Progressing;
    case State::Warning:
        return store::Severity::Warning;
    case State::Failed:
        return store::Severity::Failing;
    case State::Waiting:
    case State::Skipped:
        break;
    }
    return store::Severity::Unknown;
}

QLabel *wrapped(QLabel *label)
{
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

} // namespace

DoctorStepRow::DoctorStepRow(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_glyph(new GlyphLabel(theme))
    , m_title(makeLabel(theme, Theme::FontRole::Strong))
    , m_summary(new ElidedLabel)
    , m_state(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_time(makeLabel(theme, Theme::FontRole::Body, {}, true))
    , m_fold(new QToolButton)
    , m_body(new QWidget)
    , m_cause(wrapped(makeLabel(theme, Theme::FontRole::Body)))
    , m_remedyTitle(makeLabel(theme, Theme::FontRole::Strong, tr("What to do")))
    , m_remedy(wrapped(makeLabel(theme, Theme::FontRole::Body)))
    , m_details(wrapped(makeLabel(theme, Theme::FontRole::Body, {}, true)))
{
    setObjectName(QStringLiteral("card"));
    m_glyph->setFixedSize(14, 14);
    m_title->setMinimumWidth(208); // "Streaming-Listen (WatchList)" fits
    m_title->setTextInteractionFlags(Qt::NoTextInteraction);
    m_summary->setFont(theme.font(Theme::FontRole::Body));
    m_summary->setObjectName(QStringLiteral("dim"));
    m_summary->setTextInteractionFlags(Qt::NoTextInteraction);
    m_state->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_state->setMinimumWidth(72); // "übersprungen"
    m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_time->setMinimumWidth(64);
    m_fold->setObjectName(QStringLiteral("quiet"));
    m_fold->setCheckable(true);
    m_fold->setArrowType(Qt::RightArrow);
    connect(m_fold, &QToolButton::toggled, this, &DoctorStepRow::unfold);

    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::space3);
    line->addWidget(m_glyph);
    line->addWidget(m_title);
    line->addWidget(m_summary, 1);
    line->addWidget(m_state);
    line->addWidget(m_time);
    line->addWidget(m_fold);

    auto *texts = new QVBoxLayout(m_body);
    // Under the title.
    texts->setContentsMargins(14 + Metrics::space3, Metrics::space1, Metrics::space6, Metrics::space2);
    texts->setSpacing(Metrics::space2);
    texts->addWidget(m_cause);
    texts->addWidget(m_remedyTitle);
    texts->addWidget(m_remedy);
    texts->addWidget(m_details);
    m_body->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space4, Metrics::space1, Metrics::space2, Metrics::space1);
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(m_body);
}

void DoctorStepRow::setStep(const doctor::Step &step)
{
    const bool wasOver = !m_state->text().isEmpty() && m_state->text() == doctor::stateName(step.state);
    m_glyph->setSeverity(severityOf(step.state));
    m_title->setText(doctor::title(step.id));
    m_summary->setText(step.summary);
    m_summary->setToolTip(step.summary);
    m_state->setText(doctor::stateName(step.state));
    const bool timed = step.isOver() && step.state != State::Skipped;
    m_time->setText(timed ? doctor::durationText(step.duration) : QString());

    QString cause = step.error ? step.error->what : QString();
    if (step.error && !step.error->where.isEmpty())
        cause += u'\n' + step.error->where;
    m_cause->setText(cause);
    m_cause->setVisible(!cause.isEmpty());
    const QString remedy = step.error ? step.error->remedy : QString();
    m_remedy->setText(remedy);
    m_remedy->setVisible(!remedy.isEmpty());
    m_remedyTitle->setVisible(!remedy.isEmpty());
    m_details->setText(step.details.join(u'\n'));
    m_details->setVisible(!step.details.isEmpty());

    const bool hasBody = !cause.isEmpty() || !remedy.isEmpty() || !step.details.isEmpty();
    m_fold->setEnabled(hasBody);
    m_fold->setArrowType(!hasBody ? Qt::NoArrow : m_fold->isChecked() ? Qt::DownArrow : Qt::RightArrow);
    if (!hasBody)
        m_fold->setChecked(false);
    else if (!wasOver)
        m_fold->setChecked(step.state == State::Failed || step.state == State::Warning);
    setAccessibleName(QStringLiteral("%1: %2. %3").arg(m_title->text(), m_state->text(), step.summary));
    m_fold->setAccessibleName(tr("Details of %1, %2").arg(m_title->text(), m_state->text()));
    m_fold->setAccessibleDescription(
        QStringList{step.summary, cause, remedy, step.details.join(u'\n')}.join(u'\n').trimmed());
}

bool DoctorStepRow::isUnfolded() const
{
    return m_fold->isChecked();
}

void DoctorStepRow::unfold(bool on)
{
    // Not the same words twice.
    m_summary->setVisible(!on || m_cause->isHidden());
    m_state->setSizePolicy(
        on && !m_cause->isHidden() ? QSizePolicy::Expanding : QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_fold->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
    m_body->setVisible(on);
}

void DoctorStepRow::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_fold->isEnabled() && !m_body->geometry().contains(event->pos()))
        m_fold->toggle();
}

} // namespace kdra::ui
