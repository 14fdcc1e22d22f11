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

    // Texts that are remembered: several pages of a table on a large screen.
    static constexpr int remembered = 4000;

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
    QCache<Key, Shaped> m_shaped{remembered};
};

} // namespace kdra::ui
