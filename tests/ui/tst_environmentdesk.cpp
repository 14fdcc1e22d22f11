// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/requests.h"
#include "environments/annotating.h"
#include "ui/actions/tasklist.h"
#include "ui/drawer.h"
#include "ui/environmentdesk.h"
#include "ui/environments/createsheet.h"
#include "ui/environments/environmentdetails.h"
#include "ui/environments/environmentspage.h"
#include "ui/environments/lossdialog.h"
#include "ui/environments/partnamebox.h"
#include "ui/environments/placementbox.h"
#include "ui/environments/planview.h"
#include "ui/environments/secretsdialog.h"
#include "ui/environments/templatepalette.h"
#include "ui/mainwindow.h"
#include "ui/session.h"
#include "ui/templatedesk.h"
#include "ui/topology/topologypage.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace kdra;
using namespace kdra::ui;
using environments::Environment;
using environments::Fit;
using environments::Target;
using namespace Qt::StringLiterals;

// From a template to an environment and back to nothing, in the window, on the demo cluster.
class TestEnvironmentDesk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void templatesAreThere();
    void everyTemplateCanBeDragged();
    void verdictsOfTheLiveCluster();
    void taintsAreAgreedTo();
    void createdOnAPi();
    void judgedBeforeItIsMoved();
    void clonedAndExported();
    void addedTo();
    void removedFrom();
    void resumed();
    void deleted();
    void createdWithoutReview();
    void namespaceBecomesATemplate();
    void selectionBecomesATemplate();
    void selectionOfSeveralNamespaces();
    void sharedWithEverybody();

private:
    std::optional<Environment> environment() const
    {
        const QList<Environment> &all = m_window->environmentDesk().watch().environments();
        return all.isEmpty() ? std::nullopt : std::optional(all.first());
    }

    // Pods of a namespace that a ReplicaSet has made, by their owner.
    QHash<store::Uid, QList<models::Item>> podsOf(const QString &ns) const
    {
        QHash<store::Uid, QList<models::Item>> pods;
        const store::SnapshotPtr &snapshot = m_session->models().snapshot();
        snapshot->table<store::Kind::Pod>().forEach([&](const store::Ref<store::PodRecord> &pod) {
            if (snapshot->string(pod->meta.ns) == ns && snapshot->string(pod->meta.ownerKind) == u"ReplicaSet")
                pods[pod->meta.owner].append({store::Kind::Pod, pod->meta.uid});
        });
        return pods;
    }
    models::Item node(std::string_view name) const
    {
        models::Item found;
        m_session->models().snapshot()->table<store::Kind::Node>().forEach([&](const auto &one) {
            if (one.name() == name)
                found = {store::Kind::Node, one->meta.uid};
        });
        return found;
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestEnvironmentDesk::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"kdra-tests"_s);
    QCoreApplication::setApplicationName(u"environmentdesk"_s);
    QSettings().clear();
    // What a run that was cut off has left.
    QDir(environments::TemplateLibrary::userFolder()).removeRecursively();
    m_session = std::make_unique<Session>();
    m_session->theme().apply(*qApp);
    m_window = std::make_unique<MainWindow>(*m_session);
    m_window->resize(1280, 800);
    m_window->show();
    m_session->openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->current() && m_session->current()->isSynced(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->marks().readOnly, 30000);
}

void TestEnvironmentDesk::cleanupTestCase()
{
    m_window.reset();
    m_session.reset();
}

void TestEnvironmentDesk::templatesAreThere()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_window->environmentDesk().library().find(u"builtin:web-postgresql"_s), 30000);
    QCOMPARE(m_window->environmentDesk().library().problems().size(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->pages().templates().model().isEmpty(), 30000);
}

void TestEnvironmentDesk::everyTemplateCanBeDragged()
{
    environments::TemplateLibrary &library = m_window->environmentDesk().library();
    PlacementJudge judge(*m_session, library);
    for (const environments::TemplatePtr &one : library.templates())
        QTRY_VERIFY2_WITH_TIMEOUT(judge.advice(one->id), qPrintable(one->id), 30000);
}

