// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/nodeproblem.h"

#include <algorithm>
#include <array>

namespace kdra::store {

bool isNodeProblem(std::string_view type)
{
    static constexpr std::array<std::string_view, 12> problems{"UnderVoltage", "KernelDeadlock", "ReadonlyFilesystem",
        "CorruptDockerOverlay2", "FrequentKubeletRestart", "FrequentContainerdRestart", "FrequentDockerRestart",
        "FrequentUnregisterNetDevice", "KubeletUnhealthy", "ContainerRuntimeUnhealthy", "XfsShutdown",
        "CperHardwareErrorFatal"};
    return std::ranges::find(problems, type) != problems.end();
}

} // namespace kdra::store
