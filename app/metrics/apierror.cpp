// SPDX-License-Identifier: GPL-3.0-or-later
// What failed requests to a metrics server mean to the user.
#include "kube/apiclient.h"
#include "metrics/answerparser.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::ApiError)
};

constexpr qsizetype maxErrorBytes = 64 << 10;
constexpr qsizetype maxMessage = 1000;

Error::Kind kindOf(const QString &errorType, int httpStatus)
{
    if (errorType == "timeout"_L1)
        return Error::Kind::Timeout;
    if (errorType == "canceled"_L1 || errorType == "internal"_L1 || errorType == "unavailable"_L1)
        return Error::Kind::Server;
    if (errorType == "not_found"_L1)
        return Error::Kind::NotFound;
    if (errorType == "bad_data"_L1 || errorType == "execution"_L1)
        return Error::Kind::Invalid;
    return errorKindOf(httpStatus);
}

// "1:5: parse error: ..." with what comes before it left out.
const QRegularExpression &position()
{
    static const QRegularExpression expression(u"(?:^|[ :])(\\d+):(\\d+): parse error: "_s);
    return expression;
}

void explain(Error &error, const QString &message)
{
    if (const auto match = position().match(message); match.hasMatch()) {
        error.what = Text::tr("The query has an error at line %1, character %2: %3.")
                         .arg(match.captured(1), match.captured(2), message.sliced(match.capturedEnd()));
        error.remedy = Text::tr("Correct the query there.");
        return;
    }
    if (error.kind == Error::Kind::Timeout) {
        error.what = Text::tr("The metrics server gave up on the query, because it took too long: %1.").arg(message);
        error.remedy = Text::tr("Choose a shorter time range, a longer step, or a simpler query.");
        return;
    }
    if (message.contains("too many samples"_L1)) {
        error.what = Text::tr("The query touches more values than the metrics server allows: %1.").arg(message);
        error.remedy = Text::tr("Choose a shorter time range, or fewer series with more labels.");
        return;
    }
    if (error.reason == "bad_data"_L1) {
        error.what = Text::tr("The metrics server does not accept the query: %1.").arg(message);
        return;
    }
    if (error.reason == "execution"_L1) {
        error.what = Text::tr("The query could not be carried out: %1.").arg(message);
        return;
    }
    error.what = Text::tr("The metrics server reports an error: %1.").arg(message);
    if (error.kind == Error::Kind::Server)
        error.remedy = Text::tr("Try again in a moment; if it stays, look at the server's log.");
}

} // namespace

Error errorOf(const Reply &reply)
{
    const QJsonObject json =
        reply.body.size() > maxErrorBytes ? QJsonObject() : QJsonDocument::fromJson(reply.body).object();
    if (json.value("status"_L1).toString() != "error"_L1) {
        if (reply.httpStatus >= 400)
            return kube::ApiClient::errorOf(reply.httpStatus, reply.body, reply.where);
        return Error{.kind = Error::Kind::Protocol,
            .what = Text::tr("This is not the answer of a metrics server."),
            .where = reply.where,
            .remedy = Text::tr("Check the address and its path, and whether a sign-in page is in between."),
            .httpStatus = reply.httpStatus};
    }
    const QString type = json.value("errorType"_L1).toString();
    Error error{.kind = kindOf(type, reply.httpStatus),
        .where = reply.where,
        .httpStatus = reply.httpStatus,
        .reason = type,
        .status = reply.body};
    QString message = json.value("error"_L1).toString().simplified();
    while (message.endsWith(u'.'))
        message.chop(1);
    explain(error, message.size() > maxMessage ? QString(message.first(maxMessage) + u'…') : message);
    return error;
}

std::optional<QueryPosition> queryPosition(const Error &error)
{
    const QString message = QJsonDocument::fromJson(error.status).object().value("error"_L1).toString();
    const auto match = position().match(message);
    if (!match.hasMatch())
        return {};
    return QueryPosition{.line = match.captured(1).toInt(), .column = match.captured(2).toInt()};
}

} // namespace kdra::metrics
