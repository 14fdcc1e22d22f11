// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

#include <chrono>
#include <optional>

namespace kdra::doctor {

// What is examined, in this order.
enum class StepId {
    Name, // DNS
    Tcp,
    Proxy,
    Tls,
    Server, // an API server answers; its version and its clock
    Credentials, // what the kubeconfig names can be read or made
    Authentication,
    Permissions,
    Upgrade, // a watch over WebSocket
    WatchList, // KEP-3157, streaming lists
};
inline constexpr int stepCount = 10;

// One step's result. A value; all texts are translated, and free of secrets once the Doctor hands it out.
struct Step {
    enum class State { Waiting, Running, Passed, Warning, Failed, Skipped };

    StepId id = StepId::Name;
    State state = State::Waiting;
    std::chrono::milliseconds duration{};
    QString summary = {}; // one line; why, when skipped
    QStringList details = {};
    std::optional<Error> error = {}; // of a failure, and of most warnings
    bool blocked = false; // skipped because of an earlier failure, not because there is nothing to do

    bool isOver() const { return state != State::Waiting && state != State::Running; }
};

QString title(StepId id);
QString stateName(Step::State state); // "passed", "failed"
// "12 ms", "1.4 s" in the user's locale.
QString durationText(std::chrono::milliseconds duration);

} // namespace kdra::doctor
