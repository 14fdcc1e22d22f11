// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/topology/shop.h"
#include "ui/topology/canvas.h"
#include "ui/topology/relationsource.h"
#include "ui/topology/topologypage.h"

#include <QAccessible>
#include <QDir>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace kdra;
using namespace kdra::ui;
using tests::Shop;

// Relations of the selection: found, laid out, painted, walked.
class TestTopologyRelations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void findsWhatBelongsToAService();
    void findsTheWayInOrder();
    void chipsStandApart_data();
    void chipsStandApart();
    void edgesAreBounded();
    void farPodsShareAnEdge();
    void fadesTheRest();
    void nothingIsPaintedForNothing();
    void escapeLeaves();
    void keyAndButtonToggle();
    void chipsAreClicked();
    void chipsAreReachedByTab();
    void tellsThePath();
    void tellsThatThereIsNoPath();
    void followsChanges();
    void newestWins();
    void framesWhatIsRelated();

private:
    void settle();
    void waitForRelations(const models::Item &item);
    int chip(const QString &kind) const;
    QString caption() const;
    QColor pixel(QPoint point) { return m_canvas->grab().toImage().pixelColor(point * m_canvas->devicePixelRatioF()); }

    Theme m_theme;
    std::unique_ptr<models::Selection> m_selection;
    std::unique_ptr<TopologyPage> m_page;
    Canvas *m_canvas = nullptr;
    Shop m_shop;
};

void TestTopologyRelations::init()
{
    m_theme.setScheme(Theme::Scheme::Dark);
    m_selection = std::make_unique<models::Selection>();
    m_page = std::make_unique<TopologyPage>(m_theme, *m_selection);
    m_canvas = &m_page->canvas();
    m_page->resize(1280, 800);
    m_shop = {};
    m_shop.populate(24, 200);
    m_shop.open(6);
    m_page->apply(m_shop.publish());
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get(), 30000));
    m_canvas->setFocus();
    settle();
}

void TestTopologyRelations::cleanup()
{
    m_page.reset();
    m_selection.reset();
}

void TestTopologyRelations::settle()
{
    QTRY_VERIFY_WITH_TIMEOUT(!m_canvas->camera().isMoving() && m_canvas->isSharp(), 30000);
}

void TestTopologyRelations::waitForRelations(const models::Item &item)
{
    QSignalSpy changed(m_canvas, &Canvas::relationsChanged);
    m_selection->set(item);
    QTRY_VERIFY_WITH_TIMEOUT(m_canvas->showsRelations() && !changed.isEmpty(), 30000);
}

int TestTopologyRelations::chip(const QString &kind) const
{
    const auto &chips = m_canvas->relationMap().chips;
    const auto it = std::ranges::find(chips, kind, &Chip::kind);
    return it == chips.end() ? -1 : static_cast<int>(it - chips.begin());
}

QString TestTopologyRelations::caption() const
{
    for (const QLabel *label : m_page->findChildren<QLabel *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (label->isVisible())
            return label->text();
    }
    return {};
}

void TestTopologyRelations::findsWhatBelongsToAService()
{
    const Related related = RelationSource::find(m_shop.snapshot, {m_shop.service});
    QStringList names;
    int pods = 0;
    for (const RelatedObject &object : related.objects) {
        pods += object.item.kind == store::Kind::Pod;
        if (object.item.kind != store::Kind::Pod)
            names += store::kindName(object.item.kind) + u' ' + object.name;
        QCOMPARE(object.selected, object.item == m_shop.service);
        QCOMPARE(object.ns, QStringLiteral("team-a"));
    }
    QCOMPARE(pods, 6);
    names.sort();
    QCOMPARE(names,
        QStringList({QStringLiteral("Deployment web"), QStringLiteral("Ingress shop"),
            QStringLiteral("ReplicaSet web-1"), QStringLiteral("Service web")}));
    QVERIFY(RelationSource::find(m_shop.snapshot, {}).objects.empty());
    QVERIFY(RelationSource::find(nullptr, {m_shop.service}).objects.empty());
}

