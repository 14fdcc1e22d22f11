// SPDX-License-Identifier: GPL-3.0-or-later
// The yardstick of the benchmark: QWebSockets that receive the same streaming lists as kdra and throw them away.
//   kdra-bench-bare http://127.0.0.1:PORT   prints {"seconds":…,"bytes":…,"events":…}, measured from the start of
//   main()

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <QUrlQuery>
#include <QWebSocket>

#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QElapsedTimer clock;
    clock.start();
    QCoreApplication application(argc, argv);
    const QUrl server(application.arguments().value(1));
    // What KDRA watches, as the newest servers serve it.
    const QStringList paths{u"/api/v1/nodes"_s, u"/api/v1/pods"_s, u"/api/v1/namespaces"_s,
        u"/apis/apps/v1/deployments"_s, u"/apis/apps/v1/replicasets"_s, u"/apis/apps/v1/statefulsets"_s,
        u"/apis/apps/v1/daemonsets"_s, u"/apis/batch/v1/jobs"_s, u"/apis/batch/v1/cronjobs"_s, u"/api/v1/services"_s,
        u"/apis/discovery.k8s.io/v1/endpointslices"_s, u"/apis/networking.k8s.io/v1/ingresses"_s,
        u"/api/v1/persistentvolumeclaims"_s, u"/api/v1/events"_s,
        u"/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases"_s};
    qsizetype missing = paths.size();
    qint64 bytes = 0;
    qint64 events = 0;
    for (const QString &path : paths) {
        auto *socket = new QWebSocket(server.toString(), QWebSocketProtocol::VersionLatest, &application);
        socket->setMaxAllowedIncomingFrameSize(64 * 1024 * 1024);
        socket->setMaxAllowedIncomingMessageSize(64 * 1024 * 1024);
        QUrl url = server;
        url.setScheme(u"ws"_s);
        url.setPath(path);
        url.setQuery(QUrlQuery{{u"watch"_s, u"1"_s}, {u"sendInitialEvents"_s, u"true"_s},
            {u"allowWatchBookmarks"_s, u"true"_s}, {u"resourceVersionMatch"_s, u"NotOlderThan"_s}});
        QObject::connect(socket, &QWebSocket::textMessageReceived, &application, [&](const QString &message) {
            bytes += message.size();
            ++events;
            if (message.size() > 2000 || !message.startsWith(u"{\"type\":\"BOOKMARK\""))
                return;
            if (--missing == 0) {
                const QJsonObject result{{u"seconds"_s, static_cast<double>(clock.nsecsElapsed()) / 1e9},
                    {u"bytes"_s, bytes}, {u"events"_s, events}};
                std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
                QCoreApplication::quit();
            }
        });
        QObject::connect(socket, &QWebSocket::errorOccurred, &application, [socket, path] {
            std::fprintf(stderr, "%s: %s\n", qPrintable(path), qPrintable(socket->errorString()));
            QCoreApplication::exit(1);
        });
        socket->open(url);
    }
    return QCoreApplication::exec();
}
