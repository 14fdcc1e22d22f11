// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace kdra::demo {

// What a container does when it is run. There is no container: its image's name and its command say it.
struct Behaviour {
    enum class Kind {
        Serve, // runs until it is stopped
        Exit, // ends after `milliseconds` with `exitCode`
        BadImage, // tag "broken" or "does-not-exist", or a host that cannot be
        WrongArch, // an image for amd64 only, on arm64
    };
    Kind kind = Kind::Serve;
    int milliseconds = 0;
    int exitCode = 0;
};

// `runsToEnd`: the pod's restartPolicy is not Always, so that a plain command ends.
Behaviour behaviourOf(const QJsonObject &container, const QString &arch, bool runsToEnd);

// Milliseconds until a started container is ready, from its readiness probe.
int readinessDelay(const QJsonObject &container);

} // namespace kdra::demo
