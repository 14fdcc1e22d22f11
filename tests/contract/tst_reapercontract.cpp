// SPDX-License-Identifier: GPL-3.0-or-later
#include "ask.h"
#include "contractserver.h"
#include "kube/discovery.h"
#include "support/builtintemplates.h"
#include "support/controlplane.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace kdra::test;
using namespace Qt::StringLiterals;

namespace {

// KEP-3659, written down a second time.
QString applySetOf(const QString &ns, const QString &parent)
{
    const QByteArray name = u"%1.%2.ConfigMap."_s.arg(parent, ns).toUtf8();
    return u"applyset-%1-v1"_s.arg(QString::fromLatin1(QCryptographicHash::hash(name, QCryptographicHash::Sha256)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)));
}

} // namespace

// The script of the template "Environment reaper", run by a real shell with the real kubectl, with no other rights than
// those that the template gives it.
class TestReaperContract : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void onlyTells();
    void reaps();
    void keepsToItsNamespace();
    void cannotReadSecrets();

private:
    Answer send(const QByteArray &verb, const QString &path, const QJsonObject &body = {})
    {
        return ask(*m_admin, verb, path, body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson());
    }
    void create(const QString &collection, const QJsonObject &object);
    void makeNamespace(const QString &name, const QString &environment = {});
    // An environment with a ConfigMap, a Secret, a Service and a ClusterRole; `more` kinds are only told of.
    void makeEnvironment(const QString &ns, const QString &name, const QString &timeToLive, const QString &more = {});
    // As a StatefulSet of the environment makes it: data-NAME-0, no member of its ApplySet.
    void makeClaim(const QString &ns, const QString &environment);
    void install(const Values &values);
    // Runs it two hours from now.
    void reap(const QString &scope, bool dryRun = false);
    bool exists(const QString &path) { return send("GET", path).code == 200; }
    bool isWhole(const QString &ns, const QString &name);
    bool isGone(const QString &ns, const QString &name);

    std::unique_ptr<ContractServer> m_server;
    std::unique_ptr<kube::ApiClient> m_admin;
    QTemporaryDir m_dir;
    QProcess m_shell;
    QString m_output;
    int m_exitCode = -1;
};

void TestReaperContract::create(const QString &collection, const QJsonObject &object)
{
    const Answer answer = send("POST", collection, object);
    QVERIFY2(answer.code == 201, qPrintable(collection + u": "_s + answer.message()));
}

void TestReaperContract::makeNamespace(const QString &name, const QString &environment)
{
    QJsonObject labels;
    if (!environment.isEmpty())
        labels = {{"kdra.dev/environment"_L1, environment}, {"app.kubernetes.io/managed-by"_L1, "kdra"_L1}};
    create(u"/api/v1/namespaces"_s, {{"metadata"_L1, QJsonObject{{"name"_L1, name}, {"labels"_L1, labels}}}});
}

void TestReaperContract::makeEnvironment(
    const QString &ns, const QString &name, const QString &timeToLive, const QString &more)
{
    const QString base = u"/api/v1/namespaces/"_s + ns;
    const QString parent = u"kdra."_s + name;
    const QString id = applySetOf(ns, parent);
    const QJsonObject member{{"applyset.kubernetes.io/part-of"_L1, id}};
    const QJsonObject metadata{{"name"_L1, name}, {"labels"_L1, member}};
    create(base + u"/configmaps"_s,
        {{"metadata"_L1,
            QJsonObject{{"name"_L1, parent},
                {"labels"_L1,
                    QJsonObject{{"applyset.kubernetes.io/id"_L1, id}, {"app.kubernetes.io/managed-by"_L1, "kdra"_L1},
                        {"kdra.dev/environment"_L1, name}}},
                {"annotations"_L1,
                    QJsonObject{{"janitor/ttl"_L1, timeToLive},
                        {"applyset.kubernetes.io/contains-group-kinds"_L1,
                            QString("ClusterRole.rbac.authorization.k8s.io,ConfigMap,Secret,Service"_L1 + more)}}}}}});
    create(base + u"/configmaps"_s, {{"metadata"_L1, metadata}});
    create(base + u"/secrets"_s, {{"metadata"_L1, metadata}});
    create(base + u"/services"_s,
        {{"metadata"_L1, metadata},
            {"spec"_L1,
                QJsonObject{{"ports"_L1, QJsonArray{QJsonObject{{"port"_L1, 80}, {"protocol"_L1, "TCP"_L1}}}}}}});
    create(u"/apis/rbac.authorization.k8s.io/v1/clusterroles"_s,
        {{"metadata"_L1, QJsonObject{{"name"_L1, QString(ns + u'-' + name)}, {"labels"_L1, member}}}});
}

