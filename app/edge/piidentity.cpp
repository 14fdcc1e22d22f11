// SPDX-License-Identifier: GPL-3.0-or-later
#include "edge/piidentity.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace kdra::edge {

namespace {

// Lower case, every run of other characters than letters, digits and '+' as one '-', with '-' at both ends:
// "Raspberry Pi 4 Model B Rev 1.4" and "raspberry-pi_4-model-b" compare equal word by word.
std::string words(std::string_view text)
{
    std::string result = "-";
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '+')
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (result.back() != '-')
            result += '-';
    }
    if (result.back() != '-')
        result += '-';
    return result;
}

struct ModelWords {
    std::string_view words;
    PiModel model;
};

// Most specific first. Label values cannot hold '+', so the 3B+ is spelled in several ways.
constexpr std::array modelWords{
    ModelWords{"-compute-module-4-", PiModel::ComputeModule4},
    ModelWords{"-cm4-", PiModel::ComputeModule4},
    ModelWords{"-zero-2-", PiModel::Zero2W},
    ModelWords{"-zero2-", PiModel::Zero2W},
    ModelWords{"-zero-2w-", PiModel::Zero2W},
    ModelWords{"-zero2w-", PiModel::Zero2W},
    ModelWords{"-3-model-b+-", PiModel::Model3BPlus},
    ModelWords{"-3-model-b-plus-", PiModel::Model3BPlus},
    ModelWords{"-3-model-bplus-", PiModel::Model3BPlus},
    ModelWords{"-3b+-", PiModel::Model3BPlus},
    ModelWords{"-3b-plus-", PiModel::Model3BPlus},
    ModelWords{"-3bplus-", PiModel::Model3BPlus},
    ModelWords{"-3bp-", PiModel::Model3BPlus},
    ModelWords{"-pi3b+-", PiModel::Model3BPlus},
    ModelWords{"-rpi3b+-", PiModel::Model3BPlus},
    ModelWords{"-pi-3-", PiModel::Model3B},
    ModelWords{"-pi-3b-", PiModel::Model3B},
    ModelWords{"-pi3-", PiModel::Model3B},
    ModelWords{"-pi3b-", PiModel::Model3B},
    ModelWords{"-rpi3-", PiModel::Model3B},
    ModelWords{"-rpi3b-", PiModel::Model3B},
    ModelWords{"-rpi-3-", PiModel::Model3B},
    ModelWords{"-rpi-3b-", PiModel::Model3B},
    ModelWords{"-pi-4-", PiModel::Model4B},
    ModelWords{"-pi-4b-", PiModel::Model4B},
    ModelWords{"-pi4-", PiModel::Model4B},
    ModelWords{"-pi4b-", PiModel::Model4B},
    ModelWords{"-rpi4-", PiModel::Model4B},
    ModelWords{"-rpi4b-", PiModel::Model4B},
    ModelWords{"-rpi-4-", PiModel::Model4B},
    ModelWords{"-rpi-4b-", PiModel::Model4B},
    ModelWords{"-pi-5-", PiModel::Model5},
    ModelWords{"-pi-5b-", PiModel::Model5},
    ModelWords{"-pi5-", PiModel::Model5},
    ModelWords{"-rpi5-", PiModel::Model5},
    ModelWords{"-rpi-5-", PiModel::Model5},
};

constexpr std::array<std::string_view, 7> brandWords{
    "-raspberry-pi",
    "-raspberrypi",
    "-raspberry-",
    "-rpi",
    "-pi3",
    "-pi4",
    "-pi5",
};

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

