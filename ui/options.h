// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/objectpath.h"
#include "ui/common/theme.h"

#include <QSize>
#include <QStringList>

#include <chrono>
#include <expected>
#include <optional>

namespace kdra::ui {

// The command line.
struct Options {
    bool demo = false;
    bool doctor = false; // examine the connection, print, end
    QString kubeconfig; // file; empty: $KUBECONFIG, else ~/.kube/config
    QString context; // empty: current-context
    QString page; // name of the page to begin with
    std::optional<models::ObjectPath> select; // once everything has arrived
    std::optional<QSize> size;
    std::optional<Theme::Scheme> theme; // empty: as in the settings
    QString language; // "de"; empty: the system's
    QString screenshots; // folder
    QString report; // file
    std::optional<std::chrono::seconds> exitAfterSync;

    // Nobody sits in front: end when done, and leave the user's settings alone.
    bool isUnattended() const { return exitAfterSync || !screenshots.isEmpty(); }
};

// What to print instead of starting, and the exit status (0 for --help and --version, 2 for wrong usage).
struct Usage {
    QString text;
    int status = 2;
};

// The pages by the names --page takes, in the order of the rail.
QStringList pageNames();

std::expected<Options, Usage> parseOptions(QStringList arguments);

} // namespace kdra::ui
