// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/alertmanager.h"

#include "demo/objects/json.h"
#include "demo/request.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr double ResolveSeconds = 240; // an alert that is not sent again counts as resolved

double now()
{
    return static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
}

QString timeText(double seconds)
{
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(seconds * 1000), QTimeZone(QTimeZone::UTC))
        .toString(Qt::ISODateWithMs);
}

double secondsOf(const QJsonValue &time)
{
    const QDateTime at = QDateTime::fromString(time.toString(), Qt::ISODateWithMs);
    return at.isValid() ? static_cast<double>(at.toMSecsSinceEpoch()) / 1000 : 0;
}

QJsonObject objectOf(const PromLabels &labels)
{
    QJsonObject out;
    for (const auto &[name, value] : labels.asKeyValueRange())
        out.insert(name, value);
    return out;
}

QString fingerprintOf(const PromLabels &labels)
{
    const QByteArray json = QJsonDocument(objectOf(labels)).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(json, QCryptographicHash::Sha256).toHex().first(16));
}

Alertmanager::Answer answered(const QJsonArray &array)
{
    return {200, QJsonDocument(array).toJson(QJsonDocument::Compact)};
}

Alertmanager::Answer answered(const QJsonObject &object)
{
    return {200, QJsonDocument(object).toJson(QJsonDocument::Compact)};
}

// Alertmanager writes what is wrong as a JSON string.
Alertmanager::Answer refused(int status, const QString &why)
{
    QByteArray json = QJsonDocument(QJsonArray{why}).toJson(QJsonDocument::Compact);
    return {status, json.sliced(1, json.size() - 2)};
}

bool isCritical(const PromLabels &labels)
{
    return labels.value(u"severity"_s) == "critical"_L1;
}

// Alertmanager's inhibit_rules: source severity="critical", target severity="warning", equal ["node"].
bool inhibits(const PromLabels &source, const PromLabels &target)
{
    return isCritical(source) && target.value(u"severity"_s) == "warning"_L1 && !source.value(u"node"_s).isEmpty()
        && source.value(u"node"_s) == target.value(u"node"_s);
}

} // namespace

bool Alertmanager::Matcher::picks(const PromLabels &labels) const
{
    const QString has = labels.value(name);
    const bool same =
        isRegex ? QRegularExpression(QRegularExpression::anchoredPattern(value)).match(has).hasMatch() : has == value;
    return same == isEqual;
}

bool Alertmanager::Silence::picks(const PromLabels &labels) const
{
    return std::ranges::all_of(matchers, [&](const Matcher &matcher) { return matcher.picks(labels); });
}

Alertmanager::Alertmanager(PromRules &rules, const ObjectStore &store)
    : m_rules(rules)
    , m_store(store)
{
    const double start = now();
    m_silences.push_back({.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
        .matchers = {{.name = u"alertname"_s, .value = u"PiHadUnderVoltage"_s},
            {.name = u"node"_s, .value = u"pi-003"_s}},
        .startsAt = start - 5400,
        .endsAt = start + 28800,
        .updatedAt = start - 5400,
        .createdBy = u"mara"_s,
        .comment = u"Known; a new power supply is on its way"_s});
}

bool Alertmanager::isReady() const
{
    return std::ranges::any_of(m_store.list(kind::Pod, "monitoring"), [](const ObjectPtr &pod) {
        return !pod->terminating && pod->label("app.kubernetes.io/name") == "alertmanager"
            && pod->json.contains(R"("status":"True","type":"Ready"})");
    });
}

std::optional<ApiResponse> Alertmanager::proxied(const ApiRequest &request)
{
    if (request.ns != "monitoring"_L1 || !request.name.split(u':').contains(u"alertmanager"_s) || !isReady())
        return std::nullopt;
    const Answer answer = handle(request.method, u'/' + request.rest.join(u'/'), request.body);
    ApiResponse response;
    response.code = answer.status;
    response.body = answer.json;
    return response;
}

Alertmanager::Answer Alertmanager::handle(const QByteArray &method, const QString &path, const QByteArray &body)
{
    const double time = now();
    if (path == "/api/v2/alerts"_L1 && method == "GET")
        return alerts();
    if (path == "/api/v2/status"_L1 && method == "GET")
        return answered(QJsonObject{{u"cluster"_s, QJsonObject{{u"status"_s, u"ready"_s}}},
            {u"versionInfo"_s, QJsonObject{{u"version"_s, u"0.28.1"_s}, {u"branch"_s, u"HEAD"_s}}},
            {u"uptime"_s, timeText(time)}});
    if (path == "/api/v2/silences"_L1 && method == "POST")
        return postSilence(body);
    if (path == "/api/v2/silences"_L1 && method == "GET") {
        QJsonArray all;
        for (const Silence &silence : m_silences)
            all.append(jsonOf(silence, time));
        return answered(all);
    }
    if (path.startsWith("/api/v2/silence/"_L1)) {
        const auto silence = std::ranges::find(m_silences, path.sliced(16), &Silence::id);
        if (silence == m_silences.end())
            return refused(404, u"silence not found"_s);
        if (method == "GET")
            return answered(jsonOf(*silence, time));
        if (method == "DELETE") {
            if (silence->endsAt <= time)
                return refused(500, u"silence already expired"_s);
            silence->endsAt = time;
            silence->updatedAt = time;
            return {};
        }
    }
    return refused(404, u"path not found"_s);
}