void TestEnvironmentDesk::verdictsOfTheLiveCluster()
{
    PlacementJudge judge(*m_session, m_window->environmentDesk().library());
    const auto fit = [&](const Target &target) {
        const auto advice = judge.advice(u"builtin:web-postgresql"_s);
        return advice ? advice->verdict(target).fit : Fit::Unknown;
    };
    // As soon as the server has said what may be created.
    QTRY_COMPARE_WITH_TIMEOUT(fit({.kind = Target::Kind::Node, .name = u"pi-007"_s}), Fit::Fits, 30000);
    // The sheet asks for its taint.
    const auto advice = judge.advice(u"builtin:web-postgresql"_s);
    const environments::Verdict tainted = advice->verdict({.kind = Target::Kind::Node, .name = u"cp-1"_s});
    QVERIFY2(tainted.asks, qPrintable(tainted.reasons.join(u' ')));
    QCOMPARE(fit({.kind = Target::Kind::Site, .name = u"site-b"_s}), Fit::Fits);
}

void TestEnvironmentDesk::taintsAreAgreedTo()
{
    EnvironmentDesk &desk = m_window->environmentDesk();
    // As when it is let go over a node that only its taint keeps it off.
    Q_EMIT m_window->pages().topology().templateDropped(
        u"builtin:web-postgresql"_s, {.kind = Target::Kind::Node, .name = u"cp-1"_s});
    QTRY_VERIFY_WITH_TIMEOUT(desk.sheet(), 30000);
    QTRY_COMPARE_WITH_TIMEOUT(desk.sheet()->fit(), Fit::DoesNotFit, 30000);
    const QList<QCheckBox *> boxes = desk.sheet()->placementBox().taintBoxes();
    QCOMPARE(boxes.size(), 1);
    boxes.first()->click();
    QTRY_COMPARE_WITH_TIMEOUT(desk.sheet()->fit(), Fit::Fits, 30000);
    desk.sheet()->close();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.sheet(), 30000);
}

void TestEnvironmentDesk::createdOnAPi()
{
    EnvironmentDesk &desk = m_window->environmentDesk();
    desk.create(u"builtin:web-postgresql"_s, Target{.kind = Target::Kind::Node, .name = u"pi-007"_s});
    QVERIFY(desk.sheet());
    QTRY_VERIFY2_WITH_TIMEOUT(desk.sheet()->createButton().isEnabled(), qPrintable(desk.sheet()->obstacle()), 30000);
    desk.sheet()->createButton().click();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.sheet(), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(environment() && environment()->state == Environment::State::Ready, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(environment()->nodes, QStringList{u"pi-007"_s}, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(environment()->pods, 2U, 30000);
    QVERIFY(environment()->expires);
    // What it uses, by the cluster's own Prometheus.
    m_window->showPage(Pages::Environments);
    const auto used = [this](int column) {
        const QAbstractItemModel &rows = *m_window->pages().environments().table().model();
        return rows.rowCount() == 0 ? QString() : rows.index(0, column).data().toString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(!used(models::EnvironmentModel::CpuUsedColumn).isEmpty(), 60000);
    // Asked for on its own.
    QTRY_VERIFY_WITH_TIMEOUT(used(models::EnvironmentModel::MemoryUsedColumn).toInt() > 0, 60000);
    // The database's password, this once.
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<SecretsDialog *>(), 30000);
    m_window->findChild<SecretsDialog *>()->close();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->pages().environments().table().model()->rowCount(), 1, 30000);
}

void TestEnvironmentDesk::judgedBeforeItIsMoved()
{
    EnvironmentDesk &desk = m_window->environmentDesk();
    Q_EMIT m_window->pages().environments().moveRequested(*environment());
    QTRY_VERIFY_WITH_TIMEOUT(desk.sheet(), 30000);
    const PlanView &view = desk.sheet()->planView();
    const QString warning = u"Its volumes may be tied to pi-007."_s;
    QTRY_VERIFY2_WITH_TIMEOUT(view.verdictText().startsWith(u"Fits\n"_s), qPrintable(view.verdictText()), 30000);
    QVERIFY(!view.verdictText().contains(warning));
    desk.sheet()->placementBox().nodeBox().setCurrentText(u"pi-008"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(view.verdictText().contains(warning), qPrintable(view.verdictText()), 30000);
    desk.sheet()->close();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.sheet(), 30000);
}

void TestEnvironmentDesk::clonedAndExported()
{
    EnvironmentDesk &desk = m_window->environmentDesk();
    Q_EMIT m_window->pages().environments().cloneRequested(*environment());
    QTRY_VERIFY_WITH_TIMEOUT(desk.sheet(), 30000);
    QVERIFY(desk.sheet()->spec().name != environment()->name);
    QCOMPARE(desk.sheet()->spec().placement.name, u"pi-007"_s);
    desk.sheet()->close();

    const QTemporaryDir folder;
    Q_EMIT m_window->pages().environments().exportRequested(*environment(), folder.path(), true);
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(folder.filePath(u"kustomization.yaml"_s)), 30000);
    QByteArray all;
    for (const auto files = QDir(folder.path()).entryInfoList(QDir::Files); const QFileInfo &info : files) {
        QFile file(info.filePath());
        QVERIFY(file.open(QFile::ReadOnly));
        all += file.readAll();
    }
    QVERIFY(all.contains("kind: StatefulSet") && all.contains("REPLACE-ME"));
}

