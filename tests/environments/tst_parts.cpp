// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/decoration.h"
#include "environments/labels.h"
#include "environments/plan.h"
#include "support/builtintemplates.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace Qt::StringLiterals;

// An environment of several templates: what is noted of it, what it is made of, and what cannot be put together.
class TestParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isNotedAndReadBack();
    void toleratesWhatItsPlacementSays();
    void oneTemplateIsNotedAsEver();
    void whatWasEditedIsRefused_data();
    void whatWasEditedIsRefused();
    void isOneEnvironment();
    void findsWhatWasThereBefore_data();
    void findsWhatWasThereBefore();
    void eachIsPlacedByItself();
    void whatIsThereIsKept();
    void clashes_data();
    void clashes();
    void tooLargeTogether();
    void names();
    void removingTakesItsOwnOnly();
};

static kube::ServerApi api()
{
    const auto resource = [](const QString &group, const QString &plural, const QString &kind, bool namespaced = true) {
        return kube::Resource{
            .group = group, .version = u"v1"_s, .plural = plural, .kind = kind, .namespaced = namespaced};
    };
    kube::ServerApi api;
    api.gitVersion = u"v1.34.0"_s;
    api.resources = {resource({}, u"namespaces"_s, u"Namespace"_s, false),
        resource({}, u"configmaps"_s, u"ConfigMap"_s), resource({}, u"secrets"_s, u"Secret"_s),
        resource({}, u"persistentvolumeclaims"_s, u"PersistentVolumeClaim"_s),
        resource({}, u"services"_s, u"Service"_s), resource(u"batch"_s, u"jobs"_s, u"Job"_s),
        resource(u"apps"_s, u"deployments"_s, u"Deployment"_s),
        resource(u"apps"_s, u"statefulsets"_s, u"StatefulSet"_s),
        resource(u"networking.k8s.io"_s, u"networkpolicies"_s, u"NetworkPolicy"_s)};
    return api;
}

static TemplatePtr read(const QByteArray &name, const QByteArray &manifest)
{
    const QByteArray header =
        "apiVersion: kdra.dev/v1\nkind: EnvironmentTemplate\nname: " + name + "\ntitle: The " + name + R"(
version: 1.0.0
needs: {architectures: [arm64]}
parameters:
  - {name: size, title: Size, type: integer, default: 1}
  - {name: password, title: Password, type: secret, length: 20}
)";
    const Result<Template> result =
        readTemplate({{u"template.yaml"_s, header}, {u"manifests/10-all.yaml"_s, manifest}}, Source::Folder, u"here"_s);
    return result ? std::make_shared<const Template>(*result) : nullptr;
}

static TemplatePtr web()
{
    return read("web", R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: "${environment.name}-web"}
spec:
  replicas: ${size}
  template:
    spec: {containers: [{name: web, image: nginx, resources: {requests: {cpu: 100m}}}]}
---
apiVersion: v1
kind: Secret
metadata: {name: "${environment.name}-login"}
stringData: {password: "${password}"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: shared-name}
)");
}

static TemplatePtr redis()
{
    return read("redis", R"(apiVersion: apps/v1
kind: StatefulSet
metadata: {name: "${environment.name}-redis"}
spec:
  replicas: ${size}
  template:
    spec: {containers: [{name: redis, image: redis, resources: {requests: {cpu: 50m}}}]}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {resources: {requests: {storage: 1Gi}}}}]
---
apiVersion: v1
kind: Secret
metadata: {name: "${environment.name}-login"}
stringData: {password: "${password}"}
)");
}

static Spec shop()
{
    return {.name = u"shop"_s,
        .ns = u"shop"_s,
        .owner = u"ada"_s,
        .from = web(),
        .values = {{u"size"_s, 2}},
        .timeToLive = std::chrono::hours(72)};
}

