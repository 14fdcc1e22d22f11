// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/timetolivebox.h"

#include "environments/timetolive.h"
#include "models/environmenttext.h"
#include "ui/common/widgets.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDateTime>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

namespace kdra::ui {

using namespace std::chrono_literals;

namespace {

constexpr qint64 anotherTime = -1; // among the seconds of the choices

} // namespace

const QList<std::chrono::seconds> &offeredSpans()
{
    static const QList<std::chrono::seconds> spans = {1h, 8h, 24h, 72h, 168h, 336h};
    return spans;
}

TimeToLiveBox::TimeToLiveBox(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_choices(new QComboBox)
    , m_custom(new QLineEdit)
    , m_end(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_problem(makeLabel(theme, Theme::FontRole::Small))
{
    m_choices->setAccessibleName(tr("Time to live"));
    m_choices->view()->setAccessibleName(m_choices->accessibleName());
    m_choices->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const std::chrono::seconds span : offeredSpans())
        m_choices->addItem(models::spanWords(span.count()), qint64(span.count()));
    m_choices->addItem(tr("For ever"), qint64(0));
    m_choices->addItem(tr("Another time…"), anotherTime);
    m_custom->setAccessibleName(tr("Time to live, as a number and a unit"));
    m_custom->setPlaceholderText(tr("30m, 36h, 10d, 2w"));
    m_end->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("failing"));
    m_problem->setWordWrap(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Metrics::space1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_choices, m_custom, m_problem, m_end})
        column->addWidget(widget);
    connect(m_choices, &QComboBox::currentIndexChanged, this, [this] {
        update();
        if (m_custom->isVisible())
            m_custom->setFocus();
    });
    connect(m_custom, &QLineEdit::textChanged, this, &TimeToLiveBox::update);
    setTimeToLive(72h);
}

void TimeToLiveBox::setTimeToLive(std::chrono::seconds time)
{
    int row = m_choices->findData(qint64(time.count()));
    if (row < 0) {
        m_custom->setText(environments::timeToLiveText(time));
        row = m_choices->findData(anotherTime);
    }
    m_choices->setCurrentIndex(row);
    update();
}

std::optional<std::chrono::seconds> TimeToLiveBox::timeToLive() const
{
    const qint64 seconds = m_choices->currentData().toLongLong();
    return seconds == anotherTime ? environments::parseTimeToLive(m_custom->text().trimmed())
                                  : std::chrono::seconds(seconds);
}

QString TimeToLiveBox::problem() const
{
    return timeToLive() ? QString() : tr("Write a time like 30m, 36h, 10d or 2w.");
}

void TimeToLiveBox::update()
{
    m_custom->setVisible(m_choices->currentData().toLongLong() == anotherTime);
    const auto time = timeToLive();
    if (time && *time == 0s) {
        m_end->setText(tr("It stays until somebody deletes it."));
    } else if (time) {
        m_end->setText(tr("Its time is over on %1.")
                .arg(QLocale().toString(QDateTime::currentDateTime().addSecs(time->count()), QLocale::ShortFormat)));
    }
    m_end->setVisible(time.has_value());
    m_problem->setText(problem());
    m_problem->setVisible(!time);
    Q_EMIT changed();
}

} // namespace kdra::ui
