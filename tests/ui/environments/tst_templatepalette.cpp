// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/environments/templates.h"

#include "environments/dropadvice.h"
#include "ui/common/theme.h"
#include "ui/environments/templatecard.h"
#include "ui/environments/templatelist.h"
#include "ui/environments/templatepalette.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace kdra;
using namespace kdra::ui;
using namespace Qt::StringLiterals;
using tests::makeTemplate;

class TestTemplatePalette : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_palette.reset(); }
    void groupsByCategory();
    void searchesInAllWords();
    void changesInBlocks();
    void saysWhatIsMissing();
    void walksAndChooses();
    void typingSearches();
    void menuAndPickUp();
    void createdWithoutReview();
    void whatOthersWriteIsReviewedAnew();
    void buttonOfACard();
    void problemsComeLastWithTheirReason();
    void isRead();
    void carriesItsId();
    void picturesFollowTheTheme();

private:
    QStringList shown() const;
    QPoint middleOf(const QString &id) const;
    QMenu *openMenu() const;

    Theme m_theme;
    std::unique_ptr<TemplatePalette> m_palette;
};

void TestTemplatePalette::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"kdra-tests"_s);
    QCoreApplication::setApplicationName(u"templatepalette"_s);
}

void TestTemplatePalette::init()
{
    QSettings().clear();
    m_theme.setScheme(Theme::Scheme::Dark);
    m_palette = std::make_unique<TemplatePalette>(m_theme);
    new QAbstractItemModelTester(&m_palette->model(), m_palette.get());
    m_palette->resize(232, 700);
    m_palette->setTemplates(tests::someTemplates(), {});
    m_palette->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_palette.get(), 30000));
    m_palette->list().setFocus();
}

QStringList TestTemplatePalette::shown() const
{
    QStringList rows;
    for (int row = 0; row < m_palette->model().rowCount(); ++row)
        rows += m_palette->model().index(row).data().toString();
    return rows;
}

QPoint TestTemplatePalette::middleOf(const QString &id) const
{
    return m_palette->list().visualRect(m_palette->model().index(m_palette->model().rowOf(id))).center();
}

void TestTemplatePalette::groupsByCategory()
{
    const QStringList all{u"Applications"_s, u"Web + PostgreSQL"_s, u"Data"_s, u"Redis"_s, u"Edge"_s,
        u"Mosquitto + Node-RED"_s, u"Our own"_s, u"Bench"_s};
    QCOMPARE(shown(), all);
    TemplateModel &model = m_palette->model();
    const QModelIndex edge = model.index(model.rowOf(u"builtin:mosquitto"_s));
    QCOMPARE(edge.data(TemplateModel::BadgesRole).toStringList(), (QStringList{u"edge"_s, u"storage"_s}));
    QCOMPARE(edge.data(TemplateModel::SourceRole).toString(), QString());
    const QModelIndex own = model.index(model.rowOf(u"folder:bench"_s));
    QCOMPARE(own.data(TemplateModel::SourceRole).toString(), u"your folder"_s);
}

void TestTemplatePalette::searchesInAllWords()
{
    m_palette->search().setText(u"mqtt EDGE"_s);
    QCOMPARE(shown(), (QStringList{u"Edge"_s, u"Mosquitto + Node-RED"_s}));
    m_palette->search().setText(u"mqtt data"_s);
    QVERIFY(shown().isEmpty());
    m_palette->search().clear();
    QCOMPARE(shown().size(), 8);
}

