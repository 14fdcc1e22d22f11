// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/alertmanager.h"
#include "demo/churn.h"
#include "demo/controllers/controllers.h"
#include "demo/metricsapi.h"
#include "demo/promserver.h"
#include "demo/request.h"
#include "demo/story.h"

namespace kdra::demo {

// What makes the cluster live, as the options want it: controllers, story, load; and what its
// Prometheus and its Alertmanager say about it. On the store's thread.
class Simulation {
public:
    Simulation(ObjectStore &store, const DemoOptions &options)
        : m_options(options)
        , m_controllers(store, options)
        , m_story(m_controllers)
        , m_churn(store, options.eventsPerSecond, options.seed)
        , m_storyOrigin(tells(options) ? static_cast<double>(QDateTime::currentSecsSinceEpoch() + StoryLeadSeconds) : 0)
        , m_promApi(store, options.seed, m_storyOrigin)
        , m_prometheus(m_promApi)
        , m_alertmanager(m_promApi.rules(), store)
        , m_metricsApi(store, options.seed, m_storyOrigin)
    {
    }

    void start()
    {
        if (m_options.controllers)
            m_controllers.start();
        if (tells(m_options))
            m_story.start(StoryLeadSeconds * 1000);
        m_churn.start();
    }

    Controllers &controllers() { return m_controllers; }
    PromServer &prometheus() { return m_prometheus; }
    // The answer to a request for services/NAME/proxy; nullopt when none of its services answers.
    std::optional<ApiResponse> proxied(const ApiRequest &request)
    {
        auto answer = m_prometheus.proxied(request);
        return answer ? std::move(answer) : m_alertmanager.proxied(request);
    }
    const MetricsApi &metricsApi() const { return m_metricsApi; }

private:
    static constexpr int StoryLeadSeconds = 8;
    static bool tells(const DemoOptions &options) { return options.controllers && options.populate && options.story; }

    DemoOptions m_options;
    Controllers m_controllers;
    Story m_story;
    Churn m_churn;
    double m_storyOrigin;
    PromApi m_promApi;
    PromServer m_prometheus;
    Alertmanager m_alertmanager;
    MetricsApi m_metricsApi;
};

} // namespace kdra::demo
