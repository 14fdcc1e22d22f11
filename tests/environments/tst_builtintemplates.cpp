// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quantity.h"
#include "environments/demand.h"
#include "renderedpods.h"
#include "support/builtintemplates.h"

#include <QFile>
#include <QJsonDocument>
#include <QLocale>
#include <QScopeGuard>
#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace kdra::test;
using namespace Qt::StringLiterals;

namespace {

// The longest name an environment can have: what is built from it has to stay within Kubernetes' limits.
const QString longName = u"a23456789-b23456789-c23456789-d234567890"_s;

QByteArray textOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

// Holds every built-in template, with each of its switches and choices, to what the field asks of a manifest.
// Whether matchLabels select the pod; nothing selects none.
static bool isSelected(const QJsonObject &matchLabels, const RenderedPod &pod)
{
    const QJsonObject labels = at(pod.podTemplate, u"metadata.labels"_s).toObject();
    return !matchLabels.isEmpty() && std::ranges::all_of(matchLabels.keys(), [&](const QString &key) {
        return labels.value(key) == matchLabels.value(key);
    });
}

class TestBuiltInTemplates : public QObject {
    Q_OBJECT

    // A row for each template.
    static void templates()
    {
        QTest::addColumn<QString>("name");
        for (const auto names = builtInTemplates(); const QString &name : names)
            QTest::addRow("%s", qPrintable(name)) << name;
    }

    // A row for each template and variant, with and without a host.
    static void rendered()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<Values>("given");
        QTest::addColumn<QString>("host");
        for (const auto names = builtInTemplates(); const QString &name : names) {
            const auto from = builtInTemplate(name);
            QVERIFY2(from, qPrintable(from ? QString() : from.error().text()));
            for (const auto variants = variantsOf(*from); const Variant &variant : variants)
                QTest::addRow("%s %s", qPrintable(name), variant.name.constData())
                    << name << variant.values << QString();
            QTest::addRow("%s host", qPrintable(name))
                << name << variantsOf(*from).constFirst().values << u"demo.example.com"_s;
        }
    }

    // The objects of the row; the environment has the longest possible name.
    void render()
    {
        QFETCH(QString, name);
        QFETCH(Values, given);
        QFETCH(QString, host);
        const auto from = builtInTemplate(name);
        QVERIFY(from);
        m_template = *from;
        const auto values = completeValues(*from, given);
        QVERIFY2(values, qPrintable(values ? QString() : values.error().text()));
        m_values = *values;
        const auto manifests =
            environments::render(*from, *values, {.name = longName, .ns = u"team"_s, .owner = u"jane"_s, .host = host});
        QVERIFY2(manifests, qPrintable(manifests ? QString() : manifests.error().text()));
        m_manifests = *manifests;
    }

    void checkContainer(const RenderedPod &pod, const QJsonObject &container, bool init);

    Template m_template;
    Values m_values;
    QList<Manifest> m_manifests;

private Q_SLOTS:
    void allAreThere();
    void header_data() { templates(); }
    void header();
    void german_data() { templates(); }
    void german();
    void judgedBeforeAnythingIsAsked_data() { templates(); }
    void judgedBeforeAnythingIsAsked();
    void names_data() { rendered(); }
    void names();
    void pods_data() { rendered(); }
    void pods();
    void references_data() { rendered(); }
    void references();
    void secretsStayInSecrets_data() { rendered(); }
    void secretsStayInSecrets();
    void hosts_data() { templates(); }
    void hosts();
    void volumesStayWhatTheyAre_data() { templates(); }
    void volumesStayWhatTheyAre();
    void reachesWhatItNeeds_data();
    void reachesWhatItNeeds();
    void theFlagshipFitsOnePi();
};

void TestBuiltInTemplates::allAreThere()
{
    QStringList wanted{u"web-postgresql"_s, u"full-stack-preview"_s, u"redis"_s, u"rabbitmq"_s, u"nats"_s,
        u"mosquitto-nodered"_s, u"static-site"_s, u"ci-runner"_s, u"prometheus-pi-vitals"_s, u"grafana"_s,
        u"k6-load-test"_s, u"empty-namespace"_s, u"environment-reaper"_s};
    wanted.sort();
    QCOMPARE(builtInTemplates(), wanted);
}

