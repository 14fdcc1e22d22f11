// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/celltext.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace Qt::StringLiterals;
using kdra::ui::CellText;

namespace {

struct Cell {
    QString text;
    int width = 160;
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
    int pixels = 13;
    double ratio = 1;
    Qt::LayoutDirection direction = Qt::LeftToRight;
};

template <class Draw> QImage drawn(const Cell &cell, Draw draw)
{
    QImage image(QSize(240, 40) * cell.ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(cell.ratio);
    image.fill(Qt::black);
    QPainter painter(&image);
    painter.setLayoutDirection(cell.direction);
    QFont font = painter.font();
    font.setPixelSize(cell.pixels);
    painter.setFont(font);
    painter.setPen(Qt::white);
    draw(painter, QRect(20, 5, cell.width, 28));
    return image;
}

QImage expected(const Cell &cell)
{
    return drawn(cell, [&](QPainter &painter, const QRect &area) {
        painter.drawText(area, static_cast<int>(cell.alignment.toInt()) | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(cell.text, Qt::ElideRight, area.width()));
    });
}

// Where there is ink.
QRect ink(const QImage &image)
{
    QRect box;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qGray(image.pixel(x, y)) > 64)
                box |= QRect(x, y, 1, 1);
        }
    }
    return box;
}

} // namespace

class CellTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void looksLikeDrawText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("width");
        QTest::addColumn<Qt::Alignment>("alignment");
        QTest::addColumn<double>("ratio");
        QTest::addColumn<Qt::LayoutDirection>("direction");
        const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
        const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
        QTest::newRow("left") << u"web-17-bcdfg"_s << 160 << left << 1.0 << Qt::LeftToRight;
        QTest::newRow("right") << u"1,234"_s << 160 << right << 1.0 << Qt::LeftToRight;
        QTest::newRow("elided") << u"api-gateway-399-bcdfghjklm-npqrs"_s << 90 << left << 1.0 << Qt::LeftToRight;
        QTest::newRow("two lines become one") << u"failed:\nno such tag"_s << 200 << left << 1.0 << Qt::LeftToRight;
        QTest::newRow("large pixels") << u"web-17-bcdfg"_s << 160 << left << 2.0 << Qt::LeftToRight;
        QTest::newRow("right to left") << u"web-17"_s << 160 << left << 1.0 << Qt::RightToLeft;
    }
    void looksLikeDrawText()
    {
        QFETCH(QString, text);
        QFETCH(int, width);
        QFETCH(Qt::Alignment, alignment);
        QFETCH(double, ratio);
        QFETCH(Qt::LayoutDirection, direction);
        const Cell cell{.text = text, .width = width, .alignment = alignment, .ratio = ratio, .direction = direction};
        CellText cells;
        const auto draw = [&](QPainter &painter, const QRect &area) {
            cells.draw(painter, area, alignment, text, Qt::ElideRight);
        };
        const QImage first = drawn(cell, draw);
        const QRect wanted = ink(expected(cell));
        const QRect box = ink(first);
        QVERIFY(!box.isEmpty());
        // Half a pixel of rounding.
        for (const int off : {box.left() - wanted.left(), box.top() - wanted.top(), box.right() - wanted.right(),
                 box.bottom() - wanted.bottom()})
            QVERIFY2(std::abs(off) <= 1, qPrintable(QString::number(off)));
        QCOMPARE(drawn(cell, draw), first); // as remembered
    }

    // What is remembered for one room or font is not drawn into another.
    void followsRoomAndFont()
    {
        CellText cells;
        const auto width = [&](int room, int pixels) {
            const Cell cell{.text = u"api-gateway-399-bcdfghjklm"_s, .width = room, .pixels = pixels};
            return ink(drawn(cell, [&](QPainter &painter, const QRect &area) {
                cells.draw(painter, area, cell.alignment, cell.text, Qt::ElideRight);
            })).width();
        };
        const int wide = width(200, 10);
        const int narrow = width(60, 10);
        QVERIFY(narrow <= 60);
        QVERIFY(wide > narrow + 20);
        QCOMPARE(width(200, 10), wide);
        const int middle = width(90, 10);
        QVERIFY(middle <= 90);
        QVERIFY(middle > narrow + 10);
        QVERIFY(width(200, 13) > wide);
    }
};

QTEST_MAIN(CellTextTest)
#include "tst_celltext.moc"