void TestReaperContract::makeClaim(const QString &ns, const QString &environment)
{
    const QJsonObject labels{{"kdra.dev/environment"_L1, environment}, {"app.kubernetes.io/managed-by"_L1, "kdra"_L1}};
    create(u"/api/v1/namespaces/%1/persistentvolumeclaims"_s.arg(ns),
        {{"metadata"_L1, QJsonObject{{"name"_L1, QString(u"data-"_s + environment + u"-0"_s)}, {"labels"_L1, labels}}},
            {"spec"_L1,
                QJsonObject{{"accessModes"_L1, QJsonArray{"ReadWriteOnce"_L1}},
                    {"resources"_L1, QJsonObject{{"requests"_L1, QJsonObject{{"storage"_L1, "1Gi"_L1}}}}}}}});
}

bool TestReaperContract::isWhole(const QString &ns, const QString &name)
{
    const QString base = u"/api/v1/namespaces/"_s + ns;
    return exists(base + u"/configmaps/kdra."_s + name) && exists(base + u"/configmaps/"_s + name)
        && exists(base + u"/secrets/"_s + name) && exists(base + u"/services/"_s + name)
        && exists(u"/apis/rbac.authorization.k8s.io/v1/clusterroles/%1-%2"_s.arg(ns, name));
}

bool TestReaperContract::isGone(const QString &ns, const QString &name)
{
    const QString base = u"/api/v1/namespaces/"_s + ns;
    return !exists(base + u"/configmaps/kdra."_s + name) && !exists(base + u"/configmaps/"_s + name)
        && !exists(base + u"/secrets/"_s + name) && !exists(base + u"/services/"_s + name)
        && !exists(u"/apis/rbac.authorization.k8s.io/v1/clusterroles/%1-%2"_s.arg(ns, name));
}

// The account, its rights and the script.
void TestReaperContract::install(const Values &given)
{
    const auto from = builtInTemplate(u"environment-reaper"_s);
    QVERIFY2(from, qPrintable(from ? QString() : from.error().text()));
    const auto values = completeValues(*from, given);
    QVERIFY(values);
    const auto manifests = render(*from, *values, {.name = u"reaper"_s, .ns = u"ops"_s});
    QVERIFY(manifests);
    KDRA_AWAIT(api, kube::discover(*m_admin));
    QVERIFY(api);
    for (const Manifest &manifest : *manifests) {
        const QString kind = at(manifest.object, u"kind"_s).toString();
        const QString apiVersion = at(manifest.object, u"apiVersion"_s).toString();
        const QString group = apiVersion.contains(u'/') ? apiVersion.section(u'/', 0, 0) : QString();
        if (group == "batch"_L1)
            continue;
        const auto resource = api->find(group, kind, {u"v1"_s});
        QVERIFY(resource);
        const QString path = resource->path(
            resource->namespaced ? u"ops"_s : QString(), at(manifest.object, u"metadata.name"_s).toString());
        const Answer answer = ask(*m_admin, "PATCH", path + u"?fieldManager=kdra"_s,
            QJsonDocument(manifest.object).toJson(), "application/apply-patch+yaml");
        QVERIFY2(answer.code == 200 || answer.code == 201, qPrintable(answer.message()));
        if (kind == "ConfigMap"_L1) {
            QFile script(m_dir.filePath(u"reap.sh"_s));
            QVERIFY(script.open(QIODevice::WriteOnly));
            script.write(at(manifest.object, u"data"_s).toObject().value("reap.sh"_L1).toString().toUtf8());
        }
    }
}

