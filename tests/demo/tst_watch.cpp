// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

#include "demo/objectstore.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>

using namespace kdra;
using namespace kdra::demo;

namespace {

constexpr QLatin1StringView ConfigMaps("/api/v1/namespaces/default/configmaps");

// A WebSocket watch that keeps its events.
struct Watch {
    QWebSocket socket{QStringLiteral("http://tests")};
    QList<QJsonObject> events;
    QString name(qsizetype i) const { return at(events.value(i), QStringLiteral("object.metadata.name")).toString(); }
    QString type(qsizetype i) const { return events.value(i).value(QLatin1StringView("type")).toString(); }
    QStringList types() const
    {
        QStringList list;
        for (const QJsonObject &event : events)
            list.append(event.value(QLatin1StringView("type")).toString());
        return list;
    }

    Watch(const Client &client, const QString &path)
    {
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
            [this](const QString &text) { events.append(QJsonDocument::fromJson(text.toUtf8()).object()); });
        QUrl url = client.url(path);
        url.setScheme(QStringLiteral("ws"));
        socket.open(url);
    }
};

QString streamingList()
{
    return ConfigMaps
        + QStringLiteral("?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan");
}

} // namespace

class TestWatch : public QObject {
    Q_OBJECT
    std::unique_ptr<DemoCluster> m_cluster;
    std::unique_ptr<Client> m_client;

private Q_SLOTS:
    void init()
    {
        DemoOptions options = bare();
        options.bookmarkSeconds = 1;
        m_cluster = std::make_unique<DemoCluster>(options);
        QVERIFY(m_cluster->start());
        m_client = std::make_unique<Client>(*m_cluster);
    }

    void streamingListGivesStateThenBookmarkThenChanges()
    {
        QCOMPARE(m_client->post(ConfigMaps, configMap(QStringLiteral("one"))).code, 201);
        Watch watch(*m_client, streamingList());
        QTRY_VERIFY_WITH_TIMEOUT(watch.types().contains(QStringLiteral("BOOKMARK")), 30000);
        const qsizetype end = watch.types().indexOf(QStringLiteral("BOOKMARK"));
        QStringList names;
        for (qsizetype i = 0; i < end; ++i)
            names.append(watch.name(i));
        QVERIFY(names.contains(QStringLiteral("one")));
        const QJsonObject bookmark = watch.events.at(end).value(QLatin1StringView("object")).toObject();
        QCOMPARE(bookmark.value(QLatin1StringView("kind")).toString(), QStringLiteral("ConfigMap"));
        const QJsonObject annotations = at(bookmark, QStringLiteral("metadata.annotations")).toObject();
        QCOMPARE(annotations.value(QLatin1StringView("k8s.io/initial-events-end")).toString(), QStringLiteral("true"));
        QVERIFY(at(bookmark, QStringLiteral("metadata.resourceVersion")).toString().toULongLong() > 0);

        const qsizetype before = watch.events.size();
        QCOMPARE(m_client->post(ConfigMaps, configMap(QStringLiteral("two"))).code, 201);
        // There may be bookmarks before it: they come by the clock.
        const auto next = [&] { return watch.types().sliced(before).indexOf(QStringLiteral("ADDED")); };
        QTRY_COMPARE_GE_WITH_TIMEOUT(next(), 0, 30000);
        QCOMPARE(watch.name(before + next()), QStringLiteral("two"));
    }

