// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/controllers/controllers.h"

namespace kdra::demo {

// What happens in the demo, again and again: a rollout, a crash loop on pi-014, an under-voltage pi-003, pi-012 that
// goes silent and comes back, and an image that cannot be pulled until somebody corrects it. Each round takes five
// minutes; the same seed gives the same order of things.
class Story : public QObject {
    Q_OBJECT
public:
    Story(Controllers &controllers, QObject *parent = nullptr);

    // The first round begins after `leadMilliseconds`.
    void start(int leadMilliseconds);

private:
    void round();
    void at(int seconds, std::function<void()> chapter);

    void rollOut();
    void crashLoop(bool on);
    void underVoltage(bool on);
    void silence(bool on);
    void badImage(bool on);

    void setImage(const QByteArray &ns, const QByteArray &deployment, const QString &tag);
    ObjectPtr podOn(const QByteArray &node, const QByteArray &ns, const QByteArray &app);

    Controllers &m_controllers;
    int m_round = 0;
    QByteArray m_crashing; // the pod's name
};

} // namespace kdra::demo
