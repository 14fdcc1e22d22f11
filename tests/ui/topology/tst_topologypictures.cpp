// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/topology/shop.h"
#include "ui/topology/canvas.h"
#include "ui/topology/painter.h"

#include <QDir>
#include <QTest>

using namespace kdra;
using namespace kdra::ui;
using tests::Fleet;
using tests::Shop;

// What the painters paint, compared with pictures that somebody has looked at. When a difference is meant:
//   KDRA_PICTURES=write build/release/bin/tst_topologypictures
// and look at them before they are committed. Where one differs, what was painted and the difference are left in
// $KDRA_PICTURES_FAILED, else in the temporary folder.
class TestTopologyPictures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void looksAsStored_data();
    void looksAsStored();
    void relationsLookAsStored_data();
    void relationsLookAsStored();
    void differencesAreSeen();

private:
    void compare(const QImage &painted, const QString &name);
};

namespace {

constexpr QSize size{640, 400};
// Fonts are drawn a little differently from one version of a library to the next: blocks of pixels are compared by
// their mean colour, and a few may differ.
constexpr int block = 8;
constexpr int tolerance = 24; // of 255, in one channel
constexpr double mostBlocks = 0.01;

std::array<int, 3> meanColour(const QImage &image, int x0, int y0)
{
    std::array<int, 3> sum{};
    for (int y = y0; y < y0 + block; ++y) {
        for (int x = x0; x < x0 + block; ++x) {
            const QRgb pixel = image.pixel(x, y);
            sum[0] += qRed(pixel);
            sum[1] += qGreen(pixel);
            sum[2] += qBlue(pixel);
        }
    }
    for (int &channel : sum)
        channel /= block * block;
    return sum;
}

// The share of blocks that differ; marks them in `marked`.
double difference(const QImage &a, const QImage &b, QImage *marked = nullptr)
{
    int different = 0;
    int all = 0;
    for (int y = 0; y + block <= a.height(); y += block) {
        for (int x = 0; x + block <= a.width(); x += block) {
            ++all;
            const std::array<int, 3> one = meanColour(a, x, y);
            const std::array<int, 3> other = meanColour(b, x, y);
            bool differs = false;
            for (size_t i = 0; i < one.size(); ++i)
                differs = differs || std::abs(one[i] - other[i]) > tolerance;
            different += differs;
            for (int i = 0; marked && differs && i < block; ++i)
                marked->setPixel(x + i, y + i, qRgb(255, 0, 255));
        }
    }
    return static_cast<double>(different) / all;
}

QString stored(const QString &name)
{
    return QFileInfo(QFINDTESTDATA("tst_topologypictures.cpp"))
        .dir()
        .filePath(QStringLiteral("pictures/%1.png").arg(name));
}

} // namespace

void TestTopologyPictures::compare(const QImage &painted, const QString &name)
{
    const QString file = stored(name);
    if (qEnvironmentVariable("KDRA_PICTURES") == QLatin1StringView("write")) {
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        QVERIFY(painted.save(file));
        return;
    }
    const QImage expected = QImage(file).convertToFormat(QImage::Format_RGB32);
    QVERIFY2(!expected.isNull(), qPrintable(file));
    QCOMPARE(painted.size(), expected.size());
    QImage marked = painted;
    const double share = difference(painted, expected, &marked);
    if (share <= mostBlocks)
        return;
    const QDir folder(qEnvironmentVariable("KDRA_PICTURES_FAILED", QDir::tempPath()));
    painted.save(folder.filePath(name + QStringLiteral("-painted.png")));
    marked.save(folder.filePath(name + QStringLiteral("-difference.png")));
    QFAIL(qPrintable(QStringLiteral("%1: %2 % differ; see %3")
            .arg(name)
            .arg(share * 100, 0, 'f', 1)
            .arg(folder.filePath(name + QStringLiteral("-difference.png")))));
}

