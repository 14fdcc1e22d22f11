// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/promseries.h"

#include <span>
#include <vector>

namespace kdra::demo {

// An alerting rule, as kube-prometheus and people with Raspberry Pis have them; holding times are short, for a demo's
// rounds are.
struct PromRule {
    const char *name;
    const char *expr;
    int holdSeconds; // "for"
    int keepSeconds; // "keep_firing_for"
    const char *severity;
    const char *summary; // "$label" stands for the label's value
    const char *description;
    // The past of its series is known, so it can be told since when; else since somebody asked.
    bool remembers;
};

// An alert that a rule has raised. Times are seconds since the epoch.
struct PromAlert {
    const PromRule *rule = nullptr;
    PromLabels labels; // with alertname and severity
    PromLabels annotations;
    bool firing = false; // else pending
    double activeAt = 0;
    double firingAt = 0; // activeAt and the holding time
    double seenAt = 0; // last time the expression gave it
    double value = 0;
};

// What is wrong with the simulated cluster by the demo's rules. Evaluated when it is asked for, at most every two
// seconds.
class PromRules {
public:
    explicit PromRules(const PromModel &model)
        : m_model(model)
    {
    }

    static std::span<const PromRule> rules();
    // Pending ones too, in the order of the rules.
    const std::vector<PromAlert> &alerts(double now);

private:
    void evaluate(const PromRule &rule, double now, std::vector<PromAlert> &out);

    const PromModel &m_model;
    std::vector<PromAlert> m_alerts;
    double m_evaluated = 0;
};

} // namespace kdra::demo
