// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace kdra::ui {

struct Palette;

// Fusion with quieter sizes and no mnemonic underlines until Alt is held. Colours come from the palette and
// styleSheet().
class Style : public QProxyStyle {
    Q_OBJECT
public:
    Style();
    int styleHint(
        StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returnData) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
};

// The application's style sheet with the colours filled in. No rules for items of views: they would cost on each cell.
QString styleSheet(const Palette &palette);

} // namespace kdra::ui
