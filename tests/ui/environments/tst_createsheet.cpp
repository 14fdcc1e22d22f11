// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheetfixture.h"

#include "ui/common/theme.h"
#include "ui/common/widgets.h"
#include "ui/environments/checkline.h"
#include "ui/environments/createsheet.h"
#include "ui/environments/differencedialog.h"
#include "ui/environments/lossdialog.h"
#include "ui/environments/namebox.h"
#include "ui/environments/networkbox.h"
#include "ui/environments/parameterfield.h"
#include "ui/environments/parameterform.h"
#include "ui/environments/partnamebox.h"
#include "ui/environments/placementbox.h"
#include "ui/environments/planview.h"
#include "ui/environments/timetolivebox.h"
#include "ui/environments/withoutreview.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPromise>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTreeWidget>

using namespace kdra;
using environments::Plan;
using ui::CreateSheet;
using Purpose = ui::CreateContext::Purpose;

// From a template to a plan, as a user goes: by keys and clicks.
class TestCreateSheet : public QObject {
    Q_OBJECT

    ui::Theme m_theme;
    QPointer<CreateSheet> m_sheet;

    CreateSheet &open(ui::CreateContext context)
    {
        m_sheet = new CreateSheet(m_theme, std::move(context));
        m_sheet->show();
        m_sheet->activateWindow();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(m_sheet);
        return *m_sheet;
    }
    CreateSheet &open() { return open(test::contextOf(test::shopTemplate())); }
    template <class Input> Input &input(const char *parameter) const
    {
        return *qobject_cast<Input *>(m_sheet->form().field(QString::fromLatin1(parameter))->input());
    }
    static void type(QLineEdit &edit, const char *text)
    {
        edit.setFocus();
        edit.selectAll();
        QTest::keyClicks(&edit, QString::fromLatin1(text));
    }
    static QStringList objectsOf(const CreateSheet &sheet)
    {
        QStringList all;
        for (QTreeWidgetItemIterator it(&sheet.planView().objects()); *it; ++it)
            all.append((*it)->text(0));
        return all;
    }
    static environments::Spec shopSpec(const ui::CreateContext &context)
    {
        environments::Spec spec;
        spec.name = QStringLiteral("shop");
        spec.ns = QStringLiteral("shop");
        spec.owner = QStringLiteral("grace");
        spec.from = context.from;
        spec.values = context.from->defaults();
        spec.values.insert(QStringLiteral("replicas"), 3);
        spec.values.insert(QStringLiteral("password"), QStringLiteral("kept"));
        spec.network = environments::Network::Closed;
        spec.timeToLive = std::chrono::hours(24);
        return spec;
    }

private Q_SLOTS:
    void initTestCase() { m_theme.apply(*qApp); }
    void cleanup() { delete m_sheet; }

