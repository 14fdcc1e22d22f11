// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <QString>

namespace kdra::edge {

enum class PiModel : quint8 { None, Unknown, Model3B, Model3BPlus, Model4B, Model5, ComputeModule4, Zero2W };

// How sure: a label that names the board, or only a kernel built for Raspberry Pis.
enum class Certainty : quint8 { No, Likely, Certain };

// What a node says about its board.
struct PiIdentity {
    PiModel model = PiModel::None;
    Certainty certainty = Certainty::No;
    quint64 memory = 0; // bytes fitted (what the board is sold with, above what Linux reports); 0 when not known

    bool isPi() const { return certainty != Certainty::No; }
    bool operator==(const PiIdentity &) const = default;
};

// The facts that tell, as text; any may be empty.
struct BoardHints {
    std::string_view board; // label kdra.dev/board, e.g. "raspberry-pi-4-model-b-rev-1.4"
    std::string_view instanceType; // label node.kubernetes.io/instance-type
    std::string_view kernel; // status.nodeInfo.kernelVersion
    std::string_view architecture; // status.nodeInfo.architecture; an ARM is necessary, not sufficient
    quint64 memoryCapacity = 0; // bytes
};

// Pure; any thread.
PiIdentity identifyPi(const BoardHints &hints);
PiIdentity identifyPi(const store::NodeRecord &node, const store::Snapshot &snapshot);

// "Raspberry Pi 4 Model B"; "Raspberry Pi" when the model is not known; empty for None. A product name: not translated.
QString modelName(PiModel model);

// "4B", "3B+", "CM4", "Zero 2 W"; "Pi" when the model is not known; empty for None.
QString shortModelName(PiModel model);

} // namespace kdra::edge