static Part cache(const QString &name = u"shop-redis"_s)
{
    return {.name = name,
        .from = redis(),
        .values = {{u"size"_s, 3}},
        .placement = {.kind = Placement::Kind::Node,
            .name = u"pi-001"_s,
            .label = u"kubernetes.io/hostname"_s,
            .value = u"pi-001"_s},
        .host = u"cache.example.com"_s};
}

static Spec shopWithCache()
{
    Spec spec = shop();
    spec.parts = {cache()};
    return spec;
}

static QJsonObject objectOf(const Plan &plan, const QString &display)
{
    for (const PlannedObject &one : plan.objects) {
        if (one.display() == display)
            return one.object;
    }
    return {};
}

static QString label(const QJsonObject &object, const QStringList &path, QLatin1StringView name)
{
    return valueAt(object, path + QStringList{u"metadata"_s, u"labels"_s, name}).toString();
}

#define KDRA_PLAN(variable, spec)                                                                                      \
    const Result<Plan> variable##Result = makePlan(spec, api());                                                       \
    QVERIFY2(variable##Result, qPrintable(variable##Result ? QString() : variable##Result.error().text()));            \
    const Plan &variable = *variable##Result

void TestParts::isNotedAndReadBack()
{
    KDRA_PLAN(plan, shopWithCache());
    const QJsonObject parent = plan.parent(u"applied"_s, QDateTime::currentDateTime());
    const QByteArray text = valueAt(parent, {u"data"_s, SpecKey}).toString().toUtf8();
    // Secrets have no place in it.
    QVERIFY(!text.contains("password"));
    const Result<Spec> spec = specFromJson(QJsonDocument::fromJson(text).object());
    QVERIFY(spec);
    QCOMPARE(spec->parts.size(), 1);
    QCOMPARE(spec->parts.first().name, u"shop-redis"_s);
    QCOMPARE(spec->parts.first().values.value(u"size"_s).toInt(), 3);
    QCOMPARE(spec->parts.first().placement, cache().placement);
    QCOMPARE(spec->parts.first().host, u"cache.example.com"_s);
    const QJsonObject kept = parent.value("binaryData"_L1).toObject();
    QCOMPARE(kept.keys(), (QStringList{u"template"_s, u"template.shop-redis"_s}));
    QVERIFY(kept.value("template"_L1) != kept.value("template.shop-redis"_L1));
    // Where there is no parent yet, the namespace knows as much.
    const QString noted = valueAt(plan.nameSpace(), {u"metadata"_s, u"annotations"_s, SpecAnnotation}).toString();
    QCOMPARE(QJsonDocument::fromJson(noted.toUtf8()).object().value("template.shop-redis"_L1),
        kept.value("template.shop-redis"_L1));
}

// What the user agreed to counts when it is judged whether it fits.
void TestParts::toleratesWhatItsPlacementSays()
{
    Spec spec = shopWithCache();
    const QJsonObject edge{{u"key"_s, u"kdra.dev/edge"_s}, {u"operator"_s, u"Exists"_s}};
    spec.parts.first().placement.tolerations = {edge};
    KDRA_PLAN(plan, spec);
    QCOMPARE(plan.demandOfPart(u"shop-redis"_s).pods.first().tolerations, QJsonArray{edge});
    QVERIFY(!plan.demandOfPart({}).pods.first().tolerations.contains(edge));
    QVERIFY(
        std::ranges::any_of(plan.demand.pods, [&](const PodDemand &pod) { return pod.tolerations.contains(edge); }));
}

// What versions wrote that knew of one template only.
void TestParts::oneTemplateIsNotedAsEver()
{
    const QJsonObject before = QJsonDocument::fromJson(R"({
        "host": "", "name": "shop", "namespace": "shop", "network": "same-namespace", "owner": "ada",
        "ownNamespace": true, "placement": {"kind": "anywhere"}, "timeToLiveSeconds": 259200,
        "values": {"size": 2},
        "template": {"id": "folder:web", "name": "web", "title": "The web", "version": "1.0.0"}})")
                                   .object();
    Result<Spec> spec = specFromJson(before);
    QVERIFY(spec);
    QVERIFY(spec->parts.isEmpty());
    spec->from = web();
    QCOMPARE(toJson(*spec), before);
    KDRA_PLAN(plan, *spec);
    QCOMPARE(plan.parent(u"applied"_s, {}).value("binaryData"_L1).toObject().keys(), QStringList{u"template"_s});
    QVERIFY(label(objectOf(plan, u"Deployment shop-web"_s), {}, PartLabel).isEmpty());
}