void TestTopologyRelations::findsTheWayInOrder()
{
    const Related down = RelationSource::find(m_shop.snapshot, {m_shop.ingress, m_shop.members.front()});
    QVERIFY(down.isPath);
    QVERIFY2(pathSentence(down).startsWith(QStringLiteral("Ingress shop \u2192 Service web \u2192 Pod web-")),
        qPrintable(pathSentence(down)));
    const Related up = RelationSource::find(m_shop.snapshot, {m_shop.members.front(), m_shop.ingress});
    QVERIFY2(pathSentence(up).endsWith(QStringLiteral("\u2192 Service web \u2192 Ingress shop")),
        qPrintable(pathSentence(up)));
}

void TestTopologyRelations::chipsStandApart_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("zoom");
    for (const QSize size : {QSize(1280, 800), QSize(720, 560), QSize(1920, 1080)}) {
        for (const double zoom : {1.0, 3.0, 9.0})
            QTest::addRow("%dx%d %.0f", size.width(), size.height(), zoom) << size << zoom;
    }
}

// Neither over each other nor over the selection, and inside the window.
void TestTopologyRelations::chipsStandApart()
{
    QFETCH(QSize, size);
    QFETCH(double, zoom);
    m_page->resize(size);
    m_canvas->zoomBy(zoom);
    settle();
    const PodPlace place = m_canvas->scene().placeOf(m_shop.members[2].uid);
    m_canvas->centreOn(m_canvas->scene().layout().tileRect(place.tile).center());
    settle();
    for (const models::Item &item : {m_shop.service, m_shop.members[2], m_shop.deployment, m_shop.ingress}) {
        waitForRelations(item);
        const RelationMap &map = m_canvas->relationMap();
        QVERIFY(map.chips.size() >= 4);
        for (size_t i = 0; i < map.chips.size(); ++i) {
            QVERIFY(QRectF(m_canvas->rect()).contains(map.chips[i].rect));
            for (size_t j = 0; j < i; ++j)
                QVERIFY(!map.chips[i].rect.intersects(map.chips[j].rect));
            if (item.kind == store::Kind::Pod) {
                const QRect pod = m_canvas->stopOnScreen({-1, place.tile, place.cell});
                QVERIFY(!map.chips[i].rect.intersects(pod));
            }
        }
        for (const Edge &edge : map.edges) {
            for (const Chip &one : map.chips)
                QVERIFY(edge.label.isEmpty() || !edge.labelRect.intersects(one.rect));
        }
    }
}

void TestTopologyRelations::edgesAreBounded()
{
    Related related;
    RelatedObject service;
    service.item = m_shop.service;
    service.selected = true;
    related.objects.push_back(service);
    for (int i = 0; i < 400; ++i) {
        RelatedObject other;
        other.item = {store::Kind::ReplicaSet, {7, static_cast<quint64>(i + 1)}};
        related.objects.push_back(other);
    }
    m_shop.snapshot->table<store::Kind::Pod>().forEach([&](const auto &pod) {
        RelatedObject one;
        one.item = {store::Kind::Pod, pod->meta.uid};
        one.slot = pod.slot();
        related.links.push_back({0, static_cast<int>(related.objects.size()), relations::Relation::Selects});
        related.links.push_back({0, static_cast<int>(related.objects.size()), relations::Relation::Routes});
        related.objects.push_back(one);
    });
    const QFontMetricsF metrics(m_canvas->font());
    const RelationMap map =
        arrangeRelations(related, m_canvas->scene(), {8, {}}, {QRectF(0, 0, 1200, 700), metrics, metrics, -1});
    QCOMPARE(map.edges.size(), size_t(RelationMap::mostEdges));
    QCOMPARE(map.leftOut, 200);
    // The service, and replica sets as far as they are shown, the rest in one.
    QCOMPARE(map.chips.size(), size_t(1 + RelationMap::mostChipsOfALayer));
    QCOMPARE(map.chips.back().more, 400 - RelationMap::mostChipsOfALayer + 1);
    for (size_t i = 0; i < map.chips.size(); ++i) {
        for (size_t j = 0; j < i; ++j)
            QVERIFY(!map.chips[i].rect.intersects(map.chips[j].rect));
    }
}

