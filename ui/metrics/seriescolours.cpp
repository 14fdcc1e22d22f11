// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/seriescolours.h"

#include <QRegularExpression>

#include <array>
#include <cmath>

namespace kdra::ui {

using namespace Qt::StringLiterals;

namespace {

// Grafana's names have a shade before the hue: "semi-dark-orange".
QString hueOf(const QString &name)
{
    return name.section(u'-', -1).toLower();
}

std::optional<QColor> fromFunction(const QString &name)
{
    static const QRegularExpression form(
        u"^rgba?\\(\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*(?:,\\s*([0-9.]{1,6})\\s*)?\\)$"_s);
    const QRegularExpressionMatch match = form.match(name);
    if (!match.hasMatch())
        return {};
    const auto channel = [&match](int i) { return std::min(255, match.captured(i).toInt()); };
    QColor colour(channel(1), channel(2), channel(3));
    if (match.hasCaptured(4))
        colour.setAlphaF(std::clamp(match.captured(4).toFloat(), 0.0F, 1.0F));
    return colour;
}

}

SeriesLook seriesLook(int index, const Palette &palette)
{
    // Neighbours differ in lightness as well as in hue.
    const std::array<QColor, 6> colours{palette.accent, palette.categories[3], palette.categories[0],
        palette.categories[1], palette.categories[2], palette.dim};
    index = std::max(0, index);
    constexpr int count = int(colours.size());
    return {colours[size_t(index % count)], index / count % dashPatterns};
}

const QList<int> &dashPattern(int dash)
{
    static const std::array<QList<int>, dashPatterns> patterns{
        QList<int>{}, QList<int>{8, 4}, QList<int>{2, 3}, QList<int>{9, 3, 2, 3}};
    return patterns[size_t(std::clamp(dash, 0, dashPatterns - 1))];
}

std::optional<QColor> namedColour(const QString &name, const Palette &palette)
{
    if (name.isEmpty() || name.size() > 64)
        return {};
    if (name.startsWith(u'#') || name.startsWith("rgb"_L1)) {
        if (name.startsWith("rgb"_L1))
            return fromFunction(name);
        const QColor colour = QColor::fromString(name);
        return colour.isValid() ? std::optional(colour) : std::nullopt;
    }
    const QString hue = hueOf(name);
    if (hue == "green"_L1)
        return palette.healthy;
    if (hue == "yellow"_L1 || hue == "orange"_L1)
        return palette.warning;
    if (hue == "red"_L1)
        return palette.failing;
    if (hue == "blue"_L1)
        return palette.accent;
    if (hue == "purple"_L1)
        return palette.categories[0];
    if (hue == "text"_L1)
        return palette.text;
    if (hue == "gray"_L1 || hue == "grey"_L1)
        return palette.unknown;
    if (hue == "transparent"_L1)
        return QColor(Qt::transparent);
    const QColor colour = QColor::fromString(hue);
    return colour.isValid() ? std::optional(colour) : std::nullopt;
}

std::optional<store::Severity> severityOfColour(const QString &name)
{
    const QString hue = hueOf(name);
    if (hue == "green"_L1)
        return store::Severity::Healthy;
    if (hue == "yellow"_L1 || hue == "orange"_L1)
        return store::Severity::Warning;
    if (hue == "red"_L1)
        return store::Severity::Failing;
    // By hue, as far as it is saturated.
    const QColor colour = name.startsWith("rgb"_L1) ? fromFunction(name).value_or(QColor())
        : name.startsWith(u'#')                     ? QColor::fromString(name)
                                                    : QColor();
    if (!colour.isValid() || colour.hsvSaturation() < 90)
        return {};
    const int degree = colour.hsvHue();
    if (degree <= 18 || degree >= 340)
        return store::Severity::Failing;
    if (degree <= 65)
        return store::Severity::Warning;
    if (degree >= 85 && degree <= 170)
        return store::Severity::Healthy;
    return {};
}

QColor mixed(const QColor &a, const QColor &b, double part)
{
    const auto channel = [part](int from, int to) { return std::clamp(qRound(from + (to - from) * part), 0, 255); };
    return QColor(channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue()),
        channel(a.alpha(), b.alpha()));
}

QColor readableOn(const QColor &ground)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    const double luminance =
        0.2126 * linear(ground.redF()) + 0.7152 * linear(ground.greenF()) + 0.0722 * linear(ground.blueF());
    // There both have the same contrast.
    return luminance > 0.179 ? QColor(0x11, 0x14, 0x18) : QColor(Qt::white);
}

QColor scaleColour(double part, const Palette &palette)
{
    const double place = std::clamp(part, 0.0, 1.0) * double(palette.scale.size() - 1);
    const auto low = std::min(size_t(place), palette.scale.size() - 2);
    return mixed(palette.scale[low], palette.scale[low + 1], place - double(low));
}

} // namespace kdra::ui