    void selectorTurnsChangesIntoAddedAndDeleted()
    {
        Watch watch(
            *m_client, ConfigMaps + QStringLiteral("?watch=1&labelSelector=group%3Da&resourceVersion=") + revision());
        QTRY_COMPARE_WITH_TIMEOUT(watch.socket.state(), QAbstractSocket::ConnectedState, 30000);
        m_client->post(ConfigMaps, configMap(QStringLiteral("one"), QStringLiteral("1"), QStringLiteral("b")));
        m_client->send("PUT", ConfigMaps + QStringLiteral("/one"),
            configMap(QStringLiteral("one"), QStringLiteral("2"), QStringLiteral("a")));
        m_client->send("PUT", ConfigMaps + QStringLiteral("/one"),
            configMap(QStringLiteral("one"), QStringLiteral("3"), QStringLiteral("a")));
        m_client->send("PUT", ConfigMaps + QStringLiteral("/one"),
            configMap(QStringLiteral("one"), QStringLiteral("4"), QStringLiteral("b")));
        QTRY_COMPARE_WITH_TIMEOUT(watch.events.size(), 3, 30000);
        QCOMPARE(watch.types(),
            QStringList({QStringLiteral("ADDED"), QStringLiteral("MODIFIED"), QStringLiteral("DELETED")}));
        QVERIFY(at(watch.events.at(2), QStringLiteral("object.metadata.resourceVersion")).toString()
            != at(watch.events.at(1), QStringLiteral("object.metadata.resourceVersion")).toString());
    }

    void deletedCarriesTheRevisionOfTheDeletion()
    {
        m_client->post(ConfigMaps, configMap(QStringLiteral("one")));
        Watch watch(*m_client, ConfigMaps + QStringLiteral("?watch=1&resourceVersion=") + revision());
        QTRY_COMPARE_WITH_TIMEOUT(watch.socket.state(), QAbstractSocket::ConnectedState, 30000);
        QCOMPARE(m_client->remove(ConfigMaps + QStringLiteral("/one")).code, 200);
        QTRY_COMPARE_WITH_TIMEOUT(watch.events.size(), 1, 30000);
        QCOMPARE(watch.type(0), QStringLiteral("DELETED"));
        QCOMPARE(at(watch.events.at(0), QStringLiteral("object.metadata.resourceVersion")).toString(), revision());
    }

    void resumesFromARevisionAndSends410AfterCompaction()
    {
        const QString start = revision();
        m_client->post(ConfigMaps, configMap(QStringLiteral("one")));
        {
            Watch watch(*m_client, ConfigMaps + QStringLiteral("?watch=1&resourceVersion=") + start);
            QTRY_COMPARE_WITH_TIMEOUT(watch.events.size(), 1, 30000);
        }
        m_cluster->compact();
        Watch watch(*m_client, ConfigMaps + QStringLiteral("?watch=1&resourceVersion=") + start);
        QTRY_COMPARE_WITH_TIMEOUT(watch.events.size(), 1, 30000);
        QCOMPARE(watch.type(0), QStringLiteral("ERROR"));
        QCOMPARE(at(watch.events.at(0), QStringLiteral("object.code")).toInt(), 410);
        QCOMPARE(at(watch.events.at(0), QStringLiteral("object.reason")).toString(), QStringLiteral("Expired"));
        QTRY_COMPARE_WITH_TIMEOUT(watch.socket.state(), QAbstractSocket::UnconnectedState, 30000);
    }

    void bookmarksComeAndTimeoutEndsTheWatch()
    {
        Watch watch(*m_client,
            ConfigMaps + QStringLiteral("?watch=1&allowWatchBookmarks=true&timeoutSeconds=3&resourceVersion=")
                + revision());
        QTRY_VERIFY_WITH_TIMEOUT(watch.types().contains(QStringLiteral("BOOKMARK")), 30000);
        QTRY_COMPARE_WITH_TIMEOUT(watch.socket.state(), QAbstractSocket::UnconnectedState, 30000);
        QCOMPARE(watch.socket.closeCode(), QWebSocketProtocol::CloseCodeNormal);
    }

    void answersPings()
    {
        Watch watch(*m_client, streamingList());
        QSignalSpy pong(&watch.socket, &QWebSocket::pong);
        QTRY_COMPARE_WITH_TIMEOUT(watch.socket.state(), QAbstractSocket::ConnectedState, 30000);
        watch.socket.ping("are you there");
        QTRY_COMPARE_WITH_TIMEOUT(pong.size(), 1, 30000);
        QCOMPARE(pong.at(0).at(1).toByteArray(), QByteArray("are you there"));
    }