void TestBuiltInTemplates::header()
{
    QFETCH(QString, name);
    const auto from = builtInTemplate(name);
    QVERIFY2(from, qPrintable(from ? QString() : from.error().text()));
    QCOMPARE(from->name, name);
    QCOMPARE(from->id, u"builtin:"_s + name);
    QVERIFY(!from->title.isEmpty());
    QVERIFY(from->description.size() > 40);
    QVERIFY(from->description.endsWith(u'.'));
    QVERIFY2(QFile::exists(qEnvironmentVariable("KDRA_SOURCE") + u"/resources/icons/%1.svg"_s.arg(from->icon)),
        qPrintable(from->icon));
    const QStringList categories{
        u"Applications"_s, u"Data"_s, u"Messaging"_s, u"Edge"_s, u"Observability"_s, u"Testing"_s, u"Basics"_s};
    QVERIFY2(categories.contains(from->category), qPrintable(from->category));
    QCOMPARE(from->edge, from->category == "Edge"_L1);
    QVERIFY(!from->version.isEmpty());
    QVERIFY(!from->tags.isEmpty());
    const bool hasPods = name != "empty-namespace"_L1;
    QCOMPARE(from->architectures, hasPods ? QStringList({u"amd64"_s, u"arm64"_s}) : QStringList());
    for (const Parameter &one : from->parameters) {
        QVERIFY2(!one.title.isEmpty() && one.title != one.name, qPrintable(one.name));
        QVERIFY2(one.type == ParameterType::Secret || !one.defaultValue.isUndefined() || name == "ci-runner"_L1,
            qPrintable(one.name));
    }
    for (const TemplateFile &file : from->files)
        QVERIFY2(file.content.startsWith("# SPDX-License-Identifier: GPL-3.0-or-later\n"), qPrintable(file.path));
}

// As while it is dragged: what only the user knows does not keep it from being judged.
void TestBuiltInTemplates::judgedBeforeAnythingIsAsked()
{
    QFETCH(QString, name);
    const auto from = builtInTemplate(name);
    QVERIFY(from);
    const Result<Demand> demand = likelyDemand(*from);
    QVERIFY2(demand, qPrintable(demand ? QString() : demand.error().text()));
    QCOMPARE(demand->pods.isEmpty(), name == "empty-namespace"_L1);
    QVERIFY(!demand->kinds.isEmpty());
}

void TestBuiltInTemplates::german()
{
    QFETCH(QString, name);
    const auto english = builtInTemplate(name);
    QVERIFY(english);
    const QLocale before;
    const auto restore = qScopeGuard([&] { QLocale::setDefault(before); });
    QLocale::setDefault(QLocale(QLocale::German));
    const auto german = builtInTemplate(name);
    QVERIFY2(german, qPrintable(german ? QString() : german.error().text()));
    QVERIFY(german->description != english->description);
    QCOMPARE(german->parameters.size(), english->parameters.size());
    const auto header = std::ranges::find(german->files, u"template.yaml"_s, &TemplateFile::path);
    QVERIFY(header != german->files.end());
    for (qsizetype i = 0; i < german->parameters.size(); ++i) {
        const Parameter &one = german->parameters.at(i);
        const Parameter &other = english->parameters.at(i);
        // A title may be the same word in both languages; a help is a sentence.
        const QByteArray entry = "\n      " + one.name.toUtf8() + ": {title: ";
        QVERIFY2(header->content.contains(entry), qPrintable(one.name));
        QCOMPARE(one.help.isEmpty(), other.help.isEmpty());
        QVERIFY2(one.help.isEmpty() || one.help != other.help, qPrintable(one.name));
    }
}