void TestEnvironmentDesk::addedTo()
{
    PlacementJudge judge(*m_session, m_window->environmentDesk().library());
    const Target target{.kind = Target::Kind::Environment, .name = environment()->name, .ns = environment()->ns};
    const auto fit = [&] {
        const auto advice = judge.advice(u"builtin:redis"_s);
        return advice ? advice->verdict(target).fit : Fit::Unknown;
    };
    QTRY_COMPARE_WITH_TIMEOUT(fit(), Fit::Fits, 30000);
    // As when it is let go over one of its pods.
    EnvironmentDesk &desk = m_window->environmentDesk();
    Q_EMIT m_window->pages().topology().templateDropped(u"builtin:redis"_s, target);
    QTRY_VERIFY_WITH_TIMEOUT(desk.sheet(), 30000);
    QCOMPARE(desk.sheet()->windowTitle(), u"Add Redis to %1"_s.arg(target.name));
    QCOMPARE(desk.sheet()->partNameBox()->name(), target.name + u"-redis"_s);
    // Where the environment is.
    QCOMPARE(desk.sheet()->spec().parts.first().placement.name, u"pi-007"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(desk.sheet()->createButton().isEnabled(), qPrintable(desk.sheet()->obstacle()), 30000);
    // As soon as the server has said what may be created in this namespace.
    QTRY_VERIFY2_WITH_TIMEOUT(desk.sheet()->planView().verdictText().startsWith(u"Fits\n"_s),
        qPrintable(desk.sheet()->planView().verdictText()), 30000);
    desk.sheet()->createButton().click();
    QTRY_VERIFY_WITH_TIMEOUT(environment()->pods == 3 && environment()->state == Environment::State::Ready, 60000);
    QCOMPARE(m_window->environmentDesk().watch().environments().size(), 1);
    QCOMPARE(environment()->nodes, QStringList{u"pi-007"_s});
    // Its password, and not that of the database again.
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<SecretsDialog *>(), 30000);
    const auto *secrets = m_window->findChild<SecretsDialog *>();
    QStringList shown;
    for (const auto edits = secrets->findChildren<QLineEdit *>(); const QLineEdit *edit : edits)
        shown.append(edit->accessibleName());
    QCOMPARE(shown, QStringList{target.name + u"-redis: Password"_s});
    m_window->findChild<SecretsDialog *>()->close();
    m_window->pages().environments().select(target.ns, target.name);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_window->pages().environments().details().facts().join(u'\n').contains(u"Redis (%1-redis)"_s.arg(target.name)),
        30000);
}