    void everythingIsProposed()
    {
        CreateSheet &sheet = open();
        QCOMPARE(sheet.windowTitle(), QStringLiteral("Create Web + PostgreSQL"));
        QVERIFY(sheet.nameBox().name().startsWith(QLatin1StringView("shop-")));
        QCOMPARE(sheet.nameBox().ns(), sheet.nameBox().name());
        QVERIFY(sheet.nameBox().ownNamespace());
        QTRY_VERIFY_WITH_TIMEOUT(sheet.createButton().isEnabled(), 30000);
        QSignalSpy agreed(&sheet, &CreateSheet::agreed);
        QTest::keyClick(&sheet, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(agreed.count(), 1);
        const environments::Spec spec = agreed.first().first().value<Plan>().spec;
        QCOMPARE(spec.owner, QStringLiteral("ada"));
        QCOMPARE(spec.timeToLive, std::chrono::hours(72));
        QCOMPARE(spec.network, environments::Network::SameNamespace);
        QCOMPARE(spec.values.value(QStringLiteral("replicas")).toInt(), 1);
        QCOMPARE(spec.values.value(QStringLiteral("hosts")).toArray().size(), 2);
        QVERIFY(!spec.values.value(QStringLiteral("password")).toString().isEmpty());
    }

    void withoutReview_data()
    {
        QTest::addColumn<QString>("reason"); // empty: it is created
        QTest::addColumn<std::function<void(ui::CreateContext &, environments::Template &)>>("change");
        using Change = std::function<void(ui::CreateContext &, environments::Template &)>;
        QTest::newRow("created") << QString() << Change([](auto &, auto &) { });
        QTest::newRow("production") << QStringLiteral("production")
                                    << Change([](auto &context, auto &) { context.marks.production = true; });
        QTest::newRow("read-only") << QStringLiteral("read-only")
                                   << Change([](auto &context, auto &) { context.marks.readOnly = true; });
        QTest::newRow("missing") << QStringLiteral("something is missing") << Change([](auto &, auto &from) {
            from.parameters[1].defaultValue = QJsonValue(QJsonValue::Undefined);
        });
        QTest::newRow("no room") << QStringLiteral("does not fit") << Change([](auto &context, auto &) {
            context.verdict = [](const auto &, const auto &, const auto &) {
                return environments::Verdict{.fit = environments::Fit::DoesNotFit};
            };
        });
        QTest::newRow("outside") << QStringLiteral("ClusterRole reader") << Change([](auto &, auto &from) {
            from.clusterScoped = {QStringLiteral("ClusterRole.rbac.authorization.k8s.io")};
            from.files.append(test::fileOf("manifests/20-role.yaml",
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: reader}\n"));
        });
        QTest::newRow("environment") << QStringLiteral("an environment already") << Change([](auto &context, auto &) {
            context.defaults = {
                environments::Target::Kind::Environment, QStringLiteral("shop"), QStringLiteral("shop")};
        });
    }

    void withoutReview()
    {
        QFETCH(QString, reason);
        using Change = std::function<void(ui::CreateContext &, environments::Template &)>;
        QFETCH(Change, change);
        environments::Template from = test::shopTemplate();
        ui::CreateContext context;
        change(context, from);
        ui::CreateContext whole = test::contextOf(from);
        whole.marks = context.marks;
        whole.defaults = context.defaults;
        if (context.verdict)
            whole.verdict = context.verdict;
        m_sheet = new CreateSheet(m_theme, whole);
        QSignalSpy agreed(m_sheet, &CreateSheet::agreed);
        bool asked = false;
        ui::createWithoutReview(*m_sheet, [&] {
            asked = true;
            m_sheet->show();
        });
        QTRY_VERIFY_WITH_TIMEOUT(asked || !agreed.isEmpty(), 30000);
        QCOMPARE(asked, !reason.isEmpty());
        QCOMPARE(agreed.isEmpty(), asked);
        if (!asked) {
            QTRY_VERIFY_WITH_TIMEOUT(!m_sheet, 30000);
            return;
        }
        QVERIFY2(m_sheet->accessibleDescription().contains(reason), qPrintable(m_sheet->accessibleDescription()));
        const QList<ui::Banner *> banners = m_sheet->findChildren<ui::Banner *>();
        QVERIFY(banners.size() == 1 && banners.front()->isVisible());
    }

    // Whether it fits is known when the server has said what may be done.
    void withoutReviewWaitsForTheVerdict()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        environments::Fit fit = environments::Fit::Unknown;
        bool judged = false;
        context.verdict = [&](const Plan &, const environments::Demand &, const environments::Target &) {
            judged = true;
            return environments::Verdict{.fit = fit};
        };
        m_sheet = new CreateSheet(m_theme, context);
        QSignalSpy agreed(m_sheet, &CreateSheet::agreed);
        ui::createWithoutReview(*m_sheet, [] { QFAIL("nothing speaks against it"); });
        QTRY_VERIFY_WITH_TIMEOUT(judged, 30000);
        QCoreApplication::processEvents();
        QVERIFY(agreed.isEmpty());
        fit = environments::Fit::Tight;
        m_sheet->updateVerdict();
        QTRY_COMPARE_WITH_TIMEOUT(agreed.count(), 1, 30000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_sheet, 30000);
    }

    void aStrayReturnCreatesNothing()
    {
        CreateSheet &sheet = open();
        QTRY_VERIFY_WITH_TIMEOUT(sheet.createButton().isEnabled(), 30000);
        QSignalSpy agreed(&sheet, &CreateSheet::agreed);
        QTest::keyClick(&sheet.nameBox().nameEdit(), Qt::Key_Return);
        QCOMPARE(agreed.count(), 0);
        QVERIFY(sheet.isVisible());
    }

    void namesAreCheckedWhileTyped()
    {
        CreateSheet &sheet = open();
        type(sheet.nameBox().nameEdit(), "My Shop");
        QVERIFY(!sheet.createButton().isEnabled());
        QVERIFY(!sheet.obstacle().isEmpty());
        QCOMPARE(sheet.createButton().toolTip(), sheet.obstacle());
        type(sheet.nameBox().nameEdit(), "team-a");
        QVERIFY2(sheet.obstacle().contains(QLatin1StringView("team-a already")), qPrintable(sheet.obstacle()));
        type(sheet.nameBox().nameEdit(), "my-shop");
        QTRY_VERIFY2_WITH_TIMEOUT(sheet.createButton().isEnabled(), qPrintable(sheet.obstacle()), 30000);
        QCOMPARE(sheet.spec().ns, QStringLiteral("my-shop"));
    }

    void existingNamespaces()
    {
        CreateSheet &sheet = open();
        QTest::mouseClick(&sheet.nameBox().existingNamespace(), Qt::LeftButton, {}, QPoint(8, 8));
        QVERIFY(sheet.nameBox().namespaceBox().isVisible());
        QVERIFY(!sheet.createButton().isEnabled());
        type(*sheet.nameBox().namespaceBox().lineEdit(), "team-b");
        QVERIFY(!sheet.createButton().isEnabled());
        type(*sheet.nameBox().namespaceBox().lineEdit(), "team-a");
        QTRY_VERIFY2_WITH_TIMEOUT(sheet.createButton().isEnabled(), qPrintable(sheet.obstacle()), 30000);
        QCOMPARE(sheet.spec().ns, QStringLiteral("team-a"));
        QVERIFY(!sheet.spec().ownNamespace);
    }

    void parametersAreCheckedWhileTyped()
    {
        CreateSheet &sheet = open();
        type(input<QLineEdit>("storage"), "lots");
        QVERIFY(!sheet.createButton().isEnabled());
        QVERIFY2(sheet.obstacle().startsWith(QLatin1StringView("Storage: ")), qPrintable(sheet.obstacle()));
        type(input<QLineEdit>("storage"), "2Gi");
        input<QSpinBox>("replicas").setValue(4);
        input<QPlainTextEdit>("hosts").setPlainText(QStringLiteral("one\n\n two \n"));
        input<QCheckBox>("metrics").setChecked(true);
        QTRY_VERIFY2_WITH_TIMEOUT(sheet.createButton().isEnabled(), qPrintable(sheet.obstacle()), 30000);
        const environments::Values values = sheet.spec().values;
        QCOMPARE(values.value(QStringLiteral("storage")).toString(), QStringLiteral("2Gi"));
        QCOMPARE(values.value(QStringLiteral("replicas")).toInt(), 4);
        QCOMPARE(values.value(QStringLiteral("hosts")).toArray(),
            (QJsonArray{QStringLiteral("one"), QStringLiteral("two")}));
        QVERIFY(values.value(QStringLiteral("metrics")).toBool());
    }

    void theDropSaysWhere()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        context.defaults = {.kind = environments::Target::Kind::Node, .name = QStringLiteral("pi-007")};
        CreateSheet &sheet = open(context);
        // Taints that say that a node is in a bad state are none that anybody should put up with.
        QCOMPARE(sheet.placementBox().taintBoxes().size(), 1);
        QTest::mouseClick(sheet.placementBox().taintBoxes().first(), Qt::LeftButton, {}, QPoint(8, 8));
        const environments::Placement placement = sheet.spec().placement;
        QCOMPARE(placement.kind, environments::Placement::Kind::Node);
        QCOMPARE(placement.label, QStringLiteral("kubernetes.io/hostname"));
        QCOMPARE(placement.value, QStringLiteral("pi-007.local"));
        QCOMPARE(placement.tolerations,
            (QJsonArray{QJsonObject{{QStringLiteral("key"), QStringLiteral("dedicated")},
                {QStringLiteral("operator"), QStringLiteral("Equal")},
                {QStringLiteral("value"), QStringLiteral("edge")},
                {QStringLiteral("effect"), QStringLiteral("NoSchedule")}}}));
        type(*sheet.placementBox().nodeBox().lineEdit(), "pi-999");
        QVERIFY(!sheet.createButton().isEnabled());
        sheet.placementBox().kindBox().setCurrentIndex(0);
        QVERIFY(sheet.spec().placement.tolerations.isEmpty());
        QTRY_VERIFY2_WITH_TIMEOUT(sheet.createButton().isEnabled(), qPrintable(sheet.obstacle()), 30000);
    }

