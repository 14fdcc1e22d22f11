// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/picture.h"

#include <QRegion>

#include <algorithm>
#include <cstring>
#include <tuple>

namespace kdra::ui {

namespace {

// Thinner bands would paint tiles that lie across them many times.
constexpr int smallestBand = 48;
// More changes than this are painted as a whole: cheaper than as many pieces.
constexpr size_t mostPieces = 400;

// Where world rectangles lie in `area`, each once.
std::vector<QRect> pieces(const std::vector<QRectF> &worlds, const DeviceView &view, const QRect &area)
{
    std::vector<QRect> found;
    for (const QRectF &world : worlds) {
        const QRect part = view.rect(world).adjusted(-2, -2, 2, 2) & area;
        if (!part.isEmpty())
            found.push_back(part);
    }
    const auto key = [](const QRect &rect) { return std::tuple(rect.top(), rect.left(), rect.bottom(), rect.right()); };
    std::ranges::sort(found, {}, key);
    const auto repeated = std::ranges::unique(found);
    found.erase(repeated.begin(), repeated.end());
    if (found.size() > mostPieces)
        return {area};
    return found;
}

} // namespace

QRegion Picture::update(
    const Scene &scene, PaintStyle &style, const DeviceView &view, QSize size, const Emphasis &emphasis)
{
    if (m_image.size() != size) {
        m_image = QImage(size, QImage::Format_RGB32);
        m_valid = false;
    }
    const QRect whole = m_image.rect();
    bool replaced = false;
    if (m_valid && view.scale != m_view.scale && view.ratio == m_view.ratio) {
        if (!m_refining) {
            m_nextView = view;
            m_nextRows = 0;
            m_refining = true;
            // At another scale rows cost something else: the first band tries it out.
            m_band = size.height() / 32;
        }
        ScenePainter bands(scene, style, m_nextView, emphasis);
        replaced = refine(bands);
        if (!replaced || view.scale != m_view.scale)
            return whole;
    } else if (m_refining) {
        m_refining = false;
        m_dirty.insert(m_dirty.end(), m_before.begin(), m_before.end());
        m_before.clear();
    }
    const QPoint moved = view.offset - m_view.offset;
    ScenePainter painter(scene, style, view, emphasis);
    QRegion changed;
    if (!m_valid || view.scale != m_view.scale || view.ratio != m_view.ratio || std::abs(moved.x()) >= size.width()
        || std::abs(moved.y()) >= size.height()) {
        changed = whole;
        painter.paint(m_image, whole);
    } else {
        if (!moved.isNull())
            scroll(moved);
        // Piece by piece: a region of many would be cut into slices, and each tile painted several times.
        std::vector<QRect> parts = pieces(m_dirty, view, whole);
        for (const QRect &uncovered : QRegion(whole) - whole.translated(moved))
            parts.push_back(uncovered);
        for (const QRect &part : parts) {
            changed += part;
            painter.paint(m_image, part);
        }
        if (!moved.isNull())
            changed = whole;
    }
    m_dirty.clear();
    m_view = view;
    m_valid = true;
    return replaced ? QRegion(whole) : changed;
}

// Goes on with the next picture: one band at least, more for as long as there is time. True when it has become the
// picture.
bool Picture::refine(ScenePainter &painter)
{
    using Clock = std::chrono::steady_clock;
    if (m_next.size() != m_image.size())
        m_next = QImage(m_image.size(), QImage::Format_RGB32);
    const auto start = Clock::now();
    // What has changed where it is painted already. Below that, the bands to come show it. The last picture may be
    // needed again: it does not know of these changes.
    for (const QRect &part : pieces(m_dirty, m_nextView, {0, 0, m_next.width(), m_nextRows}))
        painter.paint(m_next, part);
    m_before.insert(m_before.end(), m_dirty.begin(), m_dirty.end());
    m_dirty.clear();
    for (bool first = true; m_nextRows < m_next.height(); first = false) {
        const std::chrono::duration<double> left = m_budget - (Clock::now() - start);
        const int affordable = m_rowCost > 0 ? static_cast<int>(std::clamp(left.count() / m_rowCost, 0.0, 1e6)) : 0;
        if (!first && affordable < smallestBand)
            return false;
        // Bands differ in what they cost, an empty one costs nothing: none is much larger than what was measured.
        m_band = std::clamp(affordable, smallestBand, std::max(smallestBand, 2 * m_band));
        const int rows = std::min(m_band, m_next.height() - m_nextRows);
        const auto begin = Clock::now();
        painter.paint(m_next, {0, m_nextRows, m_next.width(), rows});
        const double cost = std::chrono::duration<double>(Clock::now() - begin).count() / rows;
        m_rowCost = std::max(cost, m_rowCost * 0.75);
        m_nextRows += rows;
    }
    std::swap(m_image, m_next);
    m_view = m_nextView;
    m_refining = false;
    m_before.clear();
    return true;
}

void Picture::scroll(QPoint by)
{
    const int width = m_image.width() - std::abs(by.x());
    const int height = m_image.height() - std::abs(by.y());
    const qsizetype stride = m_image.bytesPerLine();
    uchar *bits = m_image.bits();
    const int fromX = std::max(0, -by.x());
    const int toX = std::max(0, by.x());
    for (int i = 0; i < height; ++i) {
        // In the order in which no line is overwritten before it was moved.
        const int y = by.y() > 0 ? height - 1 - i : i - by.y();
        std::memmove(
            bits + (y + by.y()) * stride + toX * 4, bits + y * stride + fromX * 4, static_cast<size_t>(width) * 4);
    }
}

} // namespace kdra::ui
