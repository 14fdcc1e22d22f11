// SPDX-License-Identifier: GPL-3.0-or-later
// How long the answer to a range query takes to parse, beside how long its bytes take to arrive: prints JSON. Not a
// test.
//   kdra-bench-metrics [--series N] [--points N] [--rounds N]
// socket: from a loopback server into memory, with the headers as Prometheus sends them, by a blocking read of the
// socket; network: the same by QNetworkAccessManager, as the client reads it; parse: metrics::parseAnswer() of these
// bytes. ratio: parse ÷ network and parse ÷ socket, medians. Milliseconds.
#include "metrics/answerparser.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

using namespace kdra;
using namespace kdra::metrics;
using namespace Qt::StringLiterals;

namespace {

QJsonObject summary(std::vector<double> milliseconds)
{
    std::ranges::sort(milliseconds);
    const auto at = [&](double share) {
        return milliseconds[static_cast<size_t>(share * static_cast<double>(milliseconds.size() - 1))];
    };
    return {{u"count"_s, static_cast<qint64>(milliseconds.size())}, {u"min"_s, milliseconds.front()},
        {u"p50"_s, at(0.5)}, {u"max"_s, milliseconds.back()}};
}

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

// CPU use of cores, as rate() gives it: numbers of full length, which are the slowest to read.
QByteArray answerOf(int series, int points)
{
    QByteArray body = R"({"status":"success","data":{"resultType":"matrix","result":[)";
    for (int s = 0; s < series; ++s) {
        body += s ? ",{" : "{";
        body += R"("metric":{"__name__":"node_cpu_seconds_total","cpu":")" + QByteArray::number(s)
            + R"(","instance":"10.0.0.7:9100","job":"node-exporter","mode":"user"},"values":[)";
        for (int p = 0; p < points; ++p) {
            char text[32];
            const double value = 0.5 + 0.4 * std::sin(0.001 * p + s);
            const auto *end = std::to_chars(text, text + sizeof text, value).ptr;
            body += (p ? ",[" : "[") + QByteArray::number(1'700'000'000LL + 15LL * p) + ",\""
                + QByteArray(text, end - text) + "\"]";
        }
        body += "]}";
    }
    return body + "]}}";
}

// Answers every request with the same bytes, on a thread of its own.
class Server : public QThread {
public:
    explicit Server(QByteArray answer)
        : m_answer(std::move(answer))
    {
        m_server.listen(QHostAddress::LocalHost);
        m_server.moveToThread(this);
        start();
    }
    ~Server() override
    {
        quit();
        wait();
    }
    quint16 port() const { return m_server.serverPort(); }

protected:
    void run() override
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                if (socket->readAll().endsWith("\r\n\r\n"))
                    socket->write(m_answer);
            });
        });
        exec();
        m_server.close();
        m_server.moveToThread(nullptr);
    }

private:
    QByteArray m_answer;
    QTcpServer m_server;
};

// Plain recv() into a buffer that is there already.
double readSocket(quint16 port, qsizetype size)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    socket.waitForConnected();
    QByteArray buffer(size, '\0');
    // A request and a blocking descriptor: Qt's buffers are not what is measured here.
    socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QElapsedTimer timer;
    timer.start();
    socket.waitForBytesWritten();
    qsizetype got = 0;
    while (got < size) {
        const auto count = ::recv(int(socket.socketDescriptor()), buffer.data() + got, size_t(size - got), 0);
        if (count == 0)
            break;
        if (count > 0)
            got += count;
    }
    return milliseconds(timer);
}

double readNetwork(QNetworkAccessManager &network, quint16 port)
{
    QElapsedTimer timer;
    timer.start();
    QNetworkReply *reply = network.get(QNetworkRequest(QUrl(u"http://127.0.0.1:%1/"_s.arg(port))));
    QByteArray body;
    QObject::connect(reply, &QNetworkReply::readyRead, reply, [&] { body += reply->readAll(); });
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const double took = milliseconds(timer);
    reply->deleteLater();
    return took;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption series(u"series"_s, u"Series of the answer."_s, u"N"_s, u"20"_s);
    const QCommandLineOption points(u"points"_s, u"Points of each series."_s, u"N"_s, u"11000"_s);
    const QCommandLineOption rounds(u"rounds"_s, u"How often each is measured."_s, u"N"_s, u"30"_s);
    parser.addOptions({series, points, rounds});
    parser.addHelpOption();
    parser.process(application);

    const QByteArray body = answerOf(parser.value(series).toInt(), parser.value(points).toInt());
    const QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    Server server(answer);
    QNetworkAccessManager manager;
    std::vector<double> socket, network, parse;
    for (int i = 0; i < parser.value(rounds).toInt(); ++i) {
        socket.push_back(readSocket(server.port(), answer.size()));
        network.push_back(readNetwork(manager, server.port()));
        QElapsedTimer timer;
        timer.start();
        const Result<Answer> parsed = parseAnswer(body, {});
        parse.push_back(milliseconds(timer));
        if (!parsed || parsed->series->size() != size_t(parser.value(series).toInt())) {
            std::fprintf(stderr, "%s\n", parsed ? "series are missing" : qPrintable(parsed.error().text()));
            return 1;
        }
    }
    const auto median = [](std::vector<double> values) {
        std::ranges::nth_element(values, values.begin() + std::ssize(values) / 2);
        return values[values.size() / 2];
    };
    const QJsonObject result{{u"bytes"_s, body.size()}, {u"socket"_s, summary(socket)},
        {u"network"_s, summary(network)}, {u"parse"_s, summary(parse)},
        {u"parseToNetwork"_s, median(parse) / median(network)}, {u"parseToSocket"_s, median(parse) / median(socket)}};
    std::puts(QJsonDocument(result).toJson().constData());
    return 0;
}
