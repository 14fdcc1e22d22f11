// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <memory>

namespace kdra::store {
class ClusterStore;
}

namespace kdra::actions {

class Procedure;
class Task;

// A piece of work that another room carries out (making an environment, deleting one), shown and cancelled as a task
// like the orders of this one.
struct Job {
    QString title = {}; // "Create environment shop": translated
    QString target = {}; // "shop"
    std::function<std::unique_ptr<Procedure>(Task &, store::ClusterStore &)> make = {};
};

} // namespace kdra::actions
