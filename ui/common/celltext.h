// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QFont>
#include <QStaticText>

class QPainter;

namespace kdra::ui {

// Draws the texts of cells, one line each, and remembers how they were shaped: shaping is half of what a page of a
// table costs, and most of its texts come again (scrolling, another order, one changed row). GUI thread.
class CellText {
public:
    // What QPainter::drawText() draws of the text in `area`, elided when it does not fit.
    void draw(QPainter &painter, const QRect &area, Qt::Alignment alignment, const QString &text,
        Qt::TextElideMode elideMode);

    // How many texts are remembered: as a rule, several pages of a table on a large screen. Each takes about 1 KiB.
    static constexpr int severalPages = 4000;
    // For a small table whose texts are other ones every few seconds, and do not come again.
    static constexpr int onePanel = 400;
    void setRemembered(int texts) { m_shaped.setMaxCost(texts); }

private:
    struct Key {
        QString text;
        QFont font;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed) noexcept
        {
            return qHashMulti(seed, key.text, key.font.pointSizeF(), key.font.pixelSize(), key.font.weight());
        }
    };
    struct Shaped {
        QStaticText whole;
        QStaticText elided;
        int elidedTo = -1; // pixels; `elided` is of this room
        Qt::TextElideMode elidedAt = Qt::ElideRight;
    };
    QCache<Key, Shaped> m_shaped{severalPages};
};

} // namespace kdra::ui