void TestTopologyRelations::farPodsShareAnEdge()
{
    m_canvas->zoomBy(0.05);
    settle();
    waitForRelations(m_shop.service);
    QSet<int> tiles;
    for (const models::Item &pod : m_shop.members)
        tiles.insert(m_canvas->scene().placeOf(pod.uid).tile);
    int toPods = 0;
    int links = 0;
    for (const Edge &edge : m_canvas->relationMap().edges) {
        if (edge.relation == relations::Relation::Selects) {
            ++toPods;
            links += edge.count;
        }
    }
    QCOMPARE(links, 6);
    if (m_canvas->camera().view().scale * metrics::cellPitch < RelationMap::smallestTarget)
        QCOMPARE(toPods, static_cast<int>(tiles.size()));
}

void TestTopologyRelations::fadesTheRest()
{
    QSet<int> related;
    for (const models::Item &pod : m_shop.members)
        related.insert(m_canvas->scene().placeOf(pod.uid).tile);
    waitForRelations(m_shop.service);
    const RelationMap &map = m_canvas->relationMap();
    // The first pod, not under a chip, of a tile that has nothing to do with it.
    const double scale = m_canvas->camera().view().scale;
    QPoint point;
    for (const int tile : m_canvas->scene().layout().order()) {
        const QRect cell = m_canvas->stopOnScreen({-1, tile, 0});
        const bool free = std::ranges::none_of(
            map.chips, [&](const Chip &one) { return one.rect.adjusted(-4, -4, 4, 4).intersects(cell); });
        if (!related.contains(tile) && free && m_canvas->scene().cells(tile, scale).rect(0).width() * scale > 5)
            point = cell.center();
    }
    QVERIFY(!point.isNull());
    const auto contrast = [this](const QColor &colour) {
        const QColor back = m_theme.palette().background;
        return std::abs(colour.green() - back.green()) + std::abs(colour.blue() - back.blue());
    };
    const int faded = contrast(pixel(point));
    const PodPlace member = m_canvas->scene().placeOf(m_shop.members.front().uid);
    const QPoint lit = m_canvas->stopOnScreen({-1, member.tile, member.cell}).center() + QPoint(1, 2);
    const int shown = contrast(pixel(lit));
    m_canvas->setRelationsShown(false);
    settle();
    QVERIFY2(faded < contrast(pixel(point)) / 2, qPrintable(QString::number(faded)));
    QVERIFY2(shown > contrast(pixel(lit)) / 2, qPrintable(QString::number(shown)));
}

void TestTopologyRelations::nothingIsPaintedForNothing()
{
    // A node holds its pods: there is nothing to draw a line to.
    const int tile = m_canvas->scene().layout().order().front();
    m_selection->set({store::Kind::Node, m_canvas->scene().tile(tile).uid});
    QTest::qWait(0);
    QTRY_VERIFY_WITH_TIMEOUT(!m_canvas->related().objects.empty(), 30000);
    QVERIFY(!m_canvas->showsRelations());
    QVERIFY(m_canvas->chips().isEmpty());
    m_selection->clear();
    QVERIFY(m_canvas->related().objects.empty());
    QSignalSpy painted(m_canvas, &Canvas::painted);
    QVERIFY(QTest::qWaitFor([&] { return !painted.wait(100); }, 30000));
    painted.clear();
    m_page->apply(m_shop.publish());
    QVERIFY(!painted.wait(400));
}

void TestTopologyRelations::escapeLeaves()
{
    waitForRelations(m_shop.service);
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QVERIFY(!m_canvas->showsRelations());
    QVERIFY(m_selection->contains(m_shop.service));
    // For this selection only.
    QVERIFY(m_canvas->relationsShown());
    waitForRelations(m_shop.deployment);
}

