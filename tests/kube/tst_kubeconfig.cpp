// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig.h"
#include "kube/objectref.h"
#include "kube/proxy.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace kdra;
using namespace kdra::kube;

namespace {

constexpr char twoClusters[] = R"(
apiVersion: v1
kind: Config
current-context: lab
clusters:
- name: lab
  cluster:
    server: https://10.0.0.1:6443
    certificate-authority: pki/ca.crt
- name: rancher
  cluster:
    server: https://rancher.example/k8s/clusters/c-1
    certificate-authority-data: aGVsbG8=
    certificate-authority: /ignored
    tls-server-name: kubernetes
    proxy-url: socks5://proxy.example:1080
    disable-compression: true
    extensions:
    - name: client.authentication.k8s.io/exec
      extension: {audience: "42", deep: {list: [1, two, true]}}
users:
- name: admin
  user:
    client-certificate: admin.crt
    client-key-data: a2V5
- name: robot
  user:
    token: secret
    tokenFile: tokens/robot
    as: jane
    as-uid: "7"
    as-groups: [dev, ops]
    as-user-extra: {reason: [because, why not]}
- name: cloud
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: ./bin/login
      args: [--cluster, lab]
      env: [{name: REGION, value: eu}]
      installHint: Get it.
      interactiveMode: Never
      provideClusterInfo: true
contexts:
- name: lab
  context: {cluster: lab, user: admin, namespace: team}
- name: far
  context: {cluster: rancher, user: robot}
- name: cloud
  context: {cluster: rancher, user: cloud}
- name: lost
  context: {cluster: nowhere, user: admin}
- name: stranger
  context: {cluster: lab, user: nobody}
- name: anonymous
  context: {cluster: lab}
)";

} // namespace