void TestEnvironmentDesk::removedFrom()
{
    const QString name = environment()->name;
    // Added once more, so that there is one to be removed and one to go with the environment.
    EnvironmentDesk &desk = m_window->environmentDesk();
    desk.add(u"builtin:redis"_s, environment()->ns, name);
    QTRY_VERIFY_WITH_TIMEOUT(desk.sheet(), 30000);
    QCOMPARE(desk.sheet()->partNameBox()->name(), name + u"-redis-2"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(desk.sheet()->createButton().isEnabled(), qPrintable(desk.sheet()->obstacle()), 30000);
    desk.sheet()->createButton().click();
    QTRY_VERIFY_WITH_TIMEOUT(environment()->pods == 4 && environment()->state == Environment::State::Ready, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->tasks().runningCount(), 0, 30000);

    Q_EMIT m_window->pages().environments().removeRequested(*environment(), name + u"-redis-2"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<LossDialog *>(), 30000);
    auto *dialog = m_window->findChild<LossDialog *>();
    // Its data goes with it: asked for by name.
    QVERIFY(!dialog->agreeButton().isEnabled());
    dialog->confirmation().setText(name);
    QTest::mouseClick(&dialog->agreeButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(environment()->pods == 3 && environment()->parts.size() == 1, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(environment()->state, Environment::State::Ready, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->tasks().runningCount(), 0, 30000);
}

// Whoever made it was interrupted before its secrets were shown. They are, as soon as they are applied: what is not
// ready may stay so for long.
void TestEnvironmentDesk::resumed()
{
    const auto send = [this](const kube::Request &request) { m_session->current()->client().send(request); };
    const auto cordon = [&](bool on) {
        send(environments::patchRequest(
            u"/api/v1/nodes/pi-007"_s, {{u"spec"_s, QJsonObject{{u"unschedulable"_s, on ? true : QJsonValue()}}}}));
    };
    for (const auto dialogs = m_window->findChildren<SecretsDialog *>(); SecretsDialog * dialog : dialogs)
        dialog->close();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->findChild<SecretsDialog *>(), 30000);
    const Environment shop = *environment();
    send(environments::annotationRequest(u"/api/v1/namespaces/%1/configmaps/%2"_s.arg(shop.ns, shop.parent),
        {{environments::PhaseAnnotation, u"applying"_s}, {environments::PhaseTimeAnnotation, QJsonValue()}}));
    cordon(true);
    QTRY_COMPARE_WITH_TIMEOUT(environment()->state, Environment::State::Incomplete, 30000);
    const auto isCordoned = [this] {
        bool found = false;
        m_session->models().snapshot()->table<store::Kind::Node>().forEach(
            [&](const auto &one) { found = found || (one.name() == "pi-007" && one->unschedulable); });
        return found;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isCordoned(), 30000);
    m_session->models().snapshot()->table<store::Kind::Pod>().forEach([&](const store::Ref<store::PodRecord> &pod) {
        if (m_session->models().snapshot()->string(pod->meta.ns) == shop.ns)
            send(actions::deleteRequest(
                u"/api/v1/namespaces/%1/pods/%2"_s.arg(shop.ns, store::toQString(pod.name())), {}));
    });
    QTRY_VERIFY_WITH_TIMEOUT(environment()->readyPods < shop.pods, 60000);

    Q_EMIT m_window->pages().environments().resumeRequested(*environment());
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<SecretsDialog *>(), 60000);
    QCOMPARE(m_session->tasks().runningCount(), 1);
    QStringList shown;
    for (const auto edits = m_window->findChild<SecretsDialog *>()->findChildren<QLineEdit *>();
        const QLineEdit *edit : edits)
        shown.append(edit->accessibleName());
    QCOMPARE(shown.size(), 2);
    cordon(false);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->tasks().runningCount(), 0, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(environment()->state, Environment::State::Ready, 60000);
    // This once.
    QCOMPARE(m_window->findChildren<SecretsDialog *>().size(), 1);
    m_window->findChild<SecretsDialog *>()->close();
}

void TestEnvironmentDesk::deleted()
{
    Q_EMIT m_window->pages().environments().deleteRequested(*environment());
    QTRY_COMPARE_WITH_TIMEOUT(m_session->tasks().runningCount(), 1, 30000);
    // Ten seconds to think again.
    QTRY_VERIFY_WITH_TIMEOUT(!environment(), 60000);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->tasks().runningCount(), 0, 30000);
    const auto left = [this] {
        QStringList names;
        const auto look = [&names](const auto &one) {
            if (one.name().starts_with("web-postgresql"))
                names.append(store::toQString(one.name()));
        };
        const store::SnapshotPtr snapshot = m_session->models().snapshot();
        snapshot->table<store::Kind::Pod>().forEach(look);
        snapshot->table<store::Kind::StatefulSet>().forEach(look);
        snapshot->table<store::Kind::PersistentVolumeClaim>().forEach(look);
        snapshot->table<store::Kind::Namespace>().forEach(look);
        return names;
    };
    // Each kind has a watch of its own.
    QTRY_COMPARE_WITH_TIMEOUT(left(), QStringList(), 30000);
}

