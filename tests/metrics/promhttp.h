// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/series.h"
#include "metrics/variables.h"
#include "support/answer.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTimer>
#include <QUrlQuery>

#include <memory>

// Plain HTTP to something that speaks Prometheus' API, one request at a time.
namespace kdra::test {

class PromHttp {
public:
    explicit PromHttp(QUrl base = {})
        : m_base(std::move(base))
    {
    }

    // Posts a form, as long expressions need it.
    Answer ask(const QString &path, const QList<std::pair<QString, QString>> &parameters)
    {
        QByteArray form;
        for (const auto &[name, value] : parameters)
            form += (form.isEmpty() ? QByteArray() : QByteArray("&")) + QUrl::toPercentEncoding(name) + '='
                + QUrl::toPercentEncoding(value);
        QUrl url = m_base;
        url.setPath(QStringLiteral("/api/v1/") + path);
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/x-www-form-urlencoded"));
        const std::unique_ptr<QNetworkReply> reply(m_access.post(request, form));
        return finished(*reply);
    }
    Answer post(const QString &path, const QByteArray &json)
    {
        QUrl url = m_base;
        url.setPath(path);
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        const std::unique_ptr<QNetworkReply> reply(m_access.post(request, json));
        return finished(*reply);
    }
    Answer get(const QString &path, const QList<std::pair<QString, QString>> &parameters = {})
    {
        QUrl url = m_base;
        url.setPath(path);
        QUrlQuery query;
        for (const auto &[name, value] : parameters)
            query.addQueryItem(name, QString::fromUtf8(QUrl::toPercentEncoding(value)));
        url.setQuery(query);
        const std::unique_ptr<QNetworkReply> reply(m_access.get(QNetworkRequest(url)));
        return finished(*reply);
    }

    // The options of a variable, asked for as somebody with a PromClient would.
    Result<QList<metrics::Option>> optionsOf(const metrics::Variable &variable, const metrics::Scope &scope)
    {
        using Kind = metrics::VariableQuery::Kind;
        const auto query = metrics::variableQuery(variable, scope);
        if (!query)
            return std::unexpected(query.error());
        QStringList results;
        const QString match = QStringLiteral("match[]");
        if (query->kind == Kind::None) {
            return metrics::ownOptions(variable, {QStringLiteral("Prometheus")});
        } else if (query->kind == Kind::LabelValues || query->kind == Kind::Metrics) {
            QList<std::pair<QString, QString>> parameters;
            if (!query->match.isEmpty())
                parameters.append({match, query->match});
            results = strings(get(QStringLiteral("/api/v1/label/%1/values").arg(query->label), parameters));
        } else if (query->kind == Kind::Instant) {
            results =
                metrics::resultsOf(answerOf(ask(QStringLiteral("query"), {{QStringLiteral("query"), query->match}})));
        }
        return metrics::optionsOf(variable, results, scope);
    }

    // The vector that an instant query gave.
    static metrics::Answer answerOf(const Answer &answer)
    {
        auto series = std::make_shared<std::vector<metrics::Series>>();
        for (const QJsonArray all = at(answer.json(), QStringLiteral("data.result")).toArray();
            const QJsonValue &one : all) {
            metrics::Series each;
            const QJsonObject labels = one.toObject().value(QLatin1StringView("metric")).toObject();
            for (auto it = labels.begin(); it != labels.end(); ++it)
                each.labels.insert(it.key(), it.value().toString());
            const QJsonArray point = one.toObject().value(QLatin1StringView("value")).toArray();
            each.times.push_back(static_cast<qint64>(point.at(0).toDouble() * 1000));
            each.values.push_back(point.at(1).toString().toDouble());
            series->push_back(std::move(each));
        }
        return {.type = metrics::Answer::Type::Vector, .series = series};
    }

private:
    static Answer finished(QNetworkReply &reply)
    {
        QEventLoop loop;
        QObject::connect(&reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        QTimer::singleShot(20000, &loop, &QEventLoop::quit);
        if (!reply.isFinished())
            loop.exec();
        return {reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply.readAll(), {}};
    }
    static QStringList strings(const Answer &answer)
    {
        QStringList out;
        for (const QJsonArray all = answer.json().value(QLatin1StringView("data")).toArray();
            const QJsonValue &one : all)
            out.append(one.toString());
        return out;
    }

    QUrl m_base;
    QNetworkAccessManager m_access;
};

// Debian's prometheus on loopback with nothing to scrape: it says whether it accepts an expression.
class EmptyPrometheus {
public:
    ~EmptyPrometheus()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    static QString program() { return QStandardPaths::findExecutable(QStringLiteral("prometheus")); }

    // False when it does not come up; another process may have taken its port, so it is tried three times.
    bool start()
    {
        for (int i = 0; i < 3; ++i) {
            if (tryToStart())
                return true;
            m_process.kill();
            m_process.waitForFinished();
        }
        return false;
    }
    PromHttp &http() { return *m_http; }

    // Empty when the expression is accepted; else what the server says.
    QString refusal(const QString &expr)
    {
        const Answer answer = m_http->ask(QStringLiteral("query"), {{QStringLiteral("query"), expr}});
        return answer.code == 200
            ? QString()
            : answer.json().value(QLatin1StringView("error")).toString(QStringLiteral("no answer"));
    }

private:
    bool tryToStart()
    {
        QTcpServer free;
        free.listen(QHostAddress::LocalHost);
        const quint16 port = free.serverPort();
        free.close();
        QFile config(m_folder.filePath(QStringLiteral("prometheus.yml")));
        if (!config.open(QFile::WriteOnly) || config.write("global: {}\n") < 0)
            return false;
        config.close();
        m_process.setStandardErrorFile(m_folder.filePath(QStringLiteral("log")));
        m_process.start(program(),
            {QStringLiteral("--config.file=") + config.fileName(),
                QStringLiteral("--storage.tsdb.path=") + m_folder.filePath(QStringLiteral("data")),
                QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(port)});
        m_http = std::make_unique<PromHttp>(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)));
        for (QDeadlineTimer deadline(60000); !deadline.hasExpired() && m_process.state() != QProcess::NotRunning;) {
            if (m_http->get(QStringLiteral("/-/ready")).code == 200)
                return true;
            m_process.waitForFinished(100); // a short pause, unless it ends
        }
        return false;
    }

    QTemporaryDir m_folder;
    QProcess m_process;
    std::unique_ptr<PromHttp> m_http;
};

} // namespace kdra::test