class TestKubeconfig : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    QString write(const QString &name, const QByteArray &text)
    {
        QFile file(m_dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return {};
        return file.fileName();
    }

private Q_SLOTS:
    void readsEverything()
    {
        const auto config = Kubeconfig::parse(twoClusters, QStringLiteral("/home/me/.kube/config"));
        QVERIFY2(config, qPrintable(config ? QString() : config.error().text()));
        QVERIFY(config->warnings().isEmpty());
        QCOMPARE(config->contextNames().size(), 6);
        const auto lab = config->resolve();
        QVERIFY(lab);
        QCOMPARE(lab->contextName, QStringLiteral("lab"));
        QCOMPARE(lab->ns, QStringLiteral("team"));
        QCOMPARE(lab->cluster.server, QUrl(QStringLiteral("https://10.0.0.1:6443")));
        QCOMPARE(lab->cluster.certificateAuthority, QStringLiteral("/home/me/.kube/pki/ca.crt"));
        QCOMPARE(lab->user.clientCertificate, QStringLiteral("/home/me/.kube/admin.crt"));
        QCOMPARE(lab->user.clientKeyData, QByteArray("key"));

        const auto far = config->resolve(QStringLiteral("far"));
        QVERIFY(far);
        QCOMPARE(far->cluster.certificateAuthorityData, QByteArray("hello"));
        QVERIFY(far->cluster.certificateAuthority.isEmpty());
        QCOMPARE(far->cluster.tlsServerName, QStringLiteral("kubernetes"));
        QCOMPARE(far->cluster.proxyUrl, QUrl(QStringLiteral("socks5://proxy.example:1080")));
        QVERIFY(far->cluster.disableCompression);
        QCOMPARE(far->cluster.server.path(), QStringLiteral("/k8s/clusters/c-1"));
        QCOMPARE(far->user.tokenFile, QStringLiteral("/home/me/.kube/tokens/robot"));
        QCOMPARE(far->user.impersonateUser, QStringLiteral("jane"));
        QCOMPARE(far->user.impersonateUid, QStringLiteral("7"));
        QCOMPARE(far->user.impersonateGroups, QStringList({QStringLiteral("dev"), QStringLiteral("ops")}));
        QCOMPARE(far->user.impersonateExtra.value(QStringLiteral("reason")).value(1), QStringLiteral("why not"));

        const auto cloud = config->resolve(QStringLiteral("cloud"));
        QVERIFY(cloud && cloud->user.exec);
        QCOMPARE(cloud->user.exec->command, QStringLiteral("/home/me/.kube/bin/login"));
        QCOMPARE(cloud->user.exec->args.size(), 2);
        QCOMPARE(cloud->user.exec->env.value(0).second, QStringLiteral("eu"));
        QVERIFY(cloud->user.exec->provideClusterInfo);
        QCOMPARE(cloud->cluster.execConfig, QByteArray(R"({"audience":"42","deep":{"list":[1,"two",true]}})"));

        QVERIFY(config->resolve(QStringLiteral("anonymous")));
    }

    void saysWhatIsMissing()
    {
        const auto config = Kubeconfig::parse(twoClusters, QStringLiteral("config"));
        QVERIFY(config);
        const auto unknown = config->resolve(QStringLiteral("mars"));
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().kind, Error::Kind::Configuration);
        QVERIFY(unknown.error().what.contains(QStringLiteral("mars")));
        QVERIFY(unknown.error().remedy.contains(QStringLiteral("far")));
        QVERIFY(config->resolve(QStringLiteral("lost")).error().what.contains(QStringLiteral("nowhere")));
        QVERIFY(config->resolve(QStringLiteral("stranger")).error().what.contains(QStringLiteral("nobody")));
    }

    void firstFileWins()
    {
        const QString first = write(QStringLiteral("one"),
            "current-context: a\n"
            "clusters: [{name: c, cluster: {server: \"https://one:1\"}}]\n"
            "contexts: [{name: a, context: {cluster: c, user: u}}]\n");
        const QString second = write(QStringLiteral("two"),
            "current-context: b\n"
            "clusters: [{name: c, cluster: {server: \"https://two:2\"}}, {name: d, cluster: {server: "
            "\"https://two:3\"}}]\n"
            "contexts: [{name: a, context: {cluster: d, user: u}}, {name: b, context: {cluster: d, user: u}}]\n"
            "users: [{name: u, user: {token: t}}]\n");
        const auto config = Kubeconfig::load({first, m_dir.filePath(QStringLiteral("missing")), second});
        QVERIFY(config);
        QCOMPARE(config->currentContext(), QStringLiteral("a"));
        QCOMPARE(config->resolve()->cluster.server.host(), QStringLiteral("one"));
        QCOMPARE(config->resolve()->user.token, QStringLiteral("t"));
        QCOMPARE(config->resolve(QStringLiteral("b"))->cluster.server.port(), 3);
    }

    void brokenEntriesDoNotHideTheOthers()
    {
        const QByteArray yaml = "kind: Config\n"
                                "clusters:\n"
                                "- name: good\n"
                                "  cluster: {server: \"https://good\"}\n"
                                "- name: bad\n"
                                "  cluster:\n"
                                "    server: https://bad\n"
                                "    certificate-authority-data: \"%%%\"\n"
                                "- name: empty\n"
                                "  cluster: {}\n"
                                "- just text\n"
                                "contexts:\n"
                                "- {name: good, context: {cluster: good}}\n"
                                "- {name: bad, context: {cluster: bad}}\n"
                                "- {name: [1], context: {cluster: bad}}\n";
        const auto config = Kubeconfig::parse(yaml, QStringLiteral("f"));
        QVERIFY(config);
        QCOMPARE(config->warnings().size(), 4);
        QVERIFY(config->resolve(QStringLiteral("good")));
        const auto bad = config->resolve(QStringLiteral("bad"));
        QVERIFY(!bad);
        QCOMPARE(bad.error().where, QStringLiteral("f:8:33"));
        QVERIFY(bad.error().what.contains(QStringLiteral("certificate-authority-data")));
    }

    void aBrokenFileDoesNotHideTheOthers()
    {
        const QString broken = write(QStringLiteral("broken"), "clusters: [\n  {name: x\n");
        const QString good = write(QStringLiteral("good"),
            "clusters: [{name: c, cluster: {server: \"https://h\"}}]\n"
            "contexts: [{name: a, context: {cluster: c}}]\n");
        const auto config = Kubeconfig::load({broken, good});
        QVERIFY(config);
        QVERIFY(config->resolve(QStringLiteral("a")));
        QCOMPARE(config->warnings().size(), 1);
        QVERIFY(!Kubeconfig::load({broken}));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("where");
        QTest::newRow("tab") << QByteArray("clusters:\n\t- name: x\n") << QStringLiteral("f:2:2");
        QTest::newRow("unclosed") << QByteArray("a: [1, 2\nb: 3\n") << QStringLiteral("f:");
        QTest::newRow("a list") << QByteArray("- a\n- b\n") << QStringLiteral("f:1:1");
        QTest::newRow("a manifest") << QByteArray("apiVersion: v1\nkind: Pod\n") << QStringLiteral("f:1:1");
        QTest::newRow("something else") << QByteArray("hello: world\n") << QStringLiteral("f:1:1");
        QTest::newRow("binary") << QByteArray("\x7f"
                                              "ELF\0\0\1",
            7) << QStringLiteral("f");
        QTest::newRow("huge") << QByteArray(9 << 20, 'a') << QStringLiteral("f");
        QTest::newRow("deep") << QByteArray(100'000, '[') << QStringLiteral("f");
    }
    void refuses()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, where);
        const auto config = Kubeconfig::parse(yaml, QStringLiteral("f"));
        QVERIFY(!config);
        QCOMPARE(config.error().kind, Error::Kind::Configuration);
        QVERIFY2(config.error().where.startsWith(where), qPrintable(config.error().text()));
        QVERIFY(!config.error().remedy.isEmpty());
    }

    void aliasBombIsHarmless()
    {
        QByteArray yaml =
            "clusters:\n- name: c\n  cluster:\n    server: https://h\n    extensions:\n"
            "    - name: client.authentication.k8s.io/exec\n      extension:\n        l0: &l0 [x,x,x,x,x,x,x,x,x]\n";
        for (int i = 1; i < 12; ++i) {
            yaml += "        l" + QByteArray::number(i) + ": &l" + QByteArray::number(i) + " [";
            for (int n = 0; n < 9; ++n)
                yaml += (n ? ",*l" : "*l") + QByteArray::number(i - 1);
            yaml += "]\n";
        }
        const auto config = Kubeconfig::parse(yaml, QStringLiteral("f"));
        QVERIFY(config);
        QCOMPARE(config->warnings().size(), 1);
    }

    void missingAndOddFiles()
    {
        const auto missing = Kubeconfig::load({m_dir.filePath(QStringLiteral("nothing"))});
        QVERIFY(!missing);
        QVERIFY(missing.error().where.endsWith(QStringLiteral("nothing")));
        QVERIFY(!Kubeconfig::load({m_dir.path()}));
        const auto empty = Kubeconfig::load({write(QStringLiteral("empty"), "")});
        QVERIFY(empty);
        QVERIFY(!empty->resolve());
        qputenv("KUBECONFIG", "/a:/b");
        QCOMPARE(Kubeconfig::defaultFiles(), QStringList({QStringLiteral("/a"), QStringLiteral("/b")}));
        qunsetenv("KUBECONFIG");
        QVERIFY(Kubeconfig::defaultFiles().constFirst().endsWith(QStringLiteral("/.kube/config")));
    }

    void serverWithoutScheme()
    {
        const auto config =
            Kubeconfig::parse("clusters:\n"
                              "- {name: plain, cluster: {server: \"localhost:8080\"}}\n"
                              "- {name: tls, cluster: {server: \"10.0.0.1:6443\", insecure-skip-tls-verify: true}}\n"
                              "- {name: odd, cluster: {server: \"ftp://h\"}}\n"
                              "contexts:\n"
                              "- {name: plain, context: {cluster: plain}}\n"
                              "- {name: tls, context: {cluster: tls}}\n"
                              "- {name: odd, context: {cluster: odd}}\n",
                QStringLiteral("f"));
        QVERIFY(config);
        QCOMPARE(
            config->resolve(QStringLiteral("plain"))->cluster.server, QUrl(QStringLiteral("http://localhost:8080")));
        QCOMPARE(config->resolve(QStringLiteral("tls"))->cluster.server, QUrl(QStringLiteral("https://10.0.0.1:6443")));
        QVERIFY(!config->resolve(QStringLiteral("odd")));
    }

    void proxyOfTheEnvironment_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("noProxy");
        QTest::addColumn<bool>("proxied");
        QTest::newRow("plain") << "https://api.example:6443" << "" << true;
        QTest::newRow("star") << "https://api.example:6443" << "*" << false;
        QTest::newRow("domain") << "https://api.example:6443" << "other, example" << false;
        QTest::newRow("leading dot") << "https://example:6443" << ".example" << true;
        QTest::newRow("port") << "https://api.example:6443" << "api.example:6443" << false;
        QTest::newRow("other port") << "https://api.example:6443" << "api.example:443" << true;
        QTest::newRow("cidr") << "https://10.1.2.3:6443" << "10.0.0.0/8" << false;
        QTest::newRow("other cidr") << "https://10.1.2.3:6443" << "192.168.0.0/16" << true;
        QTest::newRow("address") << "https://10.1.2.3:6443" << "10.1.2.3" << false;
        QTest::newRow("loopback") << "https://127.0.0.1:6443" << "" << false;
        QTest::newRow("localhost") << "https://localhost:6443" << "" << false;
    }
    void proxyOfTheEnvironment()
    {
        QFETCH(QString, server);
        QFETCH(QString, noProxy);
        QFETCH(bool, proxied);
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("https_proxy"), QStringLiteral("http://me:p%40ss@proxy.example:3128"));
        environment.insert(QStringLiteral("NO_PROXY"), noProxy);
        const auto proxy = proxyFor(QUrl(server), {}, environment);
        QVERIFY(proxy);
        QCOMPARE(proxy->type(), proxied ? QNetworkProxy::HttpProxy : QNetworkProxy::NoProxy);
        if (proxied) {
            QCOMPARE(proxy->hostName(), QStringLiteral("proxy.example"));
            QCOMPARE(proxy->port(), 3128);
            QCOMPARE(proxy->user(), QStringLiteral("me"));
            QCOMPARE(proxy->password(), QStringLiteral("p@ss"));
        }
    }

    void proxyThatCannotBeUsed()
    {
        const auto proxy = proxyFor(QUrl(QStringLiteral("https://h")), QUrl(QStringLiteral("https://me:geheim@proxy")));
        QVERIFY(!proxy);
        QCOMPARE(proxy.error().kind, Error::Kind::Configuration);
        QVERIFY(!proxy.error().text().contains(QStringLiteral("geheim")));
        QVERIFY(!proxyFor(QUrl(QStringLiteral("https://h")), QUrl(QStringLiteral("gopher://proxy"))));
    }

    void paths()
    {
        const Resource pods{.group = {},
            .version = QStringLiteral("v1"),
            .plural = QStringLiteral("pods"),
            .kind = QStringLiteral("Pod")};
        QCOMPARE(pods.path(), QStringLiteral("/api/v1/pods"));
        QCOMPARE(pods.path(QStringLiteral("ns"), QStringLiteral("a"), QStringLiteral("log")),
            QStringLiteral("/api/v1/namespaces/ns/pods/a/log"));
        const Resource roles{.group = QStringLiteral("rbac.authorization.k8s.io"),
            .version = QStringLiteral("v1"),
            .plural = QStringLiteral("clusterroles"),
            .kind = QStringLiteral("ClusterRole"),
            .namespaced = false};
        QCOMPARE(roles.path(QStringLiteral("ignored"), QStringLiteral("system:a/b c")),
            QStringLiteral("/apis/rbac.authorization.k8s.io/v1/clusterroles/system:a%2Fb%20c"));
        QCOMPARE((ObjectRef{.resource = pods, .ns = QStringLiteral("team"), .name = QStringLiteral("web")}).display(),
            QStringLiteral("Pod team/web"));
    }
};

QTEST_GUILESS_MAIN(TestKubeconfig)
#include "tst_kubeconfig.moc"
