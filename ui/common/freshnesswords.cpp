// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/freshnesswords.h"

#include "models/format.h"

#include <QCoreApplication>

namespace kdra::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::FreshnessWords)
};

} // namespace

FreshnessWords freshnessWords(const models::Freshness &freshness, store::ClusterStore::Connection connection)
{
    using State = models::Freshness::State;
    FreshnessWords words;
    switch (freshness.state) {
    case State::Connecting:
        words.disconnected = connection == store::ClusterStore::Connection::Failed;
        words.severity = words.disconnected ? store::Severity::Failing : store::Severity::Progressing;
        words.text = words.disconnected ? Words::tr("Not connected") : Words::tr("Loading");
        break;
    case State::Live:
        words.severity = store::Severity::Healthy;
        words.text = Words::tr("Live");
        words.tip = Words::tr("Everything that is shown is watched live.");
        break;
    case State::Stale:
        words.severity = store::Severity::Warning;
        words.text = freshness.silentSeconds < 3 ? Words::tr("Reconnecting")
                                                 : Words::tr("%1 old").arg(models::shortSpan(freshness.silentSeconds));
        words.tip = Words::tr("Part of what is shown is old: its connection is being repaired.");
        words.ages = true;
        words.disconnected = freshness.stale.size() + freshness.denied.size() == qsizetype(store::kindCount);
        break;
    case State::Partial:
        words.severity = store::Severity::Unknown;
        words.text = Words::tr("Partly live");
        words.tip = Words::tr("Some kinds cannot be seen.");
        break;
    }
    return words;
}

} // namespace kdra::ui