Alertmanager::Answer Alertmanager::alerts()
{
    const double time = now();
    const std::vector<PromAlert> &raised = m_rules.alerts(time);
    QJsonArray all;
    for (const PromAlert &alert : raised) {
        if (!alert.firing)
            continue;
        QJsonArray silencedBy;
        for (const Silence &silence : m_silences) {
            if (silence.isActive(time) && silence.picks(alert.labels))
                silencedBy.append(silence.id);
        }
        QJsonArray inhibitedBy;
        for (const PromAlert &other : raised) {
            if (other.firing && inhibits(other.labels, alert.labels))
                inhibitedBy.append(fingerprintOf(other.labels));
        }
        const bool suppressed = !silencedBy.isEmpty() || !inhibitedBy.isEmpty();
        const QString receiver = isCritical(alert.labels)    ? u"pager"_s
            : alert.labels.value(u"severity"_s) == "none"_L1 ? u"watchdog"_s
                                                             : u"chat"_s;
        all.append(QJsonObject{{u"labels"_s, objectOf(alert.labels)}, {u"annotations"_s, objectOf(alert.annotations)},
            {u"fingerprint"_s, fingerprintOf(alert.labels)},
            {u"receivers"_s, QJsonArray{QJsonObject{{u"name"_s, receiver}}}}, {u"startsAt"_s, timeText(alert.firingAt)},
            {u"updatedAt"_s, timeText(time)}, {u"endsAt"_s, timeText(time + ResolveSeconds)},
            {u"generatorURL"_s, u"http://prometheus.monitoring:9090/graph"_s},
            {u"status"_s,
                QJsonObject{{u"state"_s, suppressed ? u"suppressed"_s : u"active"_s}, {u"silencedBy"_s, silencedBy},
                    {u"inhibitedBy"_s, inhibitedBy}, {u"mutedBy"_s, QJsonArray()}}}});
    }
    return answered(all);
}

Alertmanager::Answer Alertmanager::postSilence(const QByteArray &body)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    const double time = now();
    Silence silence{.id = json.value("id"_L1).toString(),
        .matchers = {},
        .startsAt = std::max(secondsOf(json.value("startsAt"_L1)), time),
        .endsAt = secondsOf(json.value("endsAt"_L1)),
        .updatedAt = time,
        .createdBy = json.value("createdBy"_L1).toString(),
        .comment = json.value("comment"_L1).toString()};
    bool picksSome = false;
    for (const auto matchers = json.value("matchers"_L1).toArray(); const QJsonValue &value : matchers) {
        const QJsonObject one = value.toObject();
        const Matcher matcher{.name = one.value("name"_L1).toString(),
            .value = one.value("value"_L1).toString(),
            .isRegex = one.value("isRegex"_L1).toBool(),
            .isEqual = one.value("isEqual"_L1).toBool(true)};
        if (matcher.isRegex && !QRegularExpression(matcher.value).isValid())
            return refused(400, u"invalid silence: invalid label matcher: error parsing regexp: "_s + matcher.value);
        picksSome = picksSome || !matcher.picks({});
        silence.matchers.push_back(matcher);
    }
    if (!picksSome)
        return refused(400, u"invalid silence: at least one matcher must not match the empty string"_s);
    if (silence.endsAt <= time)
        return refused(400, u"invalid silence: end time can't be in the past"_s);
    if (silence.comment.isEmpty() || silence.createdBy.isEmpty())
        return refused(400, u"invalid silence: comment and creator are required"_s);
    const auto before = std::ranges::find(m_silences, silence.id, &Silence::id);
    if (!silence.id.isEmpty() && before == m_silences.end())
        return refused(404, u"silence not found"_s);
    const bool changes = before != m_silences.end() && before->matchers == silence.matchers;
    if (changes) {
        silence.startsAt = std::min(before->startsAt, silence.startsAt);
        *before = silence;
    } else {
        if (before != m_silences.end())
            before->endsAt = time; // another silence takes its place
        silence.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        m_silences.push_back(silence);
    }
    return answered(QJsonObject{{u"silenceID"_s, silence.id}});
}

QJsonObject Alertmanager::jsonOf(const Silence &silence, double now)
{
    QJsonArray matchers;
    for (const Matcher &matcher : silence.matchers)
        matchers.append(QJsonObject{{u"name"_s, matcher.name}, {u"value"_s, matcher.value},
            {u"isRegex"_s, matcher.isRegex}, {u"isEqual"_s, matcher.isEqual}});
    const QString state = now >= silence.endsAt ? u"expired"_s : now < silence.startsAt ? u"pending"_s : u"active"_s;
    return {{u"id"_s, silence.id}, {u"matchers"_s, matchers}, {u"startsAt"_s, timeText(silence.startsAt)},
        {u"endsAt"_s, timeText(silence.endsAt)}, {u"updatedAt"_s, timeText(silence.updatedAt)},
        {u"createdBy"_s, silence.createdBy}, {u"comment"_s, silence.comment},
        {u"status"_s, QJsonObject{{u"state"_s, state}}}};
}

} // namespace kdra::demo
