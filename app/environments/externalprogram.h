// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

#include <chrono>
#include <functional>

namespace kdra::environments {

// A program of somebody else's that is run without a shell.
struct ExternalProgram {
    QString path = {}; // absolute
    QStringList arguments = {};
    std::chrono::milliseconds deadline = std::chrono::seconds(30);
    qsizetype longest = 8 * 1024 * 1024; // bytes of its output
};

// What it wrote to its standard output. Blocks: on a worker of the global pool, which gets another thread meanwhile.
// Errors carry what it wrote to standard error; past the deadline, with too much output, or as soon as `isCancelled`
// (asked every 50 ms) the program and its children are ended.
Result<QByteArray> runProgram(const ExternalProgram &program, const std::function<bool()> &isCancelled);

} // namespace kdra::environments
