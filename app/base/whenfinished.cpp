// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/whenfinished.h"

#include <QCoreApplication>
#include <QMutex>
#include <QThread>

namespace kdra::detail {
namespace {

struct Relay {
    QThread thread;
    QObject object;
    Relay()
    {
        thread.setObjectName(QStringLiteral("results"));
        object.moveToThread(&thread);
        thread.start();
    }
    ~Relay()
    {
        thread.quit();
        thread.wait();
    }
};

QBasicMutex mutex;
Relay *started = nullptr;

} // namespace

QObject *relay()
{
    const QMutexLocker lock(&mutex);
    if (!started) {
        started = new Relay;
        // It ends with the application, before Qt takes down what threads need.
        qAddPostRoutine([] {
            Relay *last = nullptr;
            {
                const QMutexLocker stopping(&mutex);
                last = std::exchange(started, nullptr);
            }
            delete last;
        });
    }
    return &started->object;
}

} // namespace kdra::detail