void TestBuiltInTemplates::names()
{
    render();
    QVERIFY(!m_manifests.isEmpty());
    for (const Manifest &manifest : std::as_const(m_manifests)) {
        const QString what = manifest.display() + u' ' + manifest.where();
        const QString kind = at(manifest.object, u"kind"_s).toString();
        const QString name = at(manifest.object, u"metadata.name"_s).toString();
        const bool clusterScoped = kind.startsWith("ClusterRole"_L1);
        QVERIFY2(name.startsWith(clusterScoped ? u"team-"_s + longName : longName), qPrintable(what));
        // StatefulSets and CronJobs add a suffix that becomes part of a label.
        const bool suffixed = kind == "StatefulSet"_L1 || kind == "CronJob"_L1;
        QVERIFY2(name.size() <= (suffixed ? 52 : 63) || clusterScoped, qPrintable(what));
        QVERIFY2(at(manifest.object, u"metadata.namespace"_s).isUndefined(), qPrintable(what));
        const QJsonObject labels = at(manifest.object, u"metadata.labels"_s).toObject();
        QVERIFY2(labels.contains("app.kubernetes.io/name"_L1), qPrintable(what));
        QCOMPARE(labels.value("app.kubernetes.io/instance"_L1).toString(), longName);
        // What the plan's policy leaves closed is opened for the template's own pods only.
        if (kind == "NetworkPolicy"_L1 && m_template.name != "empty-namespace"_L1) {
            const QJsonObject selected = at(manifest.object, u"spec.podSelector.matchLabels"_s).toObject();
            QVERIFY2(std::ranges::any_of(
                         podsOf(m_manifests), [&](const RenderedPod &pod) { return isSelected(selected, pod); }),
                qPrintable(what));
            QCOMPARE(selected.value("app.kubernetes.io/instance"_L1).toString(), longName);
        }
        if (kind != "Service"_L1)
            continue;
        for (const QJsonArray ports = at(manifest.object, u"spec.ports"_s).toArray(); const QJsonValue &port : ports) {
            QVERIFY2(!at(port, u"name"_s).toString().isEmpty(), qPrintable(what));
            QVERIFY2(at(port, u"targetPort"_s).isString(), qPrintable(what));
            // Server-side apply of Kubernetes 1.20 has no default for it.
            QVERIFY2(at(port, u"protocol"_s).isString(), qPrintable(what));
        }
    }
}

void TestBuiltInTemplates::checkContainer(const RenderedPod &pod, const QJsonObject &container, bool init)
{
    const QByteArray what = (pod.name + u'/' + at(container, u"name"_s).toString()).toUtf8();
    const QString image = at(container, u"image"_s).toString();
    QVERIFY2(image.section(u'/', 0, 0).contains(u'.'), (what + " names no registry").constData());
    const QString tag = image.section(u'/', -1).section(u':', 1);
    QVERIFY2(!tag.isEmpty() && tag != "latest"_L1, (what + " has no tag").constData());
    for (const QString &resource : {u"cpu"_s, u"memory"_s}) {
        const auto amount = [&](const QString &list) {
            return parseQuantityMilli(at(container, u"resources.%1.%2"_s.arg(list, resource)).toString().toStdString())
                .value_or(0);
        };
        QVERIFY2(amount(u"requests"_s) > 0, (what + " requests no " + resource.toUtf8()).constData());
        QVERIFY2(
            amount(u"limits"_s) >= amount(u"requests"_s), (what + " has no limit of " + resource.toUtf8()).constData());
    }
    QCOMPARE(at(container, u"securityContext.allowPrivilegeEscalation"_s), QJsonValue(false));
    QCOMPARE(at(container, u"securityContext.readOnlyRootFilesystem"_s), QJsonValue(true));
    QCOMPARE(at(container, u"securityContext.capabilities.drop"_s), QJsonValue(QJsonArray{u"ALL"_s}));
    QVERIFY2(at(container, u"securityContext.privileged"_s).isUndefined(), what.constData());
    const bool probed = !init && !pod.runsToEnd;
    for (const QString &probe : {u"readinessProbe"_s, u"livenessProbe"_s})
        QVERIFY2(at(container, probe).isObject() == probed, (what + ": " + probe.toUtf8()).constData());
    for (const QJsonArray ports = at(container, u"ports"_s).toArray(); const QJsonValue &port : ports)
        QVERIFY2(!at(port, u"name"_s).toString().isEmpty(), what.constData());
}