    // Nodes of old clusters and of some providers know their site by the label's former name only.
    void theLabelThatTheSiteHas()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        context.nodes.first().siteLabel = QStringLiteral("failure-domain.beta.kubernetes.io/zone");
        context.defaults = {.kind = environments::Target::Kind::Site, .name = QStringLiteral("berlin")};
        CreateSheet &sheet = open(context);
        QCOMPARE(sheet.spec().placement.label, QStringLiteral("failure-domain.beta.kubernetes.io/zone"));
        sheet.placementBox().siteBox().setCurrentText(QStringLiteral("hamburg"));
        QCOMPARE(sheet.spec().placement.label, QStringLiteral("topology.kubernetes.io/zone"));
        QCOMPARE(sheet.spec().placement.value, QStringLiteral("hamburg"));
    }

    void timesToLive()
    {
        CreateSheet &sheet = open();
        QComboBox &choices = sheet.timeToLiveBox().choices();
        QCOMPARE(choices.count(), 8);
        choices.setFocus();
        QTest::keyClick(&choices, Qt::Key_End);
        QVERIFY(sheet.timeToLiveBox().custom().isVisible());
        type(sheet.timeToLiveBox().custom(), "soon");
        QVERIFY(!sheet.createButton().isEnabled());
        type(sheet.timeToLiveBox().custom(), "36h");
        QTRY_VERIFY2_WITH_TIMEOUT(sheet.createButton().isEnabled(), qPrintable(sheet.obstacle()), 30000);
        QCOMPARE(sheet.spec().timeToLive, std::chrono::hours(36));
    }

    void hostNames()
    {
        CreateSheet &sheet = open();
        QVERIFY(sheet.networkBox().hostEdit().isVisible());
        type(sheet.networkBox().hostEdit(), "shop example");
        QVERIFY(!sheet.createButton().isEnabled());
        type(sheet.networkBox().hostEdit(), "shop.example.com");
        QCOMPARE(sheet.spec().host, QStringLiteral("shop.example.com"));
    }

    void thePlanFollows()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        context.defaults = {.kind = environments::Target::Kind::Node, .name = QStringLiteral("pi-007")};
        CreateSheet &sheet = open(context);
        QTRY_VERIFY_WITH_TIMEOUT(sheet.planView().verdictText().startsWith(QLatin1StringView("Fits\n")), 30000);
        type(sheet.nameBox().nameEdit(), "mine");
        QTRY_VERIFY2_WITH_TIMEOUT(objectsOf(sheet).contains(QStringLiteral("Deployment mine-web")),
            qPrintable(objectsOf(sheet).join(u'\n')), 30000);
        const QStringList objects = objectsOf(sheet);
        QCOMPARE(objects.first(2), (QStringList{QStringLiteral("Namespace"), QStringLiteral("Namespace mine")}));
        QCOMPARE_LT(objects.indexOf(QStringLiteral("Secret mine-database")),
            objects.indexOf(QStringLiteral("Deployment mine-web")));
        input<QSpinBox>("replicas").setValue(6);
        QTRY_VERIFY_WITH_TIMEOUT(sheet.planView().verdictText().startsWith(QLatin1StringView("Does not fit")), 30000);
        // It may be about to fit, and the scheduler waits for that: said, not forbidden.
        QVERIFY(sheet.createButton().isEnabled());
        QCOMPARE(sheet.createButton().text(), QStringLiteral("Create anyway"));
    }

    void onlyTheNewestPlanCounts()
    {
        CreateSheet &sheet = open();
        QSignalSpy agreed(&sheet, &CreateSheet::agreed);
        type(sheet.nameBox().nameEdit(), "first");
        QTRY_VERIFY_WITH_TIMEOUT(sheet.createButton().isEnabled(), 30000);
        type(sheet.nameBox().nameEdit(), "second");
        // Until the plan of what is typed is there, nothing can be created: not the one before, either.
        QVERIFY(!sheet.createButton().isEnabled());
        QTest::keyClick(&sheet, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(agreed.count(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(sheet.createButton().isEnabled(), 30000);
        QTest::mouseClick(&sheet.createButton(), Qt::LeftButton);
        QCOMPARE(agreed.first().first().value<Plan>().spec.name, QStringLiteral("second"));
    }

    void whatIsOutsideOfTheNamespaceIsAgreedToByName()
    {
        environments::Template shop = test::shopTemplate();
        shop.clusterScoped = {QStringLiteral("ClusterRole.rbac.authorization.k8s.io")};
        shop.files.append(test::fileOf("manifests/20-role.yaml", R"(apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: ${environment.name}-reader
rules: []
)"));
        CreateSheet &sheet = open(test::contextOf(shop));
        type(sheet.nameBox().nameEdit(), "mine");
        QTRY_COMPARE_WITH_TIMEOUT(sheet.planView().agreements().size(), 1, 30000);
        QTRY_VERIFY_WITH_TIMEOUT(
            sheet.planView().agreements().first()->text().contains(QLatin1StringView("mine-reader")), 30000);
        ui::CheckLine *line = sheet.planView().agreements().first();
        QVERIFY(!sheet.createButton().isEnabled());
        QVERIFY(sheet.obstacle().contains(QLatin1StringView("mine-reader")));
        QTest::mouseClick(line, Qt::LeftButton, {}, line->rect().center());
        QVERIFY2(sheet.createButton().isEnabled(), qPrintable(sheet.obstacle()));
        // Another object is another question.
        type(sheet.nameBox().nameEdit(), "yours");
        QTRY_VERIFY_WITH_TIMEOUT(sheet.obstacle().contains(QLatin1StringView("yours-reader")), 30000);
    }

    void whatTheTemplateGetsWrongIsTold()
    {
        environments::Template shop = test::shopTemplate();
        shop.files.append(test::fileOf("manifests/20-bad.yaml", R"(apiVersion: v1
kind: ConfigMap
metadata:
  name: ${environment.name}-bad
data:
  text: ${replica}
)"));
        CreateSheet &sheet = open(test::contextOf(shop));
        QTRY_VERIFY2_WITH_TIMEOUT(sheet.obstacle().contains(QLatin1StringView("manifests/20-bad.yaml:6")),
            qPrintable(sheet.obstacle()), 30000);
        QVERIFY(sheet.planView().verdictText().contains(QLatin1StringView("manifests/20-bad.yaml:6")));
        QVERIFY(!sheet.createButton().isEnabled());
    }

    void productionAsksForTheName()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        context.marks.production = true;
        CreateSheet &sheet = open(context);
        type(sheet.nameBox().nameEdit(), "mine");
        QTRY_VERIFY2_WITH_TIMEOUT(
            sheet.obstacle().contains(QLatin1StringView("Type mine")), qPrintable(sheet.obstacle()), 30000);
        QVERIFY(!sheet.createButton().isEnabled());
        type(*sheet.confirmation(), "mine");
        QVERIFY(sheet.createButton().isEnabled());
    }

    void theServerIsAskedOnDemand()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        QPromise<Result<QList<environments::Difference>>> promise;
        promise.start();
        int asked = 0;
        context.dryRun = [&](const Plan &) {
            ++asked;
            return promise.future();
        };
        CreateSheet &sheet = open(context);
        QTRY_VERIFY_WITH_TIMEOUT(sheet.planView().tryButton().isEnabled(), 30000);
        QTest::mouseClick(&sheet.planView().tryButton(), Qt::LeftButton);
        QCOMPARE(asked, 1);
        auto *dialog = sheet.findChild<ui::DifferenceDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        const QJsonObject before{{QStringLiteral("spec"), QJsonObject{{QStringLiteral("replicas"), 1}}}};
        const QJsonObject after{{QStringLiteral("spec"), QJsonObject{{QStringLiteral("replicas"), 3}}}};
        using environments::Difference;
        promise.addResult(QList<Difference>{{.display = QStringLiteral("Deployment mine-web"),
                                                .kind = Difference::Kind::Changed,
                                                .before = before,
                                                .after = after},
            {.display = QStringLiteral("Service mine-web"),
                .kind = Difference::Kind::Refused,
                .error = Error{.kind = Error::Kind::Invalid, .what = QStringLiteral("port 99999 is invalid.")}}});
        promise.finish();
        QTRY_COMPARE_WITH_TIMEOUT(dialog->objects().topLevelItemCount(), 2, 30000);
        QCOMPARE(dialog->objects().topLevelItem(0)->text(0), QStringLiteral("Service mine-web"));
        QVERIFY(dialog->text().toPlainText().contains(QLatin1StringView("99999")));
        dialog->objects().setCurrentItem(dialog->objects().topLevelItem(1));
        QCOMPARE(dialog->text().toPlainText(), QStringLiteral("- spec.replicas: 1\n+ spec.replicas: 3\n"));
    }

    void changingKeepsWhatItIs()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        context.purpose = Purpose::Change;
        context.spec = shopSpec(context);
        CreateSheet &sheet = open(context);
        QCOMPARE(sheet.windowTitle(), QStringLiteral("Change shop"));
        QCOMPARE(sheet.createButton().text(), QStringLiteral("Apply"));
        QVERIFY(!sheet.nameBox().nameEdit().isVisible());
        QCOMPARE(input<QSpinBox>("replicas").value(), 3);
        input<QSpinBox>("replicas").setValue(2);
        QTRY_VERIFY2_WITH_TIMEOUT(sheet.createButton().isEnabled(), qPrintable(sheet.obstacle()), 30000);
        const environments::Spec spec = sheet.spec();
        QCOMPARE(spec.name, QStringLiteral("shop"));
        QCOMPARE(spec.ns, QStringLiteral("shop"));
        QCOMPARE(spec.owner, QStringLiteral("grace"));
        QCOMPARE(spec.timeToLive, std::chrono::hours(24));
        QCOMPARE(spec.values.value(QStringLiteral("password")).toString(), QStringLiteral("kept"));
        QCOMPARE(spec.values.value(QStringLiteral("replicas")).toInt(), 2);
    }

    void whatAChangeTakesAwayIsAskedFor()
    {
        environments::Template from = test::shopTemplate();
        from.files.append(test::fileOf("manifests/20-data.yaml", R"($when: metrics
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: "${environment.name}-data"}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: "${storage}"}}}
)"));
        ui::CreateContext context = test::contextOf(std::move(from));
        context.purpose = Purpose::Change;
        context.spec = shopSpec(context);
        context.spec->values.insert(QStringLiteral("metrics"), true);
        CreateSheet &sheet = open(context);
        QSignalSpy agreed(&sheet, &CreateSheet::agreed);
        input<QCheckBox>("metrics").setChecked(false);
        QTRY_VERIFY2_WITH_TIMEOUT(sheet.createButton().isEnabled(), qPrintable(sheet.obstacle()), 30000);
        QVERIFY2(
            !sheet.planView().heading().contains(QLatin1StringView("MADE")), qPrintable(sheet.planView().heading()));
        sheet.createButton().click();
        QCOMPARE(agreed.count(), 0);
        auto *dialog = sheet.findChild<ui::LossDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(
            dialog->contents().topLevelItem(0)->child(0)->text(0), QStringLiteral("PersistentVolumeClaim shop-data"));
        QVERIFY(!dialog->agreeButton().isEnabled());
        // Thought better of it.
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!sheet.findChild<ui::LossDialog *>(), 30000);
        QVERIFY(sheet.isVisible() && agreed.isEmpty());

        sheet.createButton().click();
        dialog = sheet.findChild<ui::LossDialog *>();
        QVERIFY(dialog);
        QTest::keyClicks(&dialog->confirmation(), QStringLiteral("shop"));
        QTest::mouseClick(&dialog->agreeButton(), Qt::LeftButton);
        QCOMPARE(agreed.count(), 1);
        QCOMPARE(agreed.first().first().value<Plan>().spec.values.value(QStringLiteral("metrics")).toBool(true), false);
    }

    void movingBeginsAtThePlacement()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        context.purpose = Purpose::Move;
        context.spec = shopSpec(context);
        CreateSheet &sheet = open(context);
        QCOMPARE(sheet.windowTitle(), QStringLiteral("Move shop"));
        QTRY_COMPARE_WITH_TIMEOUT(sheet.focusWidget(), &sheet.placementBox().kindBox(), 30000);
    }

    void aCloneIsAnotherOne()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        context.purpose = Purpose::Clone;
        context.spec = shopSpec(context);
        CreateSheet &sheet = open(context);
        QVERIFY(sheet.nameBox().name() != QLatin1StringView("shop"));
        QCOMPARE(input<QSpinBox>("replicas").value(), 3);
        QCOMPARE(sheet.networkBox().network(), environments::Network::Closed);
        QTRY_VERIFY_WITH_TIMEOUT(sheet.createButton().isEnabled(), 30000);
        QCOMPARE(sheet.spec().owner, QStringLiteral("ada"));
        // Whoever knows one password does not know the other.
        QVERIFY(sheet.spec().values.value(QStringLiteral("password")).toString() != QLatin1StringView("kept"));
    }

    void addingAsksForWhatIsNewOnly()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        context.purpose = Purpose::Add;
        context.spec = shopSpec(context);
        context.spec->placement = {.kind = environments::Placement::Kind::Site,
            .name = QStringLiteral("berlin"),
            .label = QStringLiteral("topology.kubernetes.io/zone"),
            .value = QStringLiteral("berlin")};
        context.takenNames = {QStringLiteral("shop-taken")};
        int judged = 0;
        context.verdict = [&judged](const Plan &, const environments::Demand &demand, const environments::Target &) {
            judged = demand.podCount();
            return environments::Verdict{.fit = environments::Fit::Fits};
        };
        CreateSheet &sheet = open(context);
        QCOMPARE(sheet.windowTitle(), QStringLiteral("Add Web + PostgreSQL to shop"));
        QCOMPARE(sheet.createButton().text(), QStringLiteral("Add"));
        QVERIFY(!sheet.nameBox().nameEdit().isVisible());
        QVERIFY(!sheet.timeToLiveBox().isVisible());
        QVERIFY(!sheet.networkBox().choices().isVisible());
        QVERIFY(sheet.networkBox().hostEdit().isVisible());
        QCOMPARE(sheet.partNameBox()->name(), QStringLiteral("shop-shop"));
        for (const char *taken : {"shop", "shop-taken", "Shop"}) {
            type(sheet.partNameBox()->edit(), taken);
            QVERIFY2(!sheet.createButton().isEnabled(), taken);
        }
        type(sheet.partNameBox()->edit(), "shop-more");
        input<QSpinBox>("replicas").setValue(2);
        QTRY_VERIFY2_WITH_TIMEOUT(sheet.createButton().isEnabled(), qPrintable(sheet.obstacle()), 30000);
        // The three that are there are not asked for again.
        QCOMPARE(judged, 2);
        const QStringList objects = objectsOf(sheet);
        QVERIFY2(objects.contains(QStringLiteral("New: Deployment shop-more-web")), qPrintable(objects.join(u'\n')));
        QVERIFY(objects.contains(QStringLiteral("Deployment shop-web")));
        QVERIFY(!objects.contains(QStringLiteral("Namespace shop")));
        QSignalSpy agreed(&sheet, &CreateSheet::agreed);
        QTest::mouseClick(&sheet.createButton(), Qt::LeftButton);
        const Plan plan = agreed.first().first().value<Plan>();
        QCOMPARE(plan.spec.name, QStringLiteral("shop"));
        QCOMPARE(plan.spec.owner, QStringLiteral("grace"));
        QCOMPARE(plan.spec.timeToLive, std::chrono::hours(24));
        QCOMPARE(plan.spec.network, environments::Network::Closed);
        QCOMPARE(plan.spec.values.value(QStringLiteral("password")).toString(), QStringLiteral("kept"));
        QCOMPARE(plan.spec.parts.size(), 1);
        const environments::Part &part = plan.spec.parts.first();
        QCOMPARE(part.placement, context.spec->placement);
        QCOMPARE(part.values.value(QStringLiteral("replicas")).toInt(), 2);
        const QString password = part.values.value(QStringLiteral("password")).toString();
        QVERIFY(password.size() == 24 && password != QLatin1StringView("kept"));
        QVERIFY(!plan.kept.isEmpty());
    }

    void aPartIsChangedByItself()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        context.purpose = Purpose::Change;
        context.spec = shopSpec(context);
        context.spec->parts = {{.name = QStringLiteral("shop-more"),
            .from = context.from,
            .values = {{QStringLiteral("replicas"), 4}, {QStringLiteral("password"), QStringLiteral("other")}},
            .host = QStringLiteral("more.example.com")}};
        context.part = QStringLiteral("shop-more");
        CreateSheet &sheet = open(context);
        QCOMPARE(sheet.windowTitle(), QStringLiteral("Change Web + PostgreSQL of shop"));
        QCOMPARE(input<QSpinBox>("replicas").value(), 4);
        QCOMPARE(sheet.networkBox().host(), QStringLiteral("more.example.com"));
        input<QSpinBox>("replicas").setValue(5);
        QTRY_VERIFY2_WITH_TIMEOUT(sheet.createButton().isEnabled(), qPrintable(sheet.obstacle()), 30000);
        const environments::Spec spec = sheet.spec();
        QCOMPARE(spec.values.value(QStringLiteral("replicas")).toInt(), 3);
        QCOMPARE(spec.parts.size(), 1);
        QCOMPARE(spec.parts.first().values.value(QStringLiteral("replicas")).toInt(), 5);
        QCOMPARE(spec.parts.first().values.value(QStringLiteral("password")).toString(), QStringLiteral("other"));
    }

    void partsGoAlong()
    {
        ui::CreateContext context = test::contextOf(test::shopTemplate());
        context.spec = shopSpec(context);
        context.spec->parts = {{.name = QStringLiteral("shop-more"), .from = context.from},
            {.name = QStringLiteral("shop-there"),
                .from = context.from,
                .placement = {.kind = environments::Placement::Kind::Node,
                    .name = QStringLiteral("rack-1"),
                    .label = QStringLiteral("kubernetes.io/hostname"),
                    .value = QStringLiteral("rack-1")}}};
        context.spec->parts.first().host = QStringLiteral("more.example.com");
        context.purpose = Purpose::Move;
        CreateSheet &sheet = open(context);
        sheet.placementBox().setTarget({.kind = environments::Target::Kind::Node, .name = QStringLiteral("pi-007")});
        environments::Spec spec = sheet.spec();
        QCOMPARE(spec.parts.at(0).placement.name, QStringLiteral("pi-007"));
        QCOMPARE(spec.parts.at(1).placement.name, QStringLiteral("rack-1"));
        QCOMPARE(spec.parts.at(0).host, QStringLiteral("more.example.com"));
        delete m_sheet;

        context.purpose = Purpose::Clone;
        CreateSheet &clone = open(context);
        type(clone.nameBox().nameEdit(), "store");
        spec = clone.spec();
        QCOMPARE(spec.parts.at(0).name, QStringLiteral("store-more"));
        QVERIFY(spec.parts.at(0).host.isEmpty());
        QTRY_VERIFY2_WITH_TIMEOUT(clone.createButton().isEnabled(), qPrintable(clone.obstacle()), 30000);
    }

    void whatTakesTheFocusHasAName()
    {
        CreateSheet &sheet = open();
        for (const auto widgets = sheet.findChildren<QWidget *>(); QWidget * widget : widgets) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(accessible && !accessible->text(QAccessible::Name).trimmed().isEmpty(),
                qPrintable(QString::fromLatin1(widget->metaObject()->className())));
        }
    }

    void longTextsStayInside()
    {
        environments::Template shop = test::shopTemplate();
        shop.title = QStringLiteral("Vorschau der gesamten Anwendung mit Datenbank und Nachrichtenwarteschlange");
        for (environments::Parameter &parameter : shop.parameters) {
            parameter.title = QStringLiteral("Höchstzahl gleichzeitiger Verbindungen zur Datenbank der Anwendung");
            parameter.help =
                QStringLiteral("Mehr Verbindungen brauchen mehr Arbeitsspeicher auf dem Datenbankknoten, auch "
                               "wenn sie gerade nicht benutzt werden.");
        }
        CreateSheet &sheet = open(test::contextOf(shop));
        sheet.resize(700, 480);
        QTRY_COMPARE_WITH_TIMEOUT(sheet.size(), QSize(700, 480), 30000);
        const auto *scroll = sheet.findChild<QScrollArea *>();
        // Nothing is wider than the column that it scrolls in.
        QTRY_COMPARE_LE_WITH_TIMEOUT(scroll->widget()->width(), scroll->viewport()->width(), 30000);
        QVERIFY(scroll->verticalScrollBar()->maximum() > 0);
        for (const auto labels = scroll->widget()->findChildren<QLabel *>(); const QLabel *label : labels) {
            if (label->isVisible() && label->wordWrap())
                QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
        }
    }
};

QTEST_MAIN(TestCreateSheet)
#include "tst_createsheet.moc"