void TestTopologyPictures::looksAsStored_data()
{
    QTest::addColumn<QString>("zoom");
    QTest::addColumn<bool>("dark");
    // The last two are as near as "node".
    for (const QString &zoom : {QStringLiteral("fleet"), QStringLiteral("node"), QStringLiteral("pod"),
             QStringLiteral("memory"), QStringLiteral("filter")}) {
        for (const bool dark : {false, true})
            QTest::addRow("%s-%s", qPrintable(zoom), dark ? "dark" : "light") << zoom << dark;
    }
}

void TestTopologyPictures::looksAsStored()
{
    QFETCH(QString, zoom);
    QFETCH(bool, dark);
    const bool fleetZoom = zoom == QLatin1StringView("fleet");
    Theme theme;
    theme.setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
    Fleet fleet;
    fleet.populate(fleetZoom ? 300 : 24, fleetZoom ? 4500 : 160);
    Scene scene;
    scene.apply(fleet.publish());
    scene.setWindow(size);
    if (zoom == QLatin1StringView("memory"))
        scene.setOverlay(Overlay::Memory, 0);
    if (zoom == QLatin1StringView("filter"))
        scene.setFilter(1 << int(store::Severity::Failing) | 1 << int(store::Severity::Unknown));
    Camera camera;
    camera.setWindow(size);
    camera.setWorld(scene.layout().bounds(), {10, 10, 10, 10});
    camera.set(camera.framingAll());
    if (!fleetZoom) {
        // Around Pis in trouble: badges, hatching; and pods of several colours, near enough to be read.
        const bool podZoom = zoom == QLatin1StringView("pod");
        const double scale = podZoom ? 7 : 1;
        int found = -1;
        for (const int tile : scene.layout().order()) {
            if (scene.tile(tile).name == (podZoom ? QLatin1StringView("rack-1") : QLatin1StringView("pi-5")))
                found = tile;
        }
        QVERIFY(found >= 0);
        const QPointF centre = podZoom ? scene.cells(found, scale).rect(3).center() + QPointF(0, 8)
                                       : scene.layout().tileRect(found).center();
        camera.set({scale, QPointF(size.width() / 2.0, size.height() / 2.0) - centre * scale});
    }
    PaintStyle style(theme);
    QImage image(size, QImage::Format_RGB32);
    ScenePainter(scene, style, DeviceView::of(camera.view(), 1), {}).paint(image, image.rect());
    compare(image, QStringLiteral("%1-%2").arg(zoom, dark ? QStringLiteral("dark") : QStringLiteral("light")));
}

void TestTopologyPictures::relationsLookAsStored_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addRow("light") << false;
    QTest::addRow("dark") << true;
}

void TestTopologyPictures::relationsLookAsStored()
{
    QFETCH(bool, dark);
    Theme theme;
    theme.setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
    models::Selection selection;
    Canvas canvas(theme, selection);
    canvas.resize(size);
    Shop shop;
    shop.populate(9, 60);
    shop.open(4, 2);
    canvas.apply(shop.publish());
    canvas.show();
    QVERIFY(QTest::qWaitForWindowExposed(&canvas, 30000));
    selection.set(shop.service);
    QTRY_VERIFY_WITH_TIMEOUT(canvas.showsRelations() && !canvas.camera().isMoving() && canvas.isSharp(), 30000);
    const QImage image = canvas.grab().toImage().convertToFormat(QImage::Format_RGB32);
    compare(image, dark ? QStringLiteral("relations-dark") : QStringLiteral("relations-light"));
}

// The comparison itself: it lets fonts differ, and nothing else.
void TestTopologyPictures::differencesAreSeen()
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    QImage shade = image;
    shade.fill(QColor(245, 245, 245));
    QCOMPARE(difference(image, shade), 0.0);
    QImage missing = image;
    for (int y = 100; y < 160; ++y) {
        for (int x = 100; x < 200; ++x)
            missing.setPixel(x, y, qRgb(0, 128, 128));
    }
    QVERIFY(difference(image, missing) > mostBlocks);
}

QTEST_MAIN(TestTopologyPictures)
#include "tst_topologypictures.moc"