void TestBuiltInTemplates::pods()
{
    render();
    const auto all = podsOf(m_manifests);
    QCOMPARE(all.isEmpty(), m_template.name == "empty-namespace"_L1);
    for (const RenderedPod &pod : all) {
        const QByteArray what = (pod.kind + u' ' + pod.name).toUtf8();
        const QJsonObject spec = pod.spec();
        QCOMPARE(at(spec, u"securityContext.runAsNonRoot"_s), QJsonValue(true));
        QVERIFY2(at(spec, u"securityContext.runAsUser"_s).toInt() > 0, what.constData());
        QVERIFY2(at(spec, u"securityContext.runAsGroup"_s).toInt() > 0, what.constData());
        QCOMPARE(at(spec, u"securityContext.seccompProfile.type"_s).toString(), u"RuntimeDefault"_s);
        // Said, not left to the default; and a token only where the pod has an account of its own.
        QVERIFY2(at(spec, u"automountServiceAccountToken"_s).isBool(), what.constData());
        QVERIFY2(!at(spec, u"automountServiceAccountToken"_s).toBool() || at(spec, u"serviceAccountName"_s).isString(),
            what.constData());
        QVERIFY2(!m_template.edge || !pod.list(u"tolerations"_s).isEmpty(), what.constData());
        QVERIFY(!pod.list(u"containers"_s).isEmpty());
        for (const auto containers = pod.list(u"containers"_s); const QJsonValue &container : containers)
            checkContainer(pod, container.toObject(), false);
        for (const auto containers = pod.list(u"initContainers"_s); const QJsonValue &container : containers)
            checkContainer(pod, container.toObject(), true);

        const QJsonObject labels = at(pod.podTemplate, u"metadata.labels"_s).toObject();
        QCOMPARE(labels.value("app.kubernetes.io/instance"_L1).toString(), longName);
        const QJsonObject selector = at(pod.workload, u"spec.selector.matchLabels"_s).toObject();
        QVERIFY2(pod.runsToEnd || selector.contains("app.kubernetes.io/instance"_L1), what.constData());
        for (auto it = selector.begin(); it != selector.end(); ++it)
            QCOMPARE(labels.value(it.key()), it.value());
    }
}

void TestBuiltInTemplates::references()
{
    render();
    QSet<QString> there; // "Secret demo-db", "Secret demo-db password"
    for (const Manifest &manifest : std::as_const(m_manifests)) {
        const QString object =
            at(manifest.object, u"kind"_s).toString() + u' ' + at(manifest.object, u"metadata.name"_s).toString();
        there.insert(object);
        for (const QString &data : {u"data"_s, u"stringData"_s}) {
            for (const auto keys = at(manifest.object, data).toObject().keys(); const QString &key : keys)
                there.insert(object + u' ' + key);
        }
    }
    const auto check = [&](const QString &kind, const QJsonValue &name, const QJsonValue &key = {}) {
        const QString wanted = kind + u' ' + name.toString() + (key.isString() ? u' ' + key.toString() : QString());
        QVERIFY2(name.isUndefined() || there.contains(wanted), qPrintable(wanted));
    };
    for (const auto all = podsOf(m_manifests); const RenderedPod &pod : all) {
        check(u"ServiceAccount"_s, at(pod.spec(), u"serviceAccountName"_s));
        check(u"Service"_s, at(pod.workload, u"spec.serviceName"_s));
        QSet<QString> volumes;
        for (const auto list = pod.list(u"volumes"_s); const QJsonValue &volume : list) {
            const QString name = at(volume, u"name"_s).toString();
            QVERIFY2(!volumes.contains(name), qPrintable(name));
            volumes.insert(name);
            check(u"PersistentVolumeClaim"_s, at(volume, u"persistentVolumeClaim.claimName"_s));
            check(u"ConfigMap"_s, at(volume, u"configMap.name"_s));
            check(u"Secret"_s, at(volume, u"secret.secretName"_s));
            for (const QJsonArray items = at(volume, u"secret.items"_s).toArray(); const QJsonValue &item : items)
                check(u"Secret"_s, at(volume, u"secret.secretName"_s), at(item, u"key"_s));
        }
        for (const QString &key : {u"containers"_s, u"initContainers"_s}) {
            for (const auto list = pod.list(key); const QJsonValue &container : list) {
                QSet<QString> variables;
                for (const QJsonArray env = at(container, u"env"_s).toArray(); const QJsonValue &variable : env) {
                    const QString name = at(variable, u"name"_s).toString();
                    QVERIFY2(!variables.contains(name), qPrintable(name));
                    variables.insert(name);
                    check(u"Secret"_s, at(variable, u"valueFrom.secretKeyRef.name"_s),
                        at(variable, u"valueFrom.secretKeyRef.key"_s));
                }
                for (const QJsonArray mounts = at(container, u"volumeMounts"_s).toArray();
                    const QJsonValue &mount : mounts)
                    QVERIFY2(
                        volumes.contains(at(mount, u"name"_s).toString()), qPrintable(at(mount, u"name"_s).toString()));
            }
        }
    }
    for (const Manifest &manifest : std::as_const(m_manifests)) {
        const QString kind = at(manifest.object, u"kind"_s).toString();
        if (kind.endsWith("RoleBinding"_L1))
            check(at(manifest.object, u"roleRef.kind"_s).toString(), at(manifest.object, u"roleRef.name"_s));
        if (kind == "Ingress"_L1) {
            const QJsonArray rules = at(manifest.object, u"spec.rules"_s).toArray();
            for (const QJsonArray paths = at(rules.first(), u"http.paths"_s).toArray(); const QJsonValue &path : paths)
                check(u"Service"_s, at(path, u"backend.service.name"_s));
        }
    }
}