    void refusesAnUpgradeWithoutOrigin()
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(m_cluster->url().port()));
        socket.write("GET /api/v1/pods?watch=1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        QTRY_VERIFY_WITH_TIMEOUT(socket.state() == QAbstractSocket::UnconnectedState, 30000);
        QVERIFY(socket.readAll().startsWith("HTTP/1.1 403"));
    }

    void chunkedHttpWatch()
    {
        m_client->post(ConfigMaps, configMap(QStringLiteral("one")));
        QNetworkRequest request(m_client->url(ConfigMaps + QStringLiteral("?watch=1")));
        const std::unique_ptr<QNetworkReply> reply(m_client->manager().get(request));
        QByteArray text;
        connect(reply.get(), &QNetworkReply::readyRead, this, [&] { text += reply->readAll(); });
        QTRY_VERIFY_WITH_TIMEOUT(text.contains("\"one\""), 30000);
        m_client->post(ConfigMaps, configMap(QStringLiteral("two")));
        QTRY_VERIFY_WITH_TIMEOUT(text.contains("\"two\""), 30000);
        const QJsonObject last = QJsonDocument::fromJson(text.trimmed().split('\n').last()).object();
        QCOMPARE(at(last, QStringLiteral("object.kind")).toString(), QStringLiteral("ConfigMap"));
        reply->abort();
    }

    void oldServersRefuseStreamingLists()
    {
        DemoOptions options = bare();
        options.compat120 = true;
        DemoCluster old(options);
        QVERIFY(old.start());
        Client client(old);
        const Answer answer = client.get(streamingList());
        QCOMPARE(answer.code, 422);
        QCOMPARE(answer.reason(), QStringLiteral("Invalid"));
    }

    void dropsAndRefusesConnections()
    {
        Watch watch(*m_client, streamingList());
        QTRY_COMPARE_WITH_TIMEOUT(watch.socket.state(), QAbstractSocket::ConnectedState, 30000);
        m_cluster->refuseNewConnections(true);
        m_cluster->dropConnections();
        QTRY_COMPARE_WITH_TIMEOUT(watch.socket.state(), QAbstractSocket::UnconnectedState, 30000);
        Client refused(*m_cluster);
        QCOMPARE(refused.get(ConfigMaps).code, 0);
        m_cluster->refuseNewConnections(false);
        QTRY_COMPARE_WITH_TIMEOUT(refused.get(ConfigMaps).code, 200, 30000);
    }

    // A client that does not read must not make the server buffer; once it reads, everything arrives in order.
    void slowReaderGetsEverything()
    {
        m_cluster->run([](ObjectStore &store) {
            for (int i = 0; i < 3000; ++i) {
                QByteArray json = store.begin(kind::ConfigMap);
                json += "\"name\":\"big-" + QByteArray::number(10000 + i) + "\",\"namespace\":\"default\",\"uid\":\"u"
                    + QByteArray::number(i) + "\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"},\"data\":{\"x\":\""
                    + QByteArray(5000, 'x') + "\"}}";
                store.load(kind::ConfigMap, json);
            }
        });
        Watch watch(*m_client, streamingList());
        watch.socket.setReadBufferSize(64 * 1024);
        QTRY_VERIFY_WITH_TIMEOUT(watch.types().contains(QStringLiteral("BOOKMARK")), 20000);
        QStringList names;
        for (qsizetype i = 0; i < watch.events.size(); ++i) {
            if (watch.name(i).startsWith(QLatin1StringView("big-")))
                names.append(watch.name(i));
        }
        QCOMPARE(names.size(), 3000);
        QVERIFY(std::ranges::is_sorted(names));
    }

private:
    QString revision()
    {
        return at(m_client->get(ConfigMaps).json(), QStringLiteral("metadata.resourceVersion")).toString();
    }
};

QTEST_GUILESS_MAIN(TestWatch)
#include "tst_watch.moc"