void TestParts::whatWasEditedIsRefused_data()
{
    QTest::addColumn<QJsonObject>("part");
    const QJsonObject anywhere{{u"kind"_s, u"anywhere"_s}};
    QTest::newRow("no name") << QJsonObject{{u"placement"_s, anywhere}};
    QTest::newRow("no such name") << QJsonObject{{u"name"_s, u"Shop Redis"_s}, {u"placement"_s, anywhere}};
    QTest::newRow("no placement") << QJsonObject{{u"name"_s, u"shop-redis"_s}};
}

void TestParts::whatWasEditedIsRefused()
{
    QFETCH(QJsonObject, part);
    QJsonObject json = toJson(shop());
    QVERIFY(specFromJson(json));
    json.insert(u"parts"_s, QJsonArray{part});
    const Result<Spec> spec = specFromJson(json);
    QVERIFY(!spec);
    QVERIFY2(spec.error().what.contains(u"\"parts\""_s), qPrintable(spec.error().what));
}

void TestParts::isOneEnvironment()
{
    KDRA_PLAN(alone, shop());
    KDRA_PLAN(plan, shopWithCache());
    QCOMPARE(plan.id, alone.id);
    QVERIFY(plan.hash != alone.hash);
    QCOMPARE(plan.demand.podCount(), 5);
    QCOMPARE(plan.demand.cpuMilli(), 350);
    QCOMPARE(plan.demandOfPart(u"shop-redis"_s).podCount(), 3);
    QCOMPARE(plan.demandOfPart(u"shop-redis"_s).architectures, QStringList{u"arm64"_s});
    QCOMPARE(plan.demandOfPart({}).podCount(), 2);
    for (const QString &display : {u"Deployment shop-web"_s, u"StatefulSet shop-redis-redis"_s}) {
        const QJsonObject object = objectOf(plan, display);
        QVERIFY2(!object.isEmpty(), qPrintable(display));
        QCOMPARE(label(object, {}, PartOfLabel), plan.id);
        QCOMPARE(label(object, {}, EnvironmentLabel), u"shop"_s);
        QCOMPARE(label(object, {u"spec"_s, u"template"_s}, EnvironmentLabel), u"shop"_s);
        QCOMPARE(valueAt(object, {u"metadata"_s, u"annotations"_s, TimeToLiveAnnotation}).toString(), u"3d"_s);
    }
    // One policy, which selects by the label that all pods have.
    int policies = 0;
    for (const PlannedObject &one : plan.objects) {
        if (one.resource.kind != "NetworkPolicy"_L1)
            continue;
        ++policies;
        QCOMPARE(valueAt(one.object, {u"spec"_s, u"podSelector"_s, u"matchLabels"_s}).toObject(),
            (QJsonObject{{EnvironmentLabel, u"shop"_s}}));
    }
    QCOMPARE(policies, 1);
    QCOMPARE(exportFiles(plan, false).size(), plan.objects.size() + 1);
}

void TestParts::findsWhatWasThereBefore_data()
{
    QTest::addColumn<QString>("added");
    QTest::addColumn<QString>("workload");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("address");
    QTest::newRow("grafana") << u"grafana"_s << u"StatefulSet mon-grafana-grafana"_s << u"PROMETHEUS_URL"_s
                             << u"http://mon-prometheus:9090"_s;
    QTest::newRow("k6-load-test") << u"k6-load-test"_s << u"Job mon-k6-load-test-k6"_s << u"TARGET"_s
                                  << u"http://mon-web"_s;
}