void TestReaperContract::initTestCase()
{
    if (ContractServer::isReal() && !ControlPlane::isAvailable())
        QSKIP("KUBEBUILDER_ASSETS names no folder with a kube-apiserver: the real API server is not tested.");
    QVERIFY2(!QStandardPaths::findExecutable(u"kubectl"_s).isEmpty(), "kubectl is not installed");
    m_server = ContractServer::create();
    const Result<void> started = m_server->start();
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    m_admin = std::make_unique<kube::ApiClient>(m_server->admin());
    makeNamespace(u"ops"_s);
    install({});

    // The demo cluster has no tokens of accounts: there it may everything.
    QString user = u"{}"_s;
    if (ContractServer::isReal()) {
        const QString path = u"/api/v1/namespaces/ops/serviceaccounts/reaper-reaper/token"_s;
        const QByteArray wanted = R"({"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}})";
        const Answer answer = ask(*m_admin, "POST", path, wanted);
        QVERIFY2(answer.code == 201, qPrintable(answer.message()));
        user = u"{token: %1}"_s.arg(at(answer.json(), u"status.token"_s).toString());
    }
    const kube::ClusterEntry cluster = m_server->admin().cluster;
    QFile config(m_dir.filePath(u"kubeconfig"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write(u"apiVersion: v1\nkind: Config\ncurrent-context: c\n"
                 "contexts: [{name: c, context: {cluster: c, user: u}}]\n"
                 "users: [{name: u, user: %1}]\n"
                 "clusters: [{name: c, cluster: {server: \"%2\", certificate-authority: \"%3\"}}]\n"_s
                     .arg(user, cluster.server.toString(), cluster.certificateAuthority)
                     .toUtf8());
    // The clock, two hours ahead of the server's.
    QVERIFY(QDir(m_dir.path()).mkdir(u"bin"_s));
    QFile date(m_dir.filePath(u"bin/date"_s));
    QVERIFY(date.open(QIODevice::WriteOnly));
    date.write("#!/bin/sh\necho " + QByteArray::number(QDateTime::currentSecsSinceEpoch() + 7200) + '\n');
    date.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    date.close();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PATH"_s, m_dir.filePath(u"bin"_s) + u':' + environment.value(u"PATH"_s));
    environment.insert(u"KUBECONFIG"_s, m_dir.filePath(u"kubeconfig"_s));
    environment.insert(u"HOME"_s, m_dir.path());
    environment.insert(u"OWN_NAMESPACE"_s, u"ops"_s);
    environment.insert(u"OWN_NAME"_s, u"reaper"_s);
    m_shell.setProcessEnvironment(environment);
    m_shell.setProcessChannelMode(QProcess::MergedChannels);

    makeNamespace(u"shop"_s, u"shop"_s);
    makeEnvironment(u"shop"_s, u"shop"_s, u"1h"_s);
    makeNamespace(u"team"_s);
    makeEnvironment(u"team"_s, u"preview"_s, u"90m"_s);
    makeEnvironment(u"team"_s, u"long"_s, u"1d"_s);
    makeEnvironment(u"team"_s, u"endless"_s, u"forever"_s);
    makeEnvironment(u"team"_s, u"odd"_s, u"1h\nteam kdra.long"_s);
    makeEnvironment(u"team"_s, u"strange"_s, u"1h"_s, u",Gadget.example.com"_s);
    makeNamespace(u"house"_s, u"host"_s);
    makeEnvironment(u"house"_s, u"host"_s, u"1h"_s);
    makeEnvironment(u"house"_s, u"guest"_s, u"1d"_s);
    // Says that it is the parent of somebody else's members.
    makeEnvironment(u"team"_s, u"liar"_s, u"1h"_s);
    const QJsonObject stolen{{"applyset.kubernetes.io/id"_L1, applySetOf(u"team"_s, u"kdra.long"_s)}};
    const Answer relabelled = ask(*m_admin, "PATCH", u"/api/v1/namespaces/team/configmaps/kdra.liar"_s,
        QJsonDocument(QJsonObject{{"metadata"_L1, QJsonObject{{"labels"_L1, stolen}}}}).toJson(),
        "application/merge-patch+json");
    QCOMPARE(relabelled.code, 200);
    // Says that it is called like somebody else.
    makeEnvironment(u"team"_s, u"thief"_s, u"1h"_s);
    const QJsonObject called{{"kdra.dev/environment"_L1, u"long"_s}};
    const Answer renamed = ask(*m_admin, "PATCH", u"/api/v1/namespaces/team/configmaps/kdra.thief"_s,
        QJsonDocument(QJsonObject{{"metadata"_L1, QJsonObject{{"labels"_L1, called}}}}).toJson(),
        "application/merge-patch+json");
    QCOMPARE(renamed.code, 200);
    makeClaim(u"team"_s, u"preview"_s);
    makeClaim(u"team"_s, u"long"_s);
    makeEnvironment(u"ops"_s, u"reaper"_s, u"1h"_s);
    makeEnvironment(u"ops"_s, u"near"_s, u"1h"_s);
    create(u"/api/v1/namespaces/team/configmaps"_s, {{"metadata"_L1, QJsonObject{{"name"_L1, u"bystander"_s}}}});
    create(u"/api/v1/namespaces/team/secrets"_s, {{"metadata"_L1, QJsonObject{{"name"_L1, u"bystander"_s}}}});
}

void TestReaperContract::cleanupTestCase()
{
    m_admin.reset();
    m_server.reset();
}

void TestReaperContract::reap(const QString &scope, bool dryRun)
{
    QProcessEnvironment environment = m_shell.processEnvironment();
    environment.insert(u"SCOPE"_s, scope);
    environment.insert(u"DRY_RUN"_s, dryRun ? u"true"_s : u"false"_s);
    m_shell.setProcessEnvironment(environment);
    m_shell.start(u"sh"_s, {m_dir.filePath(u"reap.sh"_s)});
    QVERIFY(m_shell.waitForFinished(300000));
    m_output = QString::fromUtf8(m_shell.readAll());
    m_exitCode = m_shell.exitCode();
}

void TestReaperContract::onlyTells()
{
    reap(u"cluster"_s, true);
    QVERIFY2(m_exitCode == 0, qPrintable(m_output));
    QVERIFY2(m_output.contains("shop/kdra.shop: would be deleted"_L1), qPrintable(m_output));
    QVERIFY2(!m_output.contains("kdra.long: would"_L1), qPrintable(m_output));
    for (const QString &name : {u"preview"_s, u"long"_s, u"endless"_s, u"odd"_s, u"strange"_s, u"liar"_s})
        QVERIFY2(isWhole(u"team"_s, name), qPrintable(name));
    QVERIFY(isWhole(u"shop"_s, u"shop"_s));
}

void TestReaperContract::reaps()
{
    reap(u"cluster"_s);
    // One could not be deleted as a whole: the job fails, so that somebody sees it.
    QVERIFY2(m_exitCode == 1, qPrintable(m_output));
    QVERIFY2(m_output.contains("Gadget.example.com"_L1), qPrintable(m_output));
    QVERIFY2(exists(u"/api/v1/namespaces/team/configmaps/kdra.strange"_s), qPrintable(m_output));
    QTRY_VERIFY2_WITH_TIMEOUT(isGone(u"team"_s, u"preview"_s), qPrintable(m_output), 60000);
    // Or the next environment of that name would find the old one's data.
    const QString claims = u"/api/v1/namespaces/team/persistentvolumeclaims/data-%1-0"_s;
    QTRY_VERIFY2_WITH_TIMEOUT(!exists(claims.arg(u"preview"_s)), qPrintable(m_output), 60000);
    QTRY_VERIFY2_WITH_TIMEOUT(isGone(u"team"_s, u"thief"_s), qPrintable(m_output), 60000);
    QVERIFY2(exists(claims.arg(u"long"_s)), qPrintable(m_output));
    QTRY_VERIFY2_WITH_TIMEOUT(isGone(u"house"_s, u"host"_s), qPrintable(m_output), 60000);
    // The real controller takes its time to empty a namespace.
    QTRY_VERIFY2_WITH_TIMEOUT(!exists(u"/api/v1/namespaces/shop"_s), qPrintable(m_output), 150000);
    QVERIFY2(isGone(u"shop"_s, u"shop"_s), qPrintable(m_output));

    QVERIFY2(isWhole(u"house"_s, u"guest"_s), qPrintable(m_output));
    for (const QString &name : {u"long"_s, u"endless"_s, u"odd"_s, u"liar"_s})
        QVERIFY2(isWhole(u"team"_s, name), qPrintable(name + u'\n' + m_output));
    QVERIFY(exists(u"/api/v1/namespaces/team/configmaps/bystander"_s));
    QVERIFY(exists(u"/api/v1/namespaces/team/secrets/bystander"_s));
    QVERIFY2(isWhole(u"ops"_s, u"reaper"_s), qPrintable(m_output));
    QVERIFY2(!m_output.contains("apiVersion"_L1), qPrintable(m_output)); // no Secret was printed
}

// Without the rights of the cluster: what is outside of the namespace is neither seen nor touched.
void TestReaperContract::keepsToItsNamespace()
{
    makeEnvironment(u"team"_s, u"late"_s, u"1h"_s);
    makeEnvironment(u"ops"_s, u"mine"_s, u"1h"_s);
    install({{u"scope"_s, u"namespace"_s}});
    const QString base = u"/apis/rbac.authorization.k8s.io/v1/"_s;
    QCOMPARE(send("DELETE", base + u"clusterrolebindings/ops-reaper-reaper"_s).code, 200);
    reap(u"namespace"_s);
    QVERIFY2(!exists(u"/api/v1/namespaces/ops/configmaps/mine"_s), qPrintable(m_output));
    QVERIFY2(isWhole(u"team"_s, u"late"_s), qPrintable(m_output));
    QVERIFY2(isWhole(u"ops"_s, u"reaper"_s), qPrintable(m_output));
}

void TestReaperContract::cannotReadSecrets()
{
    if (!ContractServer::isReal())
        return; // it has no such accounts
    m_shell.start(u"kubectl"_s, {u"get"_s, u"secrets"_s, u"--namespace"_s, u"ops"_s});
    QVERIFY(m_shell.waitForFinished(60000));
    QVERIFY(m_shell.exitCode() != 0);
    QVERIFY(m_shell.readAll().contains("forbidden"));
}

QTEST_GUILESS_MAIN(TestReaperContract)
#include "tst_reapercontract.moc"