void TestEnvironmentDesk::createdWithoutReview()
{
    EnvironmentDesk &desk = m_window->environmentDesk();
    TemplateModel &model = m_window->pages().templates().model();
    const environments::TemplatePtr redis = desk.library().find(u"builtin:redis"_s);
    // What the server has to be asked first, and how long that takes, is not what this is about.
    const Target pi{.kind = Target::Kind::Node, .name = u"pi-007"_s};
    desk.create(redis->id, pi);
    QVERIFY(desk.sheet());
    QTRY_VERIFY2_WITH_TIMEOUT(desk.sheet()->createButton().isEnabled(), qPrintable(desk.sheet()->obstacle()), 30000);
    QTRY_COMPARE_WITH_TIMEOUT(desk.sheet()->fit(), environments::Fit::Fits, 30000);
    desk.sheet()->close();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.sheet(), 30000);
    model.setUnreviewed(*redis, true);
    const auto names = [&desk] {
        QStringList all;
        for (const Environment &one : desk.watch().environments())
            all.append(one.name);
        return all;
    };
    const int before = m_session->tasks().rowCount();
    Q_EMIT m_window->pages().topology().templateDropped(redis->id, pi);
    // Seen among the tasks; its secrets are shown as ever.
    QTRY_COMPARE_WITH_TIMEOUT(m_session->tasks().rowCount(), before + 1, 30000);
    QVERIFY(!desk.sheet());
    QVERIFY(m_window->drawer().isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(names().size(), 1, 60000);
    QTRY_VERIFY_WITH_TIMEOUT(environment() && environment()->state == Environment::State::Ready, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(environment()->nodes, QStringList{u"pi-007"_s}, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<SecretsDialog *>(), 30000);
    m_window->findChild<SecretsDialog *>()->close();

    // In a cluster marked production nothing is made without being asked.
    m_session->setMarks({.production = true});
    QTRY_VERIFY_WITH_TIMEOUT(m_session->marks().production, 30000);
    Q_EMIT m_window->pages().templates().chosen(redis->id);
    QTRY_VERIFY_WITH_TIMEOUT(desk.sheet() && desk.sheet()->isVisible(), 30000);
    QVERIFY(desk.sheet()->accessibleDescription().contains(u"production"));
    desk.sheet()->close();
    m_session->setMarks({});
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->marks().production, 30000);
    // Nor where it does not fit.
    desk.create(redis->id, Target{.kind = Target::Kind::Node, .name = u"cp-1"_s});
    QTRY_VERIFY_WITH_TIMEOUT(desk.sheet() && desk.sheet()->isVisible(), 30000);
    QVERIFY(desk.sheet()->accessibleDescription().contains(u"does not fit"));
    desk.sheet()->close();
    model.setUnreviewed(*redis, false);
    desk.create(redis->id);
    QVERIFY(desk.sheet() && desk.sheet()->isVisible());
    desk.sheet()->close();
    QCOMPARE(names().size(), 1);
    Q_EMIT m_window->pages().environments().rollBackRequested(*environment());
    QTRY_VERIFY_WITH_TIMEOUT(!environment(), 60000);
}

void TestEnvironmentDesk::namespaceBecomesATemplate()
{
    const QString name = u"saved-shop"_s;
    const QString folder = environments::TemplateLibrary::userFolder() + u'/' + name;
    QDir(folder).removeRecursively();
    m_window->templateDesk().saveNamespace(u"shop"_s, name);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->environmentDesk().library().find(u"folder:"_s + name), 30000);
    // It may have been read while it was written.
    QTRY_COMPARE_WITH_TIMEOUT(m_window->environmentDesk().library().problems().size(), 0, 30000);
    QDir(folder).removeRecursively();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->environmentDesk().library().find(u"folder:"_s + name), 30000);
}

