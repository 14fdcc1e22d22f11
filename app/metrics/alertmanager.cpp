// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/alertmanager.h"

#include "kube/apiclient.h"
#include "metrics/answerparser.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Alertmanager)
};

Call callFor(const QString &path, const Asking &asking)
{
    return Call{.path = u"/api/v2/"_s + path,
        .interactive = asking.interactive,
        .group = asking.group,
        .deadline = asking.deadline};
}

QString timeText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, QTimeZone(QTimeZone::UTC)).toString(Qt::ISODateWithMs);
}

std::optional<Error> flawOf(const Silence &silence)
{
    const auto invalid = [](const QString &what, const QString &remedy) {
        return Error{.kind = Error::Kind::Invalid, .what = what, .remedy = remedy};
    };
    // Alertmanager refuses matchers that match everything, which would silence the house.
    const bool picks = std::ranges::any_of(silence.matchers, [](const LabelMatcher &matcher) {
        return !matcher.name.isEmpty() && !(matcher.value.isEmpty() && matcher.isEqual);
    });
    if (!picks)
        return invalid(Text::tr("The silence does not say which alerts it is for."),
            Text::tr("Give at least one label with a value."));
    if (silence.endsAt <= silence.startsAt)
        return invalid(Text::tr("The silence ends before it begins."), Text::tr("Choose a later end."));
    if (silence.comment.trimmed().isEmpty() || silence.createdBy.trimmed().isEmpty())
        return invalid(Text::tr("The silence does not say who wants it and why."), Text::tr("Write a comment."));
    return {};
}

QByteArray bodyOf(const Silence &silence)
{
    QJsonArray matchers;
    for (const LabelMatcher &matcher : silence.matchers)
        matchers += QJsonObject{{u"name"_s, matcher.name}, {u"value"_s, matcher.value}, {u"isRegex"_s, matcher.isRegex},
            {u"isEqual"_s, matcher.isEqual}};
    QJsonObject json{{u"matchers"_s, matchers}, {u"startsAt"_s, timeText(silence.startsAt)},
        {u"endsAt"_s, timeText(silence.endsAt)}, {u"createdBy"_s, silence.createdBy}, {u"comment"_s, silence.comment}};
    if (!silence.id.isEmpty())
        json.insert("id"_L1, silence.id);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

// Alertmanager writes what is wrong as a JSON string, or as {"code":...,"message":...}.
Error refusal(const Reply &reply)
{
    const QJsonDocument json =
        QJsonDocument::fromJson("[" + reply.body.first(std::min<qsizetype>(reply.body.size(), 65536)) + "]");
    const QJsonValue said = json.array().at(0);
    QString message = said.isString() ? said.toString() : said.toObject().value("message"_L1).toString();
    if (message.isEmpty() || said.toObject().contains("kind"_L1))
        return errorOf(reply);
    while (message.endsWith(u'.'))
        message.chop(1);
    return Error{.kind = errorKindOf(reply.httpStatus),
        .what = Text::tr("Alertmanager refuses: %1.").arg(message),
        .where = reply.where,
        .httpStatus = reply.httpStatus};
}

Result<QString> createdId(Reply &&reply)
{
    if (reply.httpStatus >= 400)
        return std::unexpected(refusal(reply));
    const QString id = QJsonDocument::fromJson(reply.body).object().value("silenceID"_L1).toString();
    if (id.isEmpty())
        return std::unexpected(errorOf(reply));
    return id;
}

Result<void> nothing(Reply &&reply)
{
    if (reply.httpStatus >= 400)
        return std::unexpected(refusal(reply));
    return {};
}

Result<QString> versionOf(Reply &&reply)
{
    const QJsonObject json = QJsonDocument::fromJson(reply.body).object();
    const QString version = json.value("versionInfo"_L1).toObject().value("version"_L1).toString();
    if (reply.httpStatus >= 400 || version.isEmpty())
        return std::unexpected(errorOf(reply));
    return version;
}

} // namespace

AlertmanagerClient::AlertmanagerClient(Endpoint endpoint, Secrets secrets, kube::ApiClient &client)
    : m_endpoint(std::move(endpoint))
    , m_connection(new Connection(m_endpoint, std::move(secrets), client))
{
    m_connection->moveToThread(client.thread());
}

AlertmanagerClient::~AlertmanagerClient()
{
    release(m_connection);
}

QFuture<Result<QList<ManagedAlert>>> AlertmanagerClient::alerts(const Asking &asking)
{
    return m_connection->ask<QList<ManagedAlert>>(callFor(u"alerts"_s, asking), parse::managedAlerts);
}

QFuture<Result<QList<Silence>>> AlertmanagerClient::silences(const Asking &asking)
{
    return m_connection->ask<QList<Silence>>(callFor(u"silences"_s, asking), parse::silences);
}

QFuture<Result<QString>> AlertmanagerClient::silence(const Silence &silence)
{
    if (std::optional<Error> flaw = flawOf(silence))
        return QtFuture::makeReadyValueFuture<Result<QString>>(std::unexpected(std::move(*flaw)));
    Call call = callFor(u"silences"_s, {});
    call.verb = "POST";
    call.body = bodyOf(silence);
    call.contentType = "application/json";
    call.repeatable = false;
    return m_connection->ask<QString>(call, createdId);
}

QFuture<Result<void>> AlertmanagerClient::expire(const QString &id)
{
    Call call = callFor(u"silence/"_s + QString::fromLatin1(QUrl::toPercentEncoding(id)), {});
    call.verb = "DELETE";
    call.repeatable = false;
    return m_connection->ask<void>(call, nothing);
}

QFuture<Result<QString>> AlertmanagerClient::version(const Asking &asking)
{
    return m_connection->ask<QString>(callFor(u"status"_s, asking), versionOf);
}

} // namespace kdra::metrics