void TestTemplatePalette::changesInBlocks()
{
    QSignalSpy resets(&m_palette->model(), &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&m_palette->model(), &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(&m_palette->model(), &QAbstractItemModel::dataChanged);
    TemplateList &list = m_palette->list();
    list.setCurrentIndex(m_palette->model().index(m_palette->model().rowOf(u"builtin:redis"_s)));

    QList<environments::TemplatePtr> templates = tests::someTemplates();
    templates += makeTemplate(u"nats"_s, u"NATS"_s, u"Messaging"_s);
    templates += makeTemplate(u"grafana"_s, u"Grafana"_s, u"Applications"_s);
    m_palette->setTemplates(templates, {});
    QCOMPARE(
        shown().first(5), (QStringList{u"Applications"_s, u"Grafana"_s, u"Web + PostgreSQL"_s, u"Data"_s, u"Redis"_s}));
    QVERIFY(resets.isEmpty());
    QCOMPARE(inserted.size(), 2);
    QVERIFY(!changed.isEmpty());
    QCOMPARE(list.current()->name, u"redis"_s);
}

void TestTemplatePalette::saysWhatIsMissing()
{
    const auto text = [this] {
        QString visible;
        for (const QLabel *label : m_palette->findChildren<QLabel *>()) {
            if (label->isVisible())
                visible += label->text();
        }
        return visible;
    };
    m_palette->search().setText(u"zebra"_s);
    QVERIFY(text().contains(u"No template matches “zebra”."));
    QVERIFY(!m_palette->list().isVisible());
    m_palette->search().clear();
    m_palette->setTemplates({}, {});
    QVERIFY(text().contains(u"There are no templates."));
    TemplatePalette fresh(m_theme);
    fresh.show();
    bool reading = false;
    for (const QLabel *label : fresh.findChildren<QLabel *>())
        reading = reading || label->text() == u"Templates are being read…";
    QVERIFY(reading);
}

void TestTemplatePalette::walksAndChooses()
{
    QSignalSpy chosen(m_palette.get(), &TemplatePalette::chosen);
    TemplateList &list = m_palette->list();
    QCOMPARE(list.current()->name, u"web-postgresql"_s);
    // Over the headings.
    QTest::keyClick(&list, Qt::Key_Down);
    QCOMPARE(list.current()->name, u"redis"_s);
    QTest::keyClick(&list, Qt::Key_Return);
    QCOMPARE(chosen.takeFirst().front().toString(), u"builtin:redis"_s);
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, middleOf(u"builtin:mosquitto"_s));
    QVERIFY(chosen.isEmpty());
    QTest::mouseDClick(list.viewport(), Qt::LeftButton, {}, middleOf(u"builtin:mosquitto"_s));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.front().front().toString(), u"builtin:mosquitto"_s);
}

void TestTemplatePalette::typingSearches()
{
    QSignalSpy chosen(m_palette.get(), &TemplatePalette::chosen);
    QTest::keyClicks(&m_palette->list(), u"r"_s);
    QTest::keyClicks(QApplication::focusWidget(), u"edis"_s);
    QCOMPARE(m_palette->search().text(), u"redis"_s);
    QCOMPARE(shown(), (QStringList{u"Data"_s, u"Redis"_s}));
    // What was found is what Enter means.
    QTest::keyClick(&m_palette->search(), Qt::Key_Return);
    QCOMPARE(chosen.takeFirst().front().toString(), u"builtin:redis"_s);
    QTest::keyClick(&m_palette->search(), Qt::Key_Down);
    QVERIFY(m_palette->list().hasFocus());
    m_palette->search().setFocus();
    QTest::keyClick(&m_palette->search(), Qt::Key_Escape);
    QVERIFY(m_palette->search().text().isEmpty());
    QVERIFY(m_palette->list().hasFocus());
}

void TestTemplatePalette::menuAndPickUp()
{
    QSignalSpy pickedUp(m_palette.get(), &TemplatePalette::pickedUp);
    QTest::keyClick(&m_palette->list(), Qt::Key_Space);
    QCOMPARE(pickedUp.size(), 1);
    QCOMPARE(pickedUp.front(), (QVariantList{u"builtin:web-postgresql"_s, u"Web + PostgreSQL"_s}));

    QSignalSpy about(m_palette.get(), &TemplatePalette::menuAboutToShow);
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(m_palette->list().viewport(), &byKey);
    QCOMPARE(about.size(), 1);
    auto *menu = about.front().at(1).value<QMenu *>();
    QVERIFY(menu->isVisible());
    QCOMPARE(menu->actions().size(), 4);
    QSignalSpy chosen(m_palette.get(), &TemplatePalette::chosen);
    menu->actions().front()->trigger();
    QCOMPARE(chosen.front().front().toString(), u"builtin:web-postgresql"_s);
    menu->close();
}

