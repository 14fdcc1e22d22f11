// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>

// Sizes on the canvas, in world units: one pixel at a scale of 1. What depends on the scale (semantic zoom) is given as
// a continuous function of it, so that nothing jumps while zooming.
namespace kdra::ui::metrics {

inline constexpr double cellPitch = 10;
inline constexpr double cellSize = 8;
inline constexpr int serverColumns = 20;
inline constexpr int piColumns = 12;
// Workloads have from one to thousands of pods: columns and rows of the sizes that their tiles come in.
struct Room {
    int columns;
    int rows;
};
inline constexpr std::array workloadRooms{Room{12, 2}, Room{12, 6}, Room{20, 12}, Room{40, 25}, Room{80, 60}};
inline constexpr double tileGap = 8;
inline constexpr double tilePadding = 7;
inline constexpr double tileHeader = 36; // name and bars
inline constexpr double groupPadding = 12;
inline constexpr double groupHeader = 34; // at least; more where many groups are seen from far
inline constexpr double groupGap = 20;

// Scales at which a level of detail begins.
inline constexpr double namesFrom = 0.44;
inline constexpr double barsFrom = 0.78;

namespace detail {
struct Point {
    double scale;
    double pixels;
};
template <size_t N> constexpr double interpolate(const std::array<Point, N> &points, double scale)
{
    if (scale <= points.front().scale)
        return points.front().pixels;
    for (size_t i = 1; i < N; ++i) {
        if (scale <= points[i].scale) {
            const double t = (scale - points[i - 1].scale) / (points[i].scale - points[i - 1].scale);
            return points[i - 1].pixels + t * (points[i].pixels - points[i - 1].pixels);
        }
    }
    return points.back().pixels;
}
} // namespace detail

// Pixels that the head of a tile takes: nothing in the fleet view (all room to the cells), then the name, then bars,
// then a moderate header while the pods grow.
constexpr double headerPixels(double scale)
{
    using detail::Point;
    constexpr std::array points{Point{0.4, 0}, Point{0.44, 13}, Point{0.52, 18}, Point{0.78, 22}, Point{0.86, 33},
        Point{1, 36}, Point{3, 62}, Point{10, 96}, Point{40, 110}};
    return detail::interpolate(points, scale);
}

constexpr double paddingPixels(double scale)
{
    using detail::Point;
    constexpr std::array points{
        Point{0.1, 0.7}, Point{0.36, 2.5}, Point{0.5, 4}, Point{1, 7}, Point{4, 14}, Point{12, 20}};
    return detail::interpolate(points, scale);
}

constexpr double namePixels(double scale)
{
    using detail::Point;
    constexpr std::array points{Point{0.5, 10}, Point{0.8, 11}, Point{1, 11}, Point{3, 18}, Point{8, 24}};
    return detail::interpolate(points, scale);
}

} // namespace kdra::ui::metrics
