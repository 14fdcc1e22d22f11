// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/apiclient.h"
#include "kube/clustermarks.h"
#include "kube/readonly.h"
#include "support/await.h"
#include "support/testhttpserver.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kdra;
using namespace kdra::kube;
using namespace kdra::test;
using namespace Qt::StringLiterals;

// A cluster that is marked read-only, seen from the server's end of the wire; and the file the marks are kept in.
class TestReadOnly : public QObject {
    Q_OBJECT

    static ClientConfig configFor(const QUrl &server, const QString &context = u"test"_s)
    {
        return ClientConfig{.contextName = context,
            .cluster = {.name = u"test"_s, .server = server},
            .user = {.name = u"tester"_s, .token = u"sesame"_s}};
    }

private Q_SLOTS:
    void mayChange_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("changes");
        const auto row = [](const QByteArray &verb, const QString &path, bool changes) {
            QTest::newRow(verb + ' ' + path.toUtf8()) << verb << path << changes;
        };
        row("GET", u"/api/v1/pods"_s, false);
        row("GET", u"/api/v1/namespaces/a/pods/exec"_s, false); // a pod of that name
        row("GET", u"/api/v1/namespaces/pods/pods/exec"_s, false);
        row("GET", u"/api/v1/namespaces/a/pods/p/log"_s, false);
        row("GET", u"/api/v1/namespaces/m/services/prometheus:9090/proxy/api/v1/query"_s, false);
        row("GET", u"/api/v1/namespaces/a/pods/p/exec"_s, true);
        row("GET", u"/api/v1/namespaces/a/pods/p/%65xec"_s, true);
        row("GET", u"//api/v1/namespaces/a/pods/p/attach/"_s, true);
        row("GET", u"/api/v1/namespaces/a/pods/p/portforward"_s, true);
        row("POST", u"/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"_s, false);
        row("POST", u"/apis/authorization.k8s.io/v1/namespaces/a/localsubjectaccessreviews"_s, false);
        row("POST", u"/apis/authentication.k8s.io/v1beta1/selfsubjectreviews"_s, false);
        row("POST", u"/apis/authorization.k8s.io/v1/../../../api/v1/namespaces/a/reviews"_s, true);
        row("POST", u"/apis/rbac.authorization.k8s.io/v1/clusterroles"_s, true);
        row("POST", u"/api/v1/namespaces/a/pods/p/eviction"_s, true);
        row("POST", u"/api/v1/namespaces/a/serviceaccounts/default/token"_s, true);
        row("PUT", u"/apis/apps/v1/namespaces/a/deployments/web/scale"_s, true);
        row("PATCH", u"/api/v1/nodes/pi-1"_s, true);
        row("DELETE", u"/api/v1/namespaces/a"_s, true);
        row("QUERY", u"/api/v1/pods"_s, true); // what is not known may do anything
    }
    void mayChange()
    {
        QFETCH(QByteArray, verb);
        QFETCH(QString, path);
        QTEST(kube::mayChange(verb, path), "changes");
    }

    void nothingThatChangesArrives()
    {
        TestHttpServer server([](const HttpRequest &) { return HttpResponse{.body = "{}"}; });
        QVERIFY(server.listen());
        ApiClient client(configFor(server.url()));
        client.setReadOnly(true);
        QVERIFY(client.isReadOnly());
        const QString node = u"/api/v1/nodes/pi-1"_s;
        for (const QByteArray verb : {"POST", "PUT", "PATCH", "DELETE"}) {
            for (const bool dryRun : {false, true}) {
                Request request{.verb = verb, .path = node, .body = "{}", .contentType = "application/json"};
                if (dryRun)
                    request.query.addQueryItem(u"dryRun"_s, u"All"_s);
                KDRA_AWAIT(answer, client.send(request));
                QVERIFY(!answer);
                QCOMPARE(answer.error().kind, Error::Kind::Forbidden);
                QCOMPARE(answer.error().reason, u"ReadOnly"_s);
                QVERIFY(answer.error().what.contains(u"read-only"_s));
                QVERIFY(answer.error().where.startsWith(QString::fromLatin1(verb)));
                KDRA_AWAIT(stream, client.open(request));
                QVERIFY(!stream);
            }
        }
        for (const QString &session : {u"exec"_s, u"attach"_s, u"portforward"_s}) {
            KDRA_AWAIT(setup, client.socketSetup(u"/api/v1/namespaces/a/pods/p/"_s + session, {}));
            QVERIFY(!setup);
            QCOMPARE(setup.error().reason, u"ReadOnly"_s);
        }
        QCOMPARE(server.requests().size(), 0);
        QCOMPARE(server.connections(), 0);

        // Reading goes on, and asking what one may do.
        KDRA_AWAIT(read, client.send({.path = node}));
        QVERIFY(read);
        KDRA_AWAIT(question,
            client.send({.verb = "POST",
                .path = u"/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"_s,
                .body = "{}",
                .contentType = "application/json"}));
        QVERIFY(question);
        KDRA_AWAIT(watch, client.socketSetup(u"/api/v1/pods"_s, {}));
        QVERIFY(watch);
        QCOMPARE(server.requests().size(), 2);

        // The mark is taken off while the program runs.
        client.setReadOnly(false);
        KDRA_AWAIT(written, client.send({.verb = "DELETE", .path = node}));
        QVERIFY(written);
        QCOMPARE(server.requests().size(), 3);
    }

    void aThrottledAnswerIsHandedOnWhenWanted()
    {
        TestHttpServer server([](const HttpRequest &) {
            return HttpResponse{.status = 429, .body = "{}", .headers = {{"Retry-After", "1"}}};
        });
        QVERIFY(server.listen());
        ApiClient client(configFor(server.url()));
        KDRA_AWAIT(answer, client.send({.verb = "POST", .path = u"/x"_s, .retryThrottled = false}));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Throttled);
        QCOMPARE(server.requests().size(), 1);
    }

    void marksAreKept()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"marks.ini"_s);
        const ClientConfig lab = configFor(QUrl(u"https://user:secret@10.0.0.1:6443/k8s/"_s), u"lab/[admin]=ü"_s);
        {
            ClusterMarks marks(file);
            QSignalSpy changed(&marks, &ClusterMarks::changed);
            KDRA_AWAIT(none, marks.read(lab));
            QVERIFY(none);
            QCOMPARE(*none, Marks());
            KDRA_AWAIT(written, marks.write(lab, {.production = true, .readOnly = true}));
            QVERIFY(written);
            QCOMPARE(changed.count(), 1);
        }
        ClusterMarks marks(file);
        KDRA_AWAIT(both, marks.read(lab));
        QVERIFY(both);
        QCOMPARE(*both, (Marks{.production = true, .readOnly = true}));
        // The same server as somebody else, and another server by the same name.
        KDRA_AWAIT(other, marks.read(configFor(lab.cluster.server, u"lab"_s)));
        QCOMPARE(*other, Marks());
        KDRA_AWAIT(elsewhere, marks.read(configFor(QUrl(u"https://10.0.0.2:6443"_s), lab.contextName)));
        QCOMPARE(*elsewhere, Marks());
        QFile text(file);
        QVERIFY(text.open(QIODevice::ReadOnly));
        QVERIFY(!text.readAll().contains("secret"));
        KDRA_AWAIT(cleared, marks.write(lab, {}));
        QVERIFY(cleared);
        KDRA_AWAIT(gone, marks.read(lab));
        QCOMPARE(*gone, Marks());
    }

    void aFileThatCannotBeReadIsAnError()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"marks.ini"_s);
        QFile damaged(file);
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write("[group\nwithout end");
        damaged.close();
        ClusterMarks marks(file);
        KDRA_AWAIT(read, marks.read(configFor(QUrl(u"https://10.0.0.1"_s))));
        QVERIFY(!read);
        QCOMPARE(read.error().where, file);
    }
};

QTEST_GUILESS_MAIN(TestReadOnly)
#include "tst_readonly.moc"