void TestEnvironmentDesk::selectionBecomesATemplate()
{
    const QString name = u"saved-selection"_s;
    const QString folder = environments::TemplateLibrary::userFolder() + u'/' + name;
    QDir(folder).removeRecursively();
    // A pod that nobody owns.
    const QJsonObject alone{{"apiVersion"_L1, "v1"_L1}, {"kind"_L1, "Pod"_L1},
        {"metadata"_L1, QJsonObject{{"name"_L1, "alone"_L1}}},
        {"spec"_L1,
            QJsonObject{{"containers"_L1,
                QJsonArray{QJsonObject{{"name"_L1, "web"_L1}, {"image"_L1, "docker.io/library/nginx:1.29"_L1}}}}}}};
    m_session->current()->client().send(actions::postRequest(u"/api/v1/namespaces/shop/pods"_s, alone));
    models::Item pod;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            m_session->models().snapshot()->table<store::Kind::Pod>().forEach([&](const auto &one) {
                if (one.name() == "alone")
                    pod = {store::Kind::Pod, one->meta.uid};
            });
            return !pod.isNull();
        }(),
        30000);

    TemplateDesk &desk = m_window->templateDesk();
    m_session->selection().set(node("pi-007"));
    QVERIFY(!desk.selectionAction()->isVisible());
    const auto owners = podsOf(u"shop"_s);
    const auto several = std::ranges::find_if(owners, [](const auto &pods) { return pods.size() > 1; });
    QVERIFY(several != owners.end());
    m_session->selection().set(*several + QList{pod, node("pi-007")});
    QVERIFY(desk.selectionAction()->isVisible());

    QSignalSpy done(&desk, &TemplateDesk::done);
    QSignalSpy failed(&desk, &TemplateDesk::failed);
    desk.saveSelection(name);
    QTRY_VERIFY_WITH_TIMEOUT(!done.isEmpty() || !failed.isEmpty(), 30000);
    QVERIFY2(failed.isEmpty(), qPrintable(failed.isEmpty() ? QString() : failed.front().at(1).value<Error>().text()));
    const QString notes = done.front().at(1).toStringList().join(u'\n');
    QVERIFY2(notes.contains(u"Node pi-007 is left out"), qPrintable(notes));
    QVERIFY2(notes.contains(u"stands for %1 selected objects"_s.arg(several->size())), qPrintable(notes));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->environmentDesk().library().find(u"folder:"_s + name), 30000);
    const auto content = [&] {
        QByteArray all;
        if (const auto found = m_window->environmentDesk().library().find(u"folder:"_s + name)) {
            for (const environments::TemplateFile &file : found->files)
                all += file.content;
        }
        return all;
    };
    // The Deployment itself, once, and neither its pods nor its ReplicaSets. It may have been read while it was
    // written.
    QTRY_COMPARE_WITH_TIMEOUT(content().count("kind: Deployment"), 1, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(content().count("kind: Pod\n"), 1, 30000);
    const QByteArray all = content();
    QCOMPARE(all.count("kind: ReplicaSet"), 0);
    QVERIFY(all.contains("name: alone") && !all.contains("creationTimestamp"));
    QDir(folder).removeRecursively();
}

void TestEnvironmentDesk::selectionOfSeveralNamespaces()
{
    TemplateDesk &desk = m_window->templateDesk();
    QList<models::Item> items;
    QStringList namespaces;
    const store::SnapshotPtr &snapshot = m_session->models().snapshot();
    snapshot->table<store::Kind::Deployment>().forEach([&](const auto &one) {
        const QString ns = snapshot->string(one->meta.ns);
        if (namespaces.size() < 2 && !namespaces.contains(ns)) {
            namespaces.append(ns);
            items.append({store::Kind::Deployment, one->meta.uid});
        }
    });
    m_session->selection().set(items);
    QSignalSpy failed(&desk, &TemplateDesk::failed);
    desk.saveSelection(u"never"_s);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30000);
    namespaces.sort();
    const QString said = failed.front().at(1).value<Error>().text();
    QVERIFY2(said.contains(u"several namespaces: %1."_s.arg(namespaces.join(u", "))), qPrintable(said));
    QVERIFY(!QFileInfo::exists(environments::TemplateLibrary::userFolder() + u"/never"_s));
}

void TestEnvironmentDesk::sharedWithEverybody()
{
    m_window->templateDesk().share(u"builtin:redis"_s, u"default"_s);
    // It comes back by the watch, as it comes to everybody else.
    QTRY_VERIFY_WITH_TIMEOUT(
        m_window->environmentDesk().library().find(u"cluster:default/kdra-template.redis"_s), 30000);
}

QTEST_MAIN(TestEnvironmentDesk)
#include "tst_environmentdesk.moc"