void TestTopologyRelations::keyAndButtonToggle()
{
    waitForRelations(m_shop.service);
    QToolButton *button = nullptr;
    for (QToolButton *one : m_page->findChildren<QToolButton *>()) {
        if (one->isCheckable())
            button = one;
    }
    QVERIFY(button && button->isChecked());
    QTest::keyClick(m_canvas, Qt::Key_R, Qt::ShiftModifier);
    QVERIFY(!m_canvas->showsRelations());
    QVERIFY(!button->isChecked());
    QVERIFY(m_canvas->searchText().isEmpty());
    button->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_canvas->showsRelations(), 30000);
    // A small letter searches.
    QTest::keyClick(m_canvas, Qt::Key_R);
    QCOMPARE(m_canvas->searchText(), QStringLiteral("r"));
}

void TestTopologyRelations::chipsAreClicked()
{
    waitForRelations(m_shop.service);
    const int deployment = chip(QStringLiteral("Deployment"));
    QVERIFY(deployment >= 0);
    QTest::mouseClick(m_canvas, Qt::LeftButton, {},
        m_canvas->relationMap().chips[static_cast<size_t>(deployment)].rect.center().toPoint());
    QCOMPARE(m_selection->items(), QList<models::Item>{m_shop.deployment});
    QTRY_VERIFY_WITH_TIMEOUT(chip(QStringLiteral("Ingress")) >= 0, 30000);
    const int ingress = chip(QStringLiteral("Ingress"));
    QTest::mouseClick(m_canvas, Qt::LeftButton, Qt::ControlModifier,
        m_canvas->relationMap().chips[static_cast<size_t>(ingress)].rect.center().toPoint());
    QCOMPARE(m_selection->items(), QList<models::Item>({m_shop.deployment, m_shop.ingress}));
}

void TestTopologyRelations::chipsAreReachedByTab()
{
    waitForRelations(m_shop.service);
    QAccessibleInterface *tree = QAccessible::queryAccessibleInterface(m_canvas);
    const int count = static_cast<int>(m_canvas->relationMap().chips.size());
    QStringList told;
    for (int i = 0; i < count; ++i) {
        QTest::keyClick(m_canvas, Qt::Key_Tab);
        QVERIFY(m_canvas->hasFocus());
        QCOMPARE(m_canvas->currentChip(), i);
        QAccessibleInterface *focused = tree->focusChild();
        QVERIFY(focused && focused->state().focused);
        QCOMPARE(focused->parent(), tree);
        QCOMPARE(tree->child(tree->indexOfChild(focused)), focused);
        QVERIFY(!focused->rect().isEmpty());
        QCOMPARE(tree->childAt(focused->rect().center().x(), focused->rect().center().y()), focused);
        told += focused->text(QAccessible::Name);
    }
    const QString all = told.join(u'\n');
    QVERIFY2(all.contains(QStringLiteral("Service web, in team-a, healthy, selects 6 objects")), qPrintable(all));
    QVERIFY2(all.contains(QStringLiteral("Ingress shop, in team-a, healthy, routes to Service web")), qPrintable(all));
    QTest::keyClick(m_canvas, Qt::Key_Backtab);
    QCOMPARE(m_canvas->currentChip(), count - 2);
    const models::Item item = m_canvas->chips().at(count - 2).item;
    QTest::keyClick(m_canvas, Qt::Key_Return);
    QCOMPARE(m_selection->current(), item);
    // Behind the last one Tab goes on.
    QTRY_VERIFY_WITH_TIMEOUT(m_canvas->showsRelations(), 30000);
    m_canvas->setCurrentChip(static_cast<int>(m_canvas->relationMap().chips.size()) - 1);
    QTest::keyClick(m_canvas, Qt::Key_Tab);
    QCOMPARE(m_canvas->currentChip(), -1);
}