void TestBuiltInTemplates::secretsStayInSecrets()
{
    render();
    for (const Parameter &one : std::as_const(m_template.parameters)) {
        if (one.type != ParameterType::Secret && one.name != "token"_L1)
            continue;
        const QByteArray value = m_values.value(one.name).toString().toUtf8();
        QVERIFY(value.size() >= 24);
        qsizetype found = 0;
        for (const Manifest &manifest : std::as_const(m_manifests)) {
            const bool inside = textOf(manifest.object).contains(value);
            QVERIFY2(
                !inside || at(manifest.object, u"kind"_s).toString() == "Secret"_L1, qPrintable(manifest.display()));
            found += inside ? 1 : 0;
        }
        QVERIFY2(found > 0, qPrintable(one.name));
    }
}

// An Ingress exists when a host is wanted, and only then; none answers for every host.
void TestBuiltInTemplates::hosts()
{
    QFETCH(QString, name);
    const auto from = builtInTemplate(name);
    QVERIFY(from);
    const auto values = completeValues(*from, variantsOf(*from).constFirst().values);
    QVERIFY(values);
    const auto ingresses = [&](const QString &host) {
        QStringList hosts;
        const auto manifests = environments::render(*from, *values, {.name = u"demo"_s, .ns = u"team"_s, .host = host});
        for (const Manifest &manifest : manifests.value_or(QList<Manifest>())) {
            if (at(manifest.object, u"kind"_s).toString() == "Ingress"_L1)
                hosts.append(at(at(manifest.object, u"spec.rules"_s).toArray().first(), u"host"_s).toString());
        }
        return hosts;
    };
    QCOMPARE(ingresses({}), QStringList());
    const QStringList served{u"web-postgresql"_s, u"full-stack-preview"_s, u"static-site"_s, u"rabbitmq"_s,
        u"mosquitto-nodered"_s, u"grafana"_s};
    QCOMPARE(
        ingresses(u"demo.example.com"_s), served.contains(name) ? QStringList{u"demo.example.com"_s} : QStringList());
}

// A change of parameters is a server-side apply: Kubernetes 1.20 then has both kinds in the volume of that name, and
// makes no pod of it any more.
void TestBuiltInTemplates::volumesStayWhatTheyAre()
{
    QFETCH(QString, name);
    const auto from = builtInTemplate(name);
    QVERIFY(from);
    QMap<QString, QStringList> kinds; // by workload and volume
    for (const auto variants = variantsOf(*from); const Variant &variant : variants) {
        const auto values = completeValues(*from, variant.values);
        QVERIFY(values);
        const auto manifests = environments::render(*from, *values, {.name = u"demo"_s, .ns = u"team"_s});
        QVERIFY(manifests);
        for (const auto pods = podsOf(*manifests); const RenderedPod &pod : pods) {
            for (const auto volumes = pod.list(u"volumes"_s); const QJsonValue &volume : volumes) {
                QJsonObject fields = volume.toObject();
                fields.remove("name"_L1);
                QStringList &seen = kinds[pod.name + u' ' + at(volume, u"name"_s).toString()];
                if (!seen.contains(fields.keys().join(u',')))
                    seen.append(fields.keys().join(u','));
            }
        }
    }
    for (const auto &[volume, seen] : kinds.asKeyValueRange())
        QVERIFY2(seen.size() == 1, qPrintable(volume + u": "_s + seen.join(u" or "_s)));
}