// None when the label does not speak of a Raspberry Pi. `trusted`: the label exists to name the board, so "4b" and
// "cm4" are enough; an instance type such as "cm4.large" of some cloud is not.
PiModel modelFromLabel(std::string_view label, bool trusted)
{
    if (label.empty())
        return PiModel::None;
    const std::string text = words(label);
    const bool branded = std::ranges::any_of(brandWords, [&](std::string_view word) { return contains(text, word); });
    if (!branded && !trusted)
        return PiModel::None;
    for (const ModelWords &entry : modelWords) {
        if (contains(text, entry.words))
            return entry.model;
    }
    if (trusted && text == "-4b-")
        return PiModel::Model4B;
    if (trusted && text == "-3b-")
        return PiModel::Model3B;
    return branded ? PiModel::Unknown : PiModel::None;
}

// Kernels built by Raspberry Pi OS ("6.6.31+rpt-rpi-v8", "6.1.21-v8+") and Ubuntu ("6.8.0-1013-raspi").
bool isPiKernel(std::string_view kernel)
{
    constexpr std::array<std::string_view, 5> parts{"-rpi-", "rpt-rpi", "-raspi", "-v8+", "-v8-16k+"};
    return std::ranges::any_of(parts, [&](std::string_view part) { return contains(kernel, part); });
}

// The memory a board is sold with: the GPU and the kernel keep some of it from Linux.
quint64 fittedMemory(quint64 capacity)
{
    constexpr quint64 mebi = 1024 * 1024;
    for (const quint64 size : {512ull, 1024ull, 2048ull, 4096ull, 8192ull, 16384ull}) {
        if (capacity && capacity <= size * mebi)
            return size * mebi;
    }
    return 0;
}

} // namespace

PiIdentity identifyPi(const BoardHints &hints)
{
    const bool arm = hints.architecture.empty() || hints.architecture == "arm64" || hints.architecture == "arm";
    if (!arm)
        return {};
    PiIdentity result;
    result.model = modelFromLabel(hints.board, true);
    if (result.model == PiModel::None && hints.board.empty())
        result.model = modelFromLabel(hints.instanceType, false);
    if (result.model != PiModel::None) {
        result.certainty = Certainty::Certain;
    } else if (hints.board.empty() && isPiKernel(hints.kernel)) {
        result.model = PiModel::Unknown;
        result.certainty = Certainty::Likely;
    }
    if (result.isPi())
        result.memory = fittedMemory(hints.memoryCapacity);
    return result;
}

PiIdentity identifyPi(const store::NodeRecord &node, const store::Snapshot &snapshot)
{
    return identifyPi({
        .board = snapshot.view(node.board),
        .instanceType = snapshot.view(node.instanceType),
        .kernel = snapshot.view(node.kernel),
        .architecture = snapshot.view(node.architecture),
        .memoryCapacity = node.memoryCapacity,
    });
}

QString modelName(PiModel model)
{
    switch (model) {
    case PiModel::None:
        return {};
    case PiModel::Unknown:
        return QStringLiteral("Raspberry Pi");
    case PiModel::Model3B:
        return QStringLiteral("Raspberry Pi 3 Model B");
    case PiModel::Model3BPlus:
        return QStringLiteral("Raspberry Pi 3 Model B+");
    case PiModel::Model4B:
        return QStringLiteral("Raspberry Pi 4 Model B");
    case PiModel::Model5:
        return QStringLiteral("Raspberry Pi 5");
    case PiModel::ComputeModule4:
        return QStringLiteral("Raspberry Pi Compute Module 4");
    case PiModel::Zero2W:
        return QStringLiteral("Raspberry Pi Zero 2 W");
    }
    return {};
}

QString shortModelName(PiModel model)
{
    switch (model) {
    case PiModel::None:
        return {};
    case PiModel::Unknown:
        return QStringLiteral("Pi");
    case PiModel::Model3B:
        return QStringLiteral("3B");
    case PiModel::Model3BPlus:
        return QStringLiteral("3B+");
    case PiModel::Model4B:
        return QStringLiteral("4B");
    case PiModel::Model5:
        return QStringLiteral("5");
    case PiModel::ComputeModule4:
        return QStringLiteral("CM4");
    case PiModel::Zero2W:
        return QStringLiteral("Zero 2 W");
    }
    return {};
}

} // namespace kdra::edge