void TestTopologyRelations::tellsThePath()
{
    m_selection->set(m_shop.ingress);
    m_selection->toggle(m_shop.members.front());
    QTRY_VERIFY_WITH_TIMEOUT(m_canvas->showsRelations() && m_canvas->related().isPath, 30000);
    const QString sentence = m_canvas->relationCaption();
    QVERIFY2(sentence.startsWith(QStringLiteral("Ingress shop \u2192 Service web \u2192 Pod ")), qPrintable(sentence));
    QCOMPARE(caption(), sentence);
    QCOMPARE(m_canvas->relationMap().edges.size(), size_t(2));
}

void TestTopologyRelations::tellsThatThereIsNoPath()
{
    m_selection->set(m_shop.ingress);
    m_selection->toggle(m_shop.stranger);
    QTRY_COMPARE_WITH_TIMEOUT(
        caption(), QStringLiteral("Nothing leads from Ingress shop to Deployment stranger."), 30000);
    QVERIFY(!m_canvas->showsRelations());
    m_selection->clear();
    QTRY_VERIFY_WITH_TIMEOUT(caption().isEmpty(), 30000);
}

void TestTopologyRelations::followsChanges()
{
    waitForRelations(m_shop.service);
    const auto pods = [this] {
        return std::ranges::count_if(m_canvas->related().objects,
            [](const RelatedObject &object) { return object.item.kind == store::Kind::Pod; });
    };
    QCOMPARE(pods(), 6);
    store::PodRecord pod = m_shop.pod(m_shop.members.front().uid);
    pod.meta.labels = m_shop.strings->intern("app=other\n");
    m_shop.put(pod);
    m_page->apply(m_shop.publish());
    // Still owned by the replica set, but that is found from pods that are selected.
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::count_if(m_canvas->related().links,
                                 [](const RelatedLink &link) { return link.relation == relations::Relation::Selects; })
            == 5,
        30000);
}

void TestTopologyRelations::newestWins()
{
    QSignalSpy changed(m_canvas, &Canvas::relationsChanged);
    for (int i = 0; i < 20; ++i)
        m_selection->set(i % 2 ? m_shop.service : m_shop.stranger);
    QTRY_VERIFY_WITH_TIMEOUT(m_canvas->showsRelations(), 30000);
    QVERIFY(std::ranges::any_of(m_canvas->related().objects,
        [this](const RelatedObject &object) { return object.selected && object.item == m_shop.service; }));
    m_selection->clear();
    QVERIFY(m_canvas->related().objects.empty());
}

void TestTopologyRelations::framesWhatIsRelated()
{
    waitForRelations(m_shop.service);
    QTest::keyClick(m_canvas, Qt::Key_F, Qt::ShiftModifier);
    settle();
    for (const models::Item &pod : m_shop.members)
        QVERIFY(m_canvas->rect().contains(m_canvas->tileOnScreen(m_canvas->scene().placeOf(pod.uid).tile)));
    if (const QString folder = qEnvironmentVariable("KDRA_PICTURES"); !folder.isEmpty()) {
        for (const bool dark : {true, false}) {
            m_theme.setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
            const QString name = dark ? QStringLiteral("dark") : QStringLiteral("light");
            m_page->grab().save(QDir(folder).filePath(QStringLiteral("relations-%1.png").arg(name)));
            m_selection->set(m_shop.members[2]);
            QTRY_VERIFY_WITH_TIMEOUT(m_canvas->showsRelations(), 30000);
            m_page->grab().save(QDir(folder).filePath(QStringLiteral("pod-%1.png").arg(name)));
            m_selection->set(m_shop.ingress);
            m_selection->toggle(m_shop.members.front());
            QTRY_VERIFY_WITH_TIMEOUT(m_canvas->showsRelations() && m_canvas->related().isPath, 30000);
            m_page->grab().save(QDir(folder).filePath(QStringLiteral("path-%1.png").arg(name)));
            waitForRelations(m_shop.service);
        }
    }
}

QTEST_MAIN(TestTopologyRelations)
#include "tst_topologyrelations.moc"