QMenu *TestTemplatePalette::openMenu() const
{
    QSignalSpy about(m_palette.get(), &TemplatePalette::menuAboutToShow);
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(m_palette->list().viewport(), &byKey);
    return about.isEmpty() ? nullptr : about.front().at(1).value<QMenu *>();
}

void TestTemplatePalette::createdWithoutReview()
{
    const auto texts = [](const QMenu &menu) {
        QStringList all;
        for (const auto actions = menu.actions(); const QAction *action : actions) {
            if (!action->isSeparator())
                all += action->text();
        }
        return all;
    };
    TemplateModel &model = m_palette->model();
    const QModelIndex web = model.index(model.rowOf(u"builtin:web-postgresql"_s));
    // The end of the line with its title.
    const auto picture = [&] {
        const QRect row = m_palette->list().visualRect(web);
        return m_palette->list().viewport()->grab(QRect(row.right() - 32, row.top() + 9, 18, 16)).toImage();
    };
    const QImage before = picture();
    QPointer<QMenu> menu = openMenu();
    QVERIFY(menu);
    QCOMPARE(texts(*menu), (QStringList{u"Create…"_s, u"Pick up"_s, u"Create without review"_s}));
    QVERIFY(!menu->actions().last()->isChecked());
    menu->actions().last()->trigger();
    menu->close();
    // A glyph and words say so.
    QVERIFY(web.data(TemplateModel::UnreviewedRole).toBool());
    QVERIFY(web.data(Qt::AccessibleTextRole).toString().contains(u"created without review"));
    QVERIFY(web.data(Qt::ToolTipRole).toString().contains(u"Created without review"));
    QVERIFY(picture() != before);

    // Remembered by the next window; one can still look first.
    TemplatePalette next(m_theme);
    next.setTemplates(tests::someTemplates(), {});
    QVERIFY(next.model().isUnreviewed(*tests::someTemplates().front()));
    QVERIFY(!next.model().isUnreviewed(*tests::someTemplates().at(1)));
    QTRY_VERIFY_WITH_TIMEOUT(!menu, 30000);
    menu = openMenu();
    QCOMPARE(
        texts(*menu), (QStringList{u"Create"_s, u"Review and create…"_s, u"Pick up"_s, u"Create without review"_s}));
    QSignalSpy reviewed(m_palette.get(), &TemplatePalette::reviewRequested);
    QSignalSpy chosen(m_palette.get(), &TemplatePalette::chosen);
    menu->actions().at(1)->trigger();
    QCOMPARE(reviewed.size(), 1);
    QVERIFY(chosen.isEmpty());
    menu->actions().last()->trigger();
    menu->close();
    QVERIFY(!web.data(TemplateModel::UnreviewedRole).toBool());
    QCOMPARE(picture(), before);
}

void TestTemplatePalette::whatOthersWriteIsReviewedAnew()
{
    environments::Template shared = *makeTemplate(u"shared"_s, u"Shared"_s, {}, environments::Source::Cluster);
    shared.files = {{u"template.yaml"_s, "name: shared\n"}};
    environments::Template own = *makeTemplate(u"bench"_s, u"Bench"_s, {}, environments::Source::Folder);
    TemplateModel &model = m_palette->model();
    for (const environments::Template &one : {shared, own}) {
        model.setUnreviewed(one, true);
        QVERIFY(model.isUnreviewed(one));
    }
    for (environments::Template *one : {&shared, &own})
        one->files = {{u"template.yaml"_s, "name: shared\ntitle: Something else\n"}};
    QVERIFY(!model.isUnreviewed(shared));
    QVERIFY(model.isUnreviewed(own));
}

