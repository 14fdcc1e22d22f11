// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/creationrights.h"
#include "kube/apiclient.h"
#include "support/testhttpserver.h"

#include <QJsonDocument>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace kdra::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// What is asked of a server that has other answers as time goes by.
class TestCreationRights : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void allThatIsMade();
    void askedOnce();
    void grantedLater();
    void errorsAreNoAnswers();

private:
    // An hour unless a test wants to see it pass.
    void make(std::chrono::milliseconds kept = 1h, std::chrono::milliseconds pause = 1h)
    {
        m_rights = std::make_unique<CreationRights>(*m_client, kept, pause);
    }
    Rights rights(const QString &ns = u"team"_s) { return m_rights->of(m_demand, ns, m_api); }

    static kube::Resource resource(const QString &group, const QString &plural, const QString &kind, bool inside = true)
    {
        return {.group = group, .version = u"v1"_s, .plural = plural, .kind = kind, .namespaced = inside};
    }

    const Demand m_demand{.kinds = {u"Deployment.apps"_s, u"ClusterRole.rbac.authorization.k8s.io"_s}};
    kube::ServerApi m_api;
    std::unique_ptr<TestHttpServer> m_server;
    std::unique_ptr<kube::ApiClient> m_client;
    std::unique_ptr<CreationRights> m_rights;
    QStringList m_asked; // "create deployments team"
    QSet<QString> m_forbidden; // the same
    int m_status = 201;
};

void TestCreationRights::init()
{
    m_rights.reset();
    m_client.reset();
    m_asked.clear();
    m_forbidden.clear();
    m_status = 201;
    m_api.resources = {resource({}, u"namespaces"_s, u"Namespace"_s, false),
        resource({}, u"configmaps"_s, u"ConfigMap"_s), resource(u"apps"_s, u"deployments"_s, u"Deployment"_s),
        resource(u"networking.k8s.io"_s, u"networkpolicies"_s, u"NetworkPolicy"_s),
        resource(u"rbac.authorization.k8s.io"_s, u"clusterroles"_s, u"ClusterRole"_s, false)};
    m_server = std::make_unique<TestHttpServer>([this](const HttpRequest &request) {
        const QJsonValue asked = QJsonDocument::fromJson(request.body)["spec"_L1]["resourceAttributes"_L1];
        const QString question = (asked["verb"_L1].toString() + u' ' + asked["resource"_L1].toString() + u' '
            + asked["namespace"_L1].toString())
                                     .trimmed();
        m_asked.append(question);
        return HttpResponse{.status = m_status,
            .body = m_forbidden.contains(question) ? R"({"status":{"allowed":false,"reason":"no role."}})"
                                                   : R"({"status":{"allowed":true}})"};
    });
    QVERIFY(m_server->listen());
    m_client = std::make_unique<kube::ApiClient>(kube::ClientConfig{.contextName = u"test"_s,
        .cluster = {.name = u"test"_s, .server = m_server->url()},
        .user = {.name = u"tester"_s, .token = u"sesame"_s}});
}

// KDRA's own policies and the verb of server-side apply included.
void TestCreationRights::allThatIsMade()
{
    make();
    QVERIFY(!rights().known);
    QTRY_VERIFY_WITH_TIMEOUT(rights().known, 30000);
    m_asked.sort();
    QCOMPARE(m_asked,
        (QStringList{u"create clusterroles"_s, u"create configmaps team"_s, u"create deployments team"_s,
            u"create networkpolicies team"_s, u"patch clusterroles"_s, u"patch configmaps team"_s,
            u"patch deployments team"_s, u"patch networkpolicies team"_s}));
    QVERIFY(rights().forbidden.isEmpty() && rights().notPatched.isEmpty() && rights().notServed.isEmpty());
    m_asked.clear();
    m_forbidden = {u"patch networkpolicies"_s, u"create ciliumnetworkpolicies"_s};
    // One that is made, on a server that has more.
    m_api.resources.append(resource(u"cilium.io"_s, u"ciliumnetworkpolicies"_s, u"CiliumNetworkPolicy"_s));
    QVERIFY(!rights({}).known);
    QTRY_VERIFY_WITH_TIMEOUT(rights({}).known, 30000);
    QVERIFY(m_asked.contains(u"create namespaces"_s) && m_asked.contains(u"patch deployments"_s));
    using Reasons = QMap<QString, QString>;
    QCOMPARE(rights({}).notPatched, (Reasons{{u"NetworkPolicy.networking.k8s.io"_s, u"no role."_s}}));
    QCOMPARE(rights({}).forbidden, (Reasons{{u"CiliumNetworkPolicy.cilium.io"_s, u"no role."_s}}));
    m_api.resources.clear();
    QVERIFY(rights().notServed.contains(u"NetworkPolicy.networking.k8s.io"_s));
    QVERIFY(!rights().notServed.contains(u"CiliumNetworkPolicy.cilium.io"_s));
}

void TestCreationRights::askedOnce()
{
    make();
    QSignalSpy changed(m_rights.get(), &CreationRights::changed);
    for (int i = 0; i < 5; ++i)
        rights();
    QTRY_VERIFY_WITH_TIMEOUT(rights().known, 30000);
    rights();
    QCOMPARE(m_asked.size(), 8);
    // Not for each of the answers.
    QCOMPARE(changed.size(), 1);
}

void TestCreationRights::grantedLater()
{
    m_forbidden = {u"create deployments team"_s};
    make(2s);
    rights();
    QTRY_COMPARE_WITH_TIMEOUT(rights().forbidden.size(), 1, 30000);
    m_forbidden.clear();
    QSignalSpy changed(m_rights.get(), &CreationRights::changed);
    // Whoever shows it is told that it is old, and asks.
    QVERIFY(changed.wait(10000));
    QVERIFY(rights().known);
    QTRY_VERIFY_WITH_TIMEOUT(rights().forbidden.isEmpty(), 30000);
    QVERIFY(rights().known);
}

void TestCreationRights::errorsAreNoAnswers()
{
    m_status = 403;
    make(1h, 300ms);
    rights();
    QTRY_VERIFY_WITH_TIMEOUT(rights().known, 30000);
    QVERIFY(rights().unanswered);
    m_status = 201;
    m_forbidden = {u"create deployments team"_s};
    QTRY_VERIFY_WITH_TIMEOUT(!rights().unanswered, 30000);
    QCOMPARE(rights().forbidden.keys(), QStringList{u"Deployment.apps"_s});
}

QTEST_GUILESS_MAIN(TestCreationRights)
#include "tst_creationrights.moc"
