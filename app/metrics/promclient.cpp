// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/promclient.h"

#include "kube/apiclient.h"
#include "metrics/duration.h"
#include "metrics/promdataparser.h"
#include "metrics/steps.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QThread>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::PromClient)
};

constexpr qint64 noteworthySkew = 30'000;

// Encoded here: in PromQL a percent sign is an operator, and QUrlQuery would take "%20" for a space.
void add(QUrlQuery &query, const QString &name, const QString &value)
{
    query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
}

// Seconds with milliseconds, exactly.
QString seconds(qint64 ms)
{
    const QString sign = ms < 0 ? u"-"_s : QString();
    const qint64 size = std::abs(ms);
    return sign + QString::number(size / 1000) + u'.' + QString::number(size % 1000).rightJustified(3, u'0');
}

void addBounds(QUrlQuery &query, const QStringList &selectors, qint64 from, qint64 to, int limit)
{
    for (const QString &selector : selectors)
        add(query, u"match[]"_s, selector);
    if (from)
        add(query, u"start"_s, seconds(from));
    if (to)
        add(query, u"end"_s, seconds(to));
    if (limit > 0)
        add(query, u"limit"_s, QString::number(limit));
}

Call callFor(const QString &path, const Asking &asking, QUrlQuery query = {})
{
    return Call{.path = u"/api/v1/"_s + path,
        .query = std::move(query),
        .interactive = asking.interactive,
        .group = asking.group,
        .deadline = asking.deadline};
}

Call queryCall(const QString &path, const Asking &asking, QUrlQuery query)
{
    // The server need not go on with what nobody waits for any more.
    add(query, u"timeout"_s, textOfDuration(asking.deadline.count()));
    Call call = callFor(path, asking, std::move(query));
    call.formAllowed = true;
    call.countValues = true;
    return call;
}

} // namespace

PromClient::PromClient(Endpoint endpoint, Secrets secrets, kube::ApiClient &client)
    : m_endpoint(std::move(endpoint))
    , m_connection(new Connection(m_endpoint, std::move(secrets), client))
{
    m_connection->moveToThread(client.thread());
}

PromClient::~PromClient()
{
    release(m_connection);
}

QFuture<Result<Answer>> PromClient::instant(const QString &expr, qint64 at, const Asking &asking)
{
    QUrlQuery query;
    add(query, u"query"_s, expr);
    if (at)
        add(query, u"time"_s, seconds(at));
    const Call call = queryCall(u"query"_s, asking, query);
    return m_connection->ask<Answer>(
        call, [limits = call.limits](Reply &&reply) { return parse::answer(std::move(reply), limits); });
}

QFuture<Result<Answer>> PromClient::range(const QString &expr, const Range &range, const Asking &asking)
{
    if (range.step <= 0 || pointsOf(range) > maxPoints)
        return QtFuture::makeReadyValueFuture<Result<Answer>>(std::unexpected(Error{.kind = Error::Kind::Invalid,
            .what = Text::tr(
                "A time range of %1 in steps of %2 has more than %3 points, which is more than servers give.")
                .arg(textOfDuration(range.end - range.start), textOfDuration(range.step), QString::number(maxPoints)),
            .where = expr,
            .remedy = Text::tr("Choose a longer step or a shorter time range.")}));
    QUrlQuery query;
    add(query, u"query"_s, expr);
    add(query, u"start"_s, seconds(range.start));
    add(query, u"end"_s, seconds(range.end));
    add(query, u"step"_s, seconds(range.step));
    const Call call = queryCall(u"query_range"_s, asking, query);
    return m_connection->ask<Answer>(
        call, [limits = call.limits](Reply &&reply) { return parse::answer(std::move(reply), limits); });
}

QFuture<Result<LabelSets>> PromClient::series(
    const QStringList &selectors, qint64 from, qint64 to, int limit, const Asking &asking)
{
    QUrlQuery query;
    addBounds(query, selectors, from, to, limit);
    Call call = callFor(u"series"_s, asking, query);
    call.formAllowed = true;
    return m_connection->ask<LabelSets>(call, parse::labelSets);
}

QFuture<Result<Names>> PromClient::labels(const QStringList &selectors, qint64 from, qint64 to, const Asking &asking)
{
    QUrlQuery query;
    addBounds(query, selectors, from, to, 0);
    Call call = callFor(u"labels"_s, asking, query);
    call.formAllowed = true;
    return m_connection->ask<Names>(call, parse::names);
}

QFuture<Result<Names>> PromClient::labelValues(
    const QString &label, const QStringList &selectors, qint64 from, qint64 to, int limit, const Asking &asking)
{
    QUrlQuery query;
    addBounds(query, selectors, from, to, limit);
    const QString name = QString::fromLatin1(QUrl::toPercentEncoding(label));
    return m_connection->ask<Names>(callFor(u"label/"_s + name + u"/values"_s, asking, query), parse::names);
}

QFuture<Result<MetadataByName>> PromClient::metadata(const Asking &asking)
{
    return m_connection->ask<MetadataByName>(callFor(u"metadata"_s, asking), parse::metadata);
}

QFuture<Result<QList<RuleGroup>>> PromClient::rules(const Asking &asking)
{
    return m_connection->ask<QList<RuleGroup>>(callFor(u"rules"_s, asking), parse::rules);
}

QFuture<Result<QList<RuleAlert>>> PromClient::alerts(const Asking &asking)
{
    return m_connection->ask<QList<RuleAlert>>(callFor(u"alerts"_s, asking), parse::alerts);
}

QFuture<Result<QList<Target>>> PromClient::targets(const Asking &asking)
{
    QUrlQuery query;
    add(query, u"state"_s, u"active"_s);
    return m_connection->ask<QList<Target>>(callFor(u"targets"_s, asking, query), parse::targets);
}

QFuture<Result<BuildInfo>> PromClient::buildInfo(const Asking &asking)
{
    return m_connection->ask<BuildInfo>(callFor(u"status/buildinfo"_s, asking), parse::buildInfo);
}

qint64 PromClient::clockAhead() const
{
    return m_connection->clockAhead();
}

qint64 PromClient::serverNow() const
{
    return QDateTime::currentMSecsSinceEpoch() + clockAhead();
}

QString PromClient::clockNote() const
{
    const qint64 ahead = clockAhead();
    if (std::abs(ahead) < noteworthySkew)
        return {};
    const int differing = static_cast<int>(std::abs(ahead) / 1000);
    return ahead > 0
        ? Text::tr("The metrics server's clock is %n second(s) ahead of this computer's; times are the server's.",
              nullptr, differing)
        : Text::tr("The metrics server's clock is %n second(s) behind this computer's; times are the server's.",
              nullptr, differing);
}

} // namespace kdra::metrics