void TestTemplatePalette::buttonOfACard()
{
    QSignalSpy chosen(m_palette.get(), &TemplatePalette::chosen);
    TemplateList &list = m_palette->list();
    const QModelIndex index = m_palette->model().index(m_palette->model().rowOf(u"builtin:redis"_s));
    const QPoint button = list.cards().buttonRect(list.visualRect(index)).center();
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, button);
    QCOMPARE(chosen.size(), 1);
    // Elsewhere on the card a click only selects.
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, middleOf(u"builtin:mosquitto"_s));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(list.current()->name, u"mosquitto"_s);
}

void TestTemplatePalette::problemsComeLastWithTheirReason()
{
    m_palette->setTemplates(
        tests::someTemplates(), {{u"/templates/broken"_s, u"template.yaml:12: unknown parameter type \"strng\""_s}});
    TemplateModel &model = m_palette->model();
    QCOMPARE(shown().last(2), (QStringList{u"Cannot be used"_s, u"/templates/broken"_s}));
    const QModelIndex last = model.index(model.rowCount() - 1);
    QVERIFY(last.data(Qt::ToolTipRole).toString().contains(u"template.yaml:12"));
    QVERIFY(last.data(Qt::AccessibleTextRole).toString().contains(u"template.yaml:12"));
    QVERIFY(!(last.flags() & Qt::ItemIsDragEnabled));
    // Neither chosen nor picked up.
    QSignalSpy chosen(m_palette.get(), &TemplatePalette::chosen);
    QSignalSpy pickedUp(m_palette.get(), &TemplatePalette::pickedUp);
    m_palette->list().setCurrentIndex(last);
    QTest::keyClick(&m_palette->list(), Qt::Key_Return);
    QTest::keyClick(&m_palette->list(), Qt::Key_Space);
    QVERIFY(chosen.isEmpty());
    QVERIFY(pickedUp.isEmpty());
}

void TestTemplatePalette::isRead()
{
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&m_palette->list());
    QVERIFY(list);
    QCOMPARE(list->text(QAccessible::Name), u"Templates"_s);
    QCOMPARE(list->childCount(), 8);
    QCOMPARE(list->child(5)->text(QAccessible::Name), u"Mosquitto + Node-RED, edge, storage"_s);
    QCOMPARE(list->child(5)->text(QAccessible::Description), u"What Mosquitto + Node-RED is for."_s);
    QCOMPARE(list->child(7)->text(QAccessible::Name), u"Bench, your folder"_s);
}

void TestTemplatePalette::carriesItsId()
{
    TemplateModel &model = m_palette->model();
    const std::unique_ptr<QMimeData> data(model.mimeData({model.index(model.rowOf(u"builtin:redis"_s))}));
    QCOMPARE(data->formats(), QStringList(u"application/x-kdra-template"_s));
    QCOMPARE(data->data(environments::templateMimeType), QByteArray("builtin:redis"));
}

void TestTemplatePalette::picturesFollowTheTheme()
{
    const environments::TemplatePtr of = tests::someTemplates().front();
    const QPixmap dark = dragPicture(m_theme, *of, 2);
    QCOMPARE(dark.devicePixelRatio(), 2.0);
    QCOMPARE(dark.deviceIndependentSize().height(), 36.0);
    QCOMPARE(dark.toImage().pixelColor(dark.width() - 20, 20), m_theme.palette().panel);
    m_theme.setScheme(Theme::Scheme::Light);
    const QPixmap light = dragPicture(m_theme, *of, 1);
    QCOMPARE(light.toImage().pixelColor(light.width() - 10, 10), m_theme.palette().panel);
    // A long title is cut, not the picture.
    const QPixmap long_ = dragPicture(m_theme, *makeTemplate(u"x"_s, QString(200, u'W'), {}), 1);
    QCOMPARE(long_.width(), 220);
}

QTEST_MAIN(TestTemplatePalette)
#include "tst_templatepalette.moc"