void TestBuiltInTemplates::reachesWhatItNeeds_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Values>("given");
    QTest::addColumn<QString>("workload");
    QTest::addColumn<QString>("direction"); // "egress", "ingress"; empty: the network stays as it was chosen
    const Values runner = variantsOf(*builtInTemplate(u"ci-runner"_s)).constFirst().values;
    QTest::newRow("reaper: the API server") << u"environment-reaper"_s << Values() << u"demo-reaper"_s << u"egress"_s;
    QTest::newRow("Prometheus: the API server and nodes")
        << u"prometheus-pi-vitals"_s << Values() << u"demo-prometheus"_s << u"egress"_s;
    QTest::newRow("Prometheus: for KDRA")
        << u"prometheus-pi-vitals"_s << Values() << u"demo-prometheus"_s << u"ingress"_s;
    QTest::newRow("runner: Gitea") << u"ci-runner"_s << runner << u"demo-runner"_s << u"egress"_s;
    QTest::newRow("Grafana: a Prometheus beside it") << u"grafana"_s << Values() << u"demo-grafana"_s << QString();
    QTest::newRow("Grafana: a Prometheus elsewhere")
        << u"grafana"_s << Values{{u"prometheusUrl"_s, u"http://prometheus.example.com"_s}} << u"demo-grafana"_s
        << u"egress"_s;
    QTest::newRow("k6: a target beside it") << u"k6-load-test"_s << Values() << u"demo-k6"_s << QString();
    QTest::newRow("k6: a target elsewhere")
        << u"k6-load-test"_s << Values{{u"target"_s, u"https://shop.example.com"_s}} << u"demo-k6"_s << u"egress"_s;
    QTest::newRow("Mosquitto: inside") << u"mosquitto-nodered"_s << Values() << u"demo-mqtt"_s << QString();
    QTest::newRow("Mosquitto: devices") << u"mosquitto-nodered"_s << Values{{u"mqttNodePort"_s, 31883}}
                                        << u"demo-mqtt"_s << u"ingress"_s;
}

// The network that environments have by default ends at their namespace, and neither the API server nor what is outside
// of the cluster is in any namespace.
void TestBuiltInTemplates::reachesWhatItNeeds()
{
    QFETCH(QString, name);
    QFETCH(Values, given);
    QFETCH(QString, workload);
    QFETCH(QString, direction);
    const auto from = builtInTemplate(name);
    QVERIFY2(from, qPrintable(from ? QString() : from.error().text()));
    const auto values = completeValues(*from, given);
    QVERIFY2(values, qPrintable(values ? QString() : values.error().text()));
    const auto manifests = environments::render(*from, *values, {.name = u"demo"_s, .ns = u"team"_s});
    QVERIFY2(manifests, qPrintable(manifests ? QString() : manifests.error().text()));
    const auto pods = podsOf(*manifests);
    const auto pod = std::ranges::find(pods, workload, &RenderedPod::name);
    QVERIFY(pod != pods.end());
    QStringList open;
    for (const Manifest &manifest : *manifests) {
        if (at(manifest.object, u"kind"_s).toString() != "NetworkPolicy"_L1
            || !isSelected(at(manifest.object, u"spec.podSelector.matchLabels"_s).toObject(), *pod))
            continue;
        for (const QString &one : {u"egress"_s, u"ingress"_s}) {
            const QJsonArray rules = at(manifest.object, u"spec."_s + one).toArray();
            // Neither "to" nor "from": everybody.
            if (std::ranges::any_of(rules, [](const QJsonValue &rule) {
                    return !rule.toObject().contains("to"_L1) && !rule.toObject().contains("from"_L1);
                }))
                open.append(one);
        }
    }
    QVERIFY2(direction.isEmpty() ? open.isEmpty() : open.contains(direction), qPrintable(open.join(u' ')));
}

// The smallest Raspberry Pi has 1 GiB, and half of that is the system's.
void TestBuiltInTemplates::theFlagshipFitsOnePi()
{
    const auto from = builtInTemplate(u"web-postgresql"_s);
    QVERIFY(from);
    const auto values = completeValues(*from, {});
    QVERIFY(values);
    const auto manifests = environments::render(*from, *values, {.name = u"demo"_s, .ns = u"team"_s});
    QVERIFY(manifests);
    qint64 memory = 0;
    for (const auto all = podsOf(*manifests); const RenderedPod &pod : all) {
        for (const auto containers = pod.list(u"containers"_s); const QJsonValue &container : containers)
            memory +=
                parseQuantity(at(container, u"resources.limits.memory"_s).toString().toStdString()).value_or(1LL << 40)
                * at(pod.workload, u"spec.replicas"_s).toInt();
    }
    QVERIFY2(memory > 0 && memory <= 512LL << 20, qPrintable(QString::number(memory)));
}

QTEST_GUILESS_MAIN(TestBuiltInTemplates)
#include "tst_builtintemplates.moc"