// What is added looks for the neighbour that the environment was made with by the environment's name, not by its own.
void TestParts::findsWhatWasThereBefore()
{
    QFETCH(QString, added);
    QFETCH(QString, workload);
    QFETCH(QString, variable);
    QFETCH(QString, address);
    const auto from = test::builtInTemplate(added);
    QVERIFY2(from, qPrintable(from ? QString() : from.error().text()));
    Spec spec = renamed(shop(), u"mon"_s);
    spec.parts = {{.name = u"mon-"_s + added, .from = std::make_shared<const Template>(*from)}};
    KDRA_PLAN(plan, spec);
    const QJsonValue container =
        valueAt(objectOf(plan, workload), {u"spec"_s, u"template"_s, u"spec"_s, u"containers"_s})[0];
    QString told;
    for (const QJsonArray all = container["env"_L1].toArray(); const QJsonValue &one : all) {
        if (one["name"_L1].toString() == variable)
            told = one["value"_L1].toString();
    }
    QCOMPARE(told, address);
}

void TestParts::eachIsPlacedByItself()
{
    KDRA_PLAN(plan, shopWithCache());
    const QStringList selector{u"spec"_s, u"template"_s, u"spec"_s, u"nodeSelector"_s};
    QVERIFY(valueAt(objectOf(plan, u"Deployment shop-web"_s), selector).isUndefined());
    const QJsonObject redis = objectOf(plan, u"StatefulSet shop-redis-redis"_s);
    QCOMPARE(valueAt(redis, selector).toObject().value("kubernetes.io/hostname"_L1).toString(), u"pi-001"_s);
    // By this label the claims that it makes are found again when it is removed.
    const QJsonObject claim = valueAt(redis, {u"spec"_s, u"volumeClaimTemplates"_s})[0].toObject();
    QCOMPARE(label(claim, {}, PartLabel), u"shop-redis"_s);
}

void TestParts::whatIsThereIsKept()
{
    const Result<Spec> spec = completed(shop());
    QVERIFY(spec);
    KDRA_PLAN(before, *spec);
    Spec more = *spec;
    more.parts = {cache()};
    KDRA_PLAN(after, more);
    const Plan change = asChangeOf(after, before);
    QCOMPARE(change.objects.size(), after.objects.size());
    for (const PlannedObject &one : change.objects)
        QCOMPARE(change.kept.contains(one.path()), one.part.isEmpty());
    // The password that is there is the one that is wanted.
    QVERIFY(change.kept.contains(u"/api/v1/namespaces/shop/secrets/shop-login"_s));
}

void TestParts::clashes_data()
{
    QTest::addColumn<QList<Part>>("parts");
    QTest::addColumn<QStringList>("told");
    // Made with a fixed name, so that no name of the part helps.
    Part second{.name = u"shop-two"_s, .from = web()};
    QTest::newRow("objects") << QList<Part>{second}
                             << QStringList{u"ConfigMap shared-name"_s, u"The web as shop (manifests/10-all.yaml:14)"_s,
                                    u"The web as shop-two (manifests/10-all.yaml:14)"_s};
    QTest::newRow("called like the environment")
        << QList<Part>{cache(u"shop"_s)} << QStringList{u"The web"_s, u"The redis"_s, u"called shop"_s};
    QTest::newRow("called the same") << QList<Part>{cache(), cache()} << QStringList{u"called shop-redis"_s};
    QTest::newRow("no name") << QList<Part>{cache(u"Shop"_s)} << QStringList{u"\"Shop\" cannot be the name"_s};
    Part other = cache(u"shop-other"_s);
    QTest::newRow("found the same") << QList<Part>{cache(), other} << QStringList{u"found as cache.example.com"_s};
    Part empty{.name = u"shop-nothing"_s};
    QTest::newRow("no template") << QList<Part>{empty} << QStringList{u"There is no template."_s};
}

