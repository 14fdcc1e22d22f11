// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/topology/fleet.h"
#include "ui/common/theme.h"
#include "ui/topology/picture.h"

#include <QTest>

using namespace kdra;
using namespace kdra::ui;

// The kept picture is the one that would be painted at once, whatever happened on the way to it.
class TestTopologyPicture : public QObject {
    Q_OBJECT

    static constexpr QSize size{640, 400};

    Theme m_theme;
    tests::Fleet m_fleet;
    Scene m_scene;
    std::unique_ptr<PaintStyle> m_style;
    std::unique_ptr<Picture> m_picture;

    void update(const DeviceView &view) { m_picture->update(m_scene, *m_style, view, size, {}); }

    // Some pods fail, all over the picture.
    void change()
    {
        for (store::Slot slot = m_fleet.random() % 7; slot < m_fleet.pods.table().size(); slot += 40) {
            store::PodRecord pod = *m_fleet.pods.table().at(slot);
            pod.meta.severity =
                pod.meta.severity == store::Severity::Failing ? store::Severity::Healthy : store::Severity::Failing;
            m_fleet.put(pod);
        }
        for (const int tile : m_scene.apply(m_fleet.publish()).tiles)
            m_picture->invalidate(m_scene.layout().tileRect(tile));
    }

    QImage atOnce(const DeviceView &view)
    {
        QImage image(size, QImage::Format_RGB32);
        ScenePainter(m_scene, *m_style, view, {}).paint(image, image.rect());
        return image;
    }

    // Paints on until the picture is whole.
    bool finish(const DeviceView &view)
    {
        for (int calls = 0; calls < 100; ++calls) {
            update(view);
            if (!m_picture->isRefining() && m_picture->view() == view)
                return true;
        }
        return false;
    }

    DeviceView m_far{0.3, {10, 10}, 1};
    DeviceView m_near{0.5, {-40, -30}, 1};

private Q_SLOTS:
    void init()
    {
        m_fleet = {};
        m_fleet.populate(200, 4000);
        m_fleet.publish();
        m_scene = Scene();
        m_scene.reset(m_fleet.snapshot);
        m_style = std::make_unique<PaintStyle>(m_theme);
        m_picture = std::make_unique<Picture>();
        // One band a call.
        m_picture->setBudget(std::chrono::microseconds(0));
        update(m_far);
        QCOMPARE(m_picture->image(), atOnce(m_far));
    }

    void changesArePainted()
    {
        const QImage before = m_picture->image();
        change();
        update(m_far);
        QVERIFY(m_picture->image() != before);
        QCOMPARE(m_picture->image(), atOnce(m_far));
    }

    void changesWhilePanning()
    {
        DeviceView view = m_far;
        for (const QPoint &by : {QPoint(13, -7), QPoint(-31, 5), QPoint(0, 60)}) {
            change();
            view.offset += by;
            update(view);
            QCOMPARE(m_picture->image(), atOnce(view));
        }
    }

    void anotherScaleTakesSeveralCalls()
    {
        const QImage before = m_picture->image();
        update(m_near);
        QVERIFY(m_picture->isRefining());
        QCOMPARE(m_picture->view(), m_far);
        QCOMPARE(m_picture->image(), before);
        QVERIFY(finish(m_near));
        QCOMPARE(m_picture->image(), atOnce(m_near));
    }

    // Above the band that is next and below it.
    void changesWhileAnotherScaleIsPainted()
    {
        for (int calls = 0; calls < 5; ++calls) {
            update(m_near);
            QVERIFY(m_picture->isRefining());
            change();
        }
        QVERIFY(finish(m_near));
        QCOMPARE(m_picture->image(), atOnce(m_near));
    }

    void backBeforeItWasWhole()
    {
        update(m_near);
        change();
        update(m_near);
        QVERIFY(m_picture->isRefining());
        change();
        update(m_far);
        QVERIFY(!m_picture->isRefining());
        QCOMPARE(m_picture->image(), atOnce(m_far));
    }

    // Who goes on zooming sees each picture that was finished.
    void theScaleMovesOn()
    {
        DeviceView view = m_near;
        update(view);
        while (m_picture->isRefining()) {
            change();
            view.scale *= 1.02;
            update(view);
        }
        QCOMPARE(m_picture->view(), m_near);
        QVERIFY(finish(view));
        QCOMPARE(m_picture->image(), atOnce(view));
    }
};

QTEST_MAIN(TestTopologyPicture)
#include "tst_topologypicture.moc"
