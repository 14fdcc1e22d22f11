// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetricsF>
#include <QString>

namespace kdra::ui {

// How many characters from the beginning fit into the width; at least one. By halving: each measurement shapes the text
// anew.
inline qsizetype fittingLength(const QFontMetricsF &metrics, const QString &text, double width)
{
    if (text.size() < 2 || metrics.horizontalAdvance(text) <= width)
        return text.size();
    qsizetype fits = 1;
    qsizetype tooLong = text.size();
    while (tooLong - fits > 1) {
        const qsizetype middle = (fits + tooLong) / 2;
        (metrics.horizontalAdvance(text.first(middle)) > width ? tooLong : fits) = middle;
    }
    return fits;
}

} // namespace kdra::ui