void TestParts::clashes()
{
    QFETCH(QList<Part>, parts);
    QFETCH(QStringList, told);
    Spec spec = shop();
    spec.parts = parts;
    const Result<Plan> plan = makePlan(spec, api());
    QVERIFY(!plan);
    for (const QString &one : std::as_const(told))
        QVERIFY2(plan.error().text().contains(one), qPrintable(plan.error().text()));
}

void TestParts::tooLargeTogether()
{
    // What cannot be packed: nearly as much as one template may have.
    QByteArray noise(120 * 1024, Qt::Uninitialized);
    for (char &letter : noise)
        letter =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/"[QRandomGenerator::global()->bounded(64)];
    const TemplatePtr large = read("large",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"${environment.name}-noise\"}\n"
        "data: {noise: \""
            + noise + "\"}\n");
    QVERIFY(large);
    Spec spec = shop();
    qsizetype fitting = 0;
    Result<Plan> plan = makePlan(spec, api());
    while (plan && fitting < 20) {
        ++fitting;
        spec.parts.append({.name = u"shop-%1"_s.arg(fitting), .from = large});
        plan = makePlan(spec, api());
    }
    QVERIFY(fitting > 5 && fitting < 20);
    QVERIFY2(plan.error().what.contains(u"together too large"_s), qPrintable(plan.error().text()));
    QVERIFY(!plan.error().remedy.isEmpty());
    // As much as was let pass stays below what a ConfigMap may hold, even with two specs.
    spec.parts.removeLast();
    KDRA_PLAN(last, spec);
    const QJsonObject parent = last.parent(u"changing"_s, QDateTime::currentDateTime());
    qsizetype bytes = 2 * valueAt(parent, {u"data"_s, SpecKey}).toString().toUtf8().size();
    for (const QJsonObject kept = parent.value("binaryData"_L1).toObject(); const QJsonValue &one : kept)
        bytes += QByteArray::fromBase64(one.toString().toLatin1()).size();
    QVERIFY2(bytes < 1024 * 1024, qPrintable(QString::number(bytes)));
}

void TestParts::names()
{
    QCOMPARE(proposedPartName(shop(), u"redis"_s), u"shop-redis"_s);
    QCOMPARE(proposedPartName(shopWithCache(), u"redis"_s), u"shop-redis-2"_s);
    QCOMPARE(proposedPartName(shopWithCache(), u"redis"_s, {u"shop-redis-2"_s}), u"shop-redis-3"_s);
    Spec wide = shop();
    wide.name = QString(40, u'a');
    wide.parts = {cache(proposedPartName(wide, u"redis"_s, {wide.name}))};
    QVERIFY2(nameProblem(wide.parts.first().name).isEmpty(), qPrintable(wide.parts.first().name));
    QVERIFY(wide.parts.first().name != wide.name);

    QCOMPARE(renamed(shopWithCache(), u"store"_s).parts.first().name, u"store-redis"_s);
    Spec odd = shop();
    odd.parts = {cache(u"memory"_s)};
    QCOMPARE(renamed(odd, u"shop"_s).parts.first().name, u"memory"_s);
    QCOMPARE(renamed(odd, u"store"_s).parts.first().name, u"store-memory"_s);
}

void TestParts::removingTakesItsOwnOnly()
{
    const Result<Spec> spec = completed(shopWithCache());
    QVERIFY(spec);
    KDRA_PLAN(before, *spec);
    Spec less = *spec;
    less.parts.clear();
    KDRA_PLAN(after, less);
    const Loss loss = lossOf(before, after);
    QCOMPARE(loss.objects, (QStringList{u"Secret shop-redis-login"_s, u"StatefulSet shop-redis-redis"_s}));
    QCOMPARE(loss.claims.size(), 1);
    QVERIFY(loss.claims.first().contains(u"StatefulSet shop-redis-redis"_s));
    QCOMPARE(asChangeOf(after, before).kept.size(), after.objects.size());
    QVERIFY(lossOf(after, before).objects.isEmpty());
}

QTEST_GUILESS_MAIN(TestParts)
#include "tst_parts.moc"
