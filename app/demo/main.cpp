// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/democluster.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/signalfd.h>
#include <unistd.h>

namespace {

// Ends the event loop on SIGINT and SIGTERM.
void quitOnSignals(QCoreApplication &app)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    auto *notifier = new QSocketNotifier(signalfd(-1, &signals, SFD_CLOEXEC), QSocketNotifier::Read, &app);
    QObject::connect(notifier, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
}

QCommandLineOption number(const QString &name, const QString &description, double value)
{
    return {name, description, QStringLiteral("N"), QString::number(value)};
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("kdra-demo-cluster"));
    quitOnSignals(app);

    const kdra::demo::DemoOptions defaults;
    // A tool for developers and tests: English only, like the log.
    const auto text = [](const char *english) { return QString::fromLatin1(english); };
    QCommandLineParser parser;
    parser.setApplicationDescription(text("A small Kubernetes cluster on loopback, to try KDRA with and to test it."));
    parser.addHelpOption();
    const QCommandLineOption nodes =
        number(QStringLiteral("nodes"), text("All nodes, Raspberry Pis among them."), defaults.nodes);
    const QCommandLineOption pis =
        number(QStringLiteral("pis"), text("How many of the nodes are Raspberry Pis."), defaults.pis);
    const QCommandLineOption pods = number(QStringLiteral("pods"), text("About how many pods."), defaults.pods);
    const QCommandLineOption events =
        number(QStringLiteral("events-per-second"), text("Extra changes, for load."), defaults.eventsPerSecond);
    const QCommandLineOption seed =
        number(QStringLiteral("seed"), text("The same seed makes the same cluster."), defaults.seed);
    const QCommandLineOption port =
        number(QStringLiteral("port"), text("Port to listen on; 0 for any free one."), defaults.port);
    const QCommandLineOption prometheusPort = number(QStringLiteral("prometheus-port"),
        text("Port of its Prometheus; 0 for any free one."), defaults.prometheusPort);
    const QCommandLineOption bookmarks = number(
        QStringLiteral("bookmark-seconds"), text("Seconds between bookmarks of a watch."), defaults.bookmarkSeconds);
    const QCommandLineOption noStory(QStringLiteral("no-story"), text("Let nothing happen by itself."));
    const QCommandLineOption noControllers(QStringLiteral("no-controllers"), text("Only the API server."));
    const QCommandLineOption compat(
        QStringLiteral("compat"), text("Behave like an older version; 1.20 is known."), QStringLiteral("VERSION"));
    const QCommandLineOption noWebSocket(QStringLiteral("no-websocket"), text("Refuse WebSocket upgrades."));
    const QCommandLineOption requireToken(
        QStringLiteral("require-token"), text("Refuse requests without a token (admin, viewer, team, nobody)."));
    const QCommandLineOption kubeconfig(
        QStringLiteral("kubeconfig-out"), text("Write a kubeconfig for this cluster to FILE."), QStringLiteral("FILE"));
    parser.addOptions({nodes, pis, pods, events, seed, port, prometheusPort, bookmarks, noStory, noControllers, compat,
        noWebSocket, requireToken, kubeconfig});
    parser.process(app);

    kdra::demo::DemoOptions options;
    options.nodes = parser.value(nodes).toInt();
    options.pis = parser.value(pis).toInt();
    options.pods = parser.value(pods).toInt();
    options.eventsPerSecond = parser.value(events).toDouble();
    options.seed = parser.value(seed).toUInt();
    options.port = parser.value(port).toUShort();
    options.prometheusPort = parser.value(prometheusPort).toUShort();
    options.bookmarkSeconds = std::max(1, parser.value(bookmarks).toInt());
    options.story = !parser.isSet(noStory) && !parser.isSet(noControllers);
    options.controllers = !parser.isSet(noControllers);
    options.compat120 = parser.value(compat) == QLatin1StringView("1.20");
    options.webSocket = !parser.isSet(noWebSocket);
    options.requireToken = parser.isSet(requireToken);

    kdra::demo::DemoCluster cluster(options);
    const auto url = cluster.start();
    if (!url) {
        std::fprintf(stderr, "%s\n", qPrintable(url.error().text()));
        return 1;
    }
    if (parser.isSet(kubeconfig)) {
        QFile file(parser.value(kubeconfig));
        if (!file.open(QIODevice::WriteOnly)
            || file.write(cluster.kubeconfig(options.requireToken ? QStringLiteral("admin") : QString())) < 0) {
            std::fprintf(stderr, "%s: %s\n", qPrintable(file.fileName()), qPrintable(file.errorString()));
            return 1;
        }
    }
    std::printf("Demo cluster at %s\n", qPrintable(url->toString()));
    std::printf("Its Prometheus at %s\n", qPrintable(cluster.prometheusUrl().toString()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
