// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/records.h"

#include <QColor>
#include <QFont>
#include <QObject>

#include <array>

class QApplication;

namespace kdra::ui {

// Colours by what they are for. Text on any of the four surfaces has a contrast of at least 4.5:1, shapes 3:1.
struct Palette {
    QColor background, panel, panel2, line, text, dim, accent, accentText, tile, shadow;
    QColor healthy, progressing, warning, failing, unknown;
    // From little to much, in one hue that no severity has: the contrast to a tile grows evenly with every step; the
    // least is greyish.
    std::array<QColor, 5> scale;
    // Things without an order, the last of them grey: told apart by those who do not see red or green, and none is a
    // severity.
    std::array<QColor, 5> categories;

    QColor severity(store::Severity severity) const;
    // What is readable on a surface filled with the colour: near black or white.
    static QColor on(const QColor &fill);
};

// The tokens of size, in device independent pixels.
struct Metrics {
    static constexpr int space1 = 4;
    static constexpr int space2 = 8;
    static constexpr int space3 = 12;
    static constexpr int space4 = 16;
    static constexpr int space5 = 24;
    static constexpr int space6 = 32;
    static constexpr int radius = 6;
    static constexpr int textSmall = 11;
    static constexpr int textBody = 13;
    static constexpr int textTitle = 15;
    static constexpr int textLarge = 20;
    static constexpr int textHuge = 28;
    static constexpr int rowHeight = 26;
    static constexpr int iconSize = 16;
};

// The look of the whole program in one place: colours, fonts, style. The session owns one and passes it by reference.
class Theme : public QObject {
    Q_OBJECT
public:
    enum class Scheme { Light, Dark, System };
    Q_ENUM(Scheme)
    enum class FontRole { Small, SmallStrong, Body, Strong, Title, Large, Huge, Mono };

    explicit Theme(QObject *parent = nullptr);

    // Sets style, palette, font and style sheet of the application; call once, before the first window.
    void apply(QApplication &application);

    Scheme scheme() const { return m_scheme; }
    void setScheme(Scheme scheme);
    bool isDark() const { return m_dark; }
    const Palette &palette() const { return m_palette; }
    QFont font(FontRole role) const;

Q_SIGNALS:
    // Colours changed; whoever paints with palette() repaints.
    void changed();

private:
    void update();

    QApplication *m_application = nullptr;
    Palette m_palette;
    Scheme m_scheme = Scheme::System;
    bool m_dark = false;
};

} // namespace kdra::ui
