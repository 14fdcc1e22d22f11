// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/grafanaserver.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::GrafanaServer)
};

std::unexpected<Error> unreadable(const QString &what, const QByteArray &json)
{
    const QString said = QJsonDocument::fromJson(json).object().value("message"_L1).toString();
    return std::unexpected(Error{.kind = Error::Kind::Protocol,
        .what = said.isEmpty() ? what : Text::tr("Grafana answered: %1").arg(said),
        .where = u"Grafana"_s,
        .remedy = Text::tr("Check the address of the server and what its token may do.")});
}

QString part(const QString &text)
{
    return QString::fromUtf8(QUrl::toPercentEncoding(text));
}

// QUrlQuery takes what is encoded already; "+" would be read as a blank.
void add(QUrlQuery &query, const QString &name, const QString &value)
{
    query.addQueryItem(part(name), part(value));
}

QUrl joined(const QUrl &base, const QString &path, const QUrlQuery &query)
{
    QUrl out = base;
    QString prefix = base.path(QUrl::FullyEncoded);
    while (prefix.endsWith(u'/'))
        prefix.chop(1);
    out.setPath(prefix + path, QUrl::TolerantMode);
    out.setQuery(query.isEmpty() ? QString() : query.toString(QUrl::FullyEncoded));
    out.setFragment({});
    return out;
}

GrafanaAnnotation aboutEnvironment(const QString &text, const QString &name, const QString &ns, qint64 at)
{
    return {.start = at, .text = text, .tags = {u"kdra"_s, u"environment"_s, name, ns}};
}

}

QUrl GrafanaRequest::under(const QUrl &base) const
{
    return joined(base, path, query);
}

GrafanaRequest grafanaSearch(int page)
{
    GrafanaRequest out{.path = u"/api/search"_s};
    add(out.query, u"type"_s, u"dash-db"_s);
    add(out.query, u"limit"_s, QString::number(grafanaPageSize));
    add(out.query, u"page"_s, QString::number(std::max(1, page)));
    return out;
}

Result<QList<GrafanaEntry>> readGrafanaSearch(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray())
        return unreadable(Text::tr("The server's list of dashboards cannot be read."), json);
    QList<GrafanaEntry> out;
    for (const QJsonArray all = document.array(); const QJsonValue &each : all) {
        const QJsonObject one = each.toObject();
        GrafanaEntry entry{.uid = one.value("uid"_L1).toString(),
            .title = one.value("title"_L1).toString(),
            .folder = one.value("folderTitle"_L1).toString()};
        for (const QJsonArray tags = one.value("tags"_L1).toArray(); const QJsonValue &tag : tags)
            entry.tags.append(tag.toString());
        if (!entry.uid.isEmpty() && one.value("type"_L1).toString(u"dash-db"_s) == "dash-db"_L1)
            out.append(entry);
    }
    return out;
}

GrafanaRequest grafanaDashboard(const QString &uid)
{
    return {.path = u"/api/dashboards/uid/"_s + part(uid)};
}

GrafanaRequest grafanaAnnotation(const GrafanaAnnotation &annotation)
{
    QJsonObject body{{u"time"_s, annotation.start}, {u"text"_s, annotation.text},
        {u"tags"_s, QJsonArray::fromStringList(annotation.tags)}};
    if (annotation.end > annotation.start)
        body.insert("timeEnd"_L1, annotation.end);
    return {.method = QByteArrayLiteral("POST"),
        .path = u"/api/annotations"_s,
        .body = QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

GrafanaAnnotation environmentCreated(const QString &name, const QString &ns, qint64 at)
{
    return aboutEnvironment(Text::tr("Environment %1 was created in the namespace %2.").arg(name, ns), name, ns, at);
}

GrafanaAnnotation environmentEnded(const QString &name, const QString &ns, qint64 at)
{
    return aboutEnvironment(Text::tr("Environment %1 in the namespace %2 was removed.").arg(name, ns), name, ns, at);
}

Result<qint64> readGrafanaAnnotation(const QByteArray &json)
{
    const QJsonValue id = QJsonDocument::fromJson(json).object().value("id"_L1);
    if (!id.isDouble())
        return unreadable(Text::tr("The server did not say that it has taken the annotation."), json);
    return id.toInteger();
}

QUrl openInGrafana(
    const QUrl &base, const QString &uid, qint64 from, qint64 to, const QMap<QString, QStringList> &values)
{
    QUrlQuery query;
    if (from != 0 || to != 0) {
        add(query, u"from"_s, QString::number(from));
        add(query, u"to"_s, QString::number(to));
    }
    for (auto it = values.begin(); it != values.end(); ++it)
        for (const QString &value : it.value())
            add(query, u"var-"_s + it.key(), value);
    return joined(base, u"/d/"_s + part(uid), query);
}

} // namespace kdra::metrics
