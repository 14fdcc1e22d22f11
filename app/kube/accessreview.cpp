// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/accessreview.h"

#include "base/whenfinished.h"
#include "kube/answer.h"
#include "kube/apiclient.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMutex>

namespace kdra::kube {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::kube::AccessReview)
};

constexpr qsizetype MaxKept = 4096;

template <class T> using Waiters = QList<std::shared_ptr<Answer<T>>>;

// Answers of one type by question: kept until their deadline, or being asked.
template <class Question, class T> struct Cache {
    struct Kept {
        T value;
        QDeadlineTimer until;
    };
    QHash<Question, Kept> kept;
    QHash<Question, Waiters<T>> asked;
};

QStringList strings(const QJsonObject &object, const char *key)
{
    QStringList result;
    for (const QJsonArray values = object.value(QLatin1StringView(key)).toArray(); const QJsonValue &value : values)
        result.append(value.toString());
    return result;
}

bool matches(const QStringList &patterns, const QString &text)
{
    return patterns.contains(text) || patterns.contains(QStringLiteral("*"));
}

Result<AccessAnswer> readAnswer(const QJsonObject &status)
{
    return AccessAnswer{.allowed = status.value(QLatin1StringView("allowed")).toBool(),
        .reason = status.value(QLatin1StringView("reason")).toString()};
}

Result<AccessRules> readRules(const QJsonObject &status)
{
    AccessRules rules{.incomplete = status.value(QLatin1StringView("incomplete")).toBool()};
    const QJsonArray values = status.value(QLatin1StringView("resourceRules")).toArray();
    for (const QJsonValue &value : values) {
        const QJsonObject rule = value.toObject();
        rules.rules.append({.verbs = strings(rule, "verbs"),
            .groups = strings(rule, "apiGroups"),
            .resources = strings(rule, "resources"),
            .names = strings(rule, "resourceNames")});
    }
    return rules;
}

} // namespace

size_t qHash(const AccessQuestion &q, size_t seed)
{
    return qHashMulti(seed, q.verb, q.group, q.resource, q.subresource, q.ns, q.name);
}

bool AccessRules::allows(const AccessQuestion &q) const
{
    const QString whole = q.subresource.isEmpty() ? q.resource : q.resource + QLatin1Char('/') + q.subresource;
    return std::ranges::any_of(rules, [&](const Rule &rule) {
        const bool resource = matches(rule.resources, whole)
            || (!q.subresource.isEmpty() && rule.resources.contains(QStringLiteral("*/") + q.subresource));
        return resource && matches(rule.verbs, q.verb) && matches(rule.groups, q.group)
            && (rule.names.isEmpty() || rule.names.contains(q.name));
    });
}

struct AccessReview::State {
    QMutex mutex;
    std::chrono::milliseconds keep;
    Cache<AccessQuestion, AccessAnswer> answers;
    Cache<QString, AccessRules> rules;

    template <class Question, class T>
    static QFuture<Result<T>> ask(const std::shared_ptr<State> &state, Cache<Question, T> State::*which,
        ApiClient &client, const Question &question, const QString &kind, const QJsonObject &spec,
        Result<T> (*read)(const QJsonObject &));
};

template <class Question, class T>
QFuture<Result<T>> AccessReview::State::ask(const std::shared_ptr<State> &state, Cache<Question, T> State::*which,
    ApiClient &client, const Question &question, const QString &kind, const QJsonObject &spec,
    Result<T> (*read)(const QJsonObject &))
{
    auto answer = std::make_shared<Answer<T>>();
    const QFuture<Result<T>> future = answer->future();
    {
        const QMutexLocker lock(&state->mutex);
        Cache<Question, T> &cache = (*state).*which;
        if (const auto kept = cache.kept.constFind(question);
            kept != cache.kept.constEnd() && !kept->until.hasExpired()) {
            answer->give(kept->value);
            return future;
        }
        Waiters<T> &waiters = cache.asked[question];
        waiters.append(std::move(answer));
        if (waiters.size() > 1)
            return future;
    }
    const QJsonObject review{{QStringLiteral("apiVersion"), QStringLiteral("authorization.k8s.io/v1")},
        {QStringLiteral("kind"), kind}, {QStringLiteral("spec"), spec}};
    Request request{.verb = "POST",
        .path = QStringLiteral("/apis/authorization.k8s.io/v1/") + kind.toLower() + QLatin1Char('s'),
        .body = QJsonDocument(review).toJson(QJsonDocument::Compact),
        .contentType = "application/json"};
    whenFinished(
        client.send(std::move(request)), &client, [state, which, question, read](const Result<Response> &response) {
            Result<T> result = std::unexpected(response ? Error{} : response.error());
            if (response) {
                const QJsonObject object = QJsonDocument::fromJson(response->body).object();
                const QJsonValue status = object.value(QLatin1StringView("status"));
                if (status.isObject())
                    result = read(status.toObject());
                else
                    result = std::unexpected(Error{.kind = Error::Kind::Protocol,
                        .what = Text::tr("The server's answer about your permissions cannot be read.")});
            }
            Waiters<T> waiters;
            {
                const QMutexLocker lock(&state->mutex);
                Cache<Question, T> &cache = (*state).*which;
                waiters = cache.asked.take(question);
                if (cache.kept.size() >= MaxKept)
                    cache.kept.clear();
                if (result)
                    cache.kept.insert(question, {*result, QDeadlineTimer(state->keep)});
            }
            for (const auto &waiter : std::as_const(waiters))
                waiter->give(result);
        });
    return future;
}

AccessReview::AccessReview(ApiClient &client, std::chrono::milliseconds keep)
    : m_client(client)
    , m_state(std::make_shared<State>())
{
    m_state->keep = keep;
}

AccessReview::~AccessReview() = default;

QFuture<Result<AccessAnswer>> AccessReview::ask(const AccessQuestion &question)
{
    QJsonObject attributes{{QStringLiteral("verb"), question.verb}, {QStringLiteral("group"), question.group},
        {QStringLiteral("resource"), question.resource}};
    for (const auto &[key, value] : {std::pair("subresource", question.subresource),
             std::pair("namespace", question.ns), std::pair("name", question.name)}) {
        if (!value.isEmpty())
            attributes.insert(QLatin1StringView(key), value);
    }
    return State::ask(m_state, &State::answers, m_client, question, QStringLiteral("SelfSubjectAccessReview"),
        {{QStringLiteral("resourceAttributes"), attributes}}, readAnswer);
}

QFuture<Result<AccessRules>> AccessReview::rules(const QString &ns)
{
    return State::ask(m_state, &State::rules, m_client, ns, QStringLiteral("SelfSubjectRulesReview"),
        {{QStringLiteral("namespace"), ns}}, readRules);
}

void AccessReview::clear()
{
    const QMutexLocker lock(&m_state->mutex);
    m_state->answers.kept.clear();
    m_state->rules.kept.clear();
}

} // namespace kdra::kube
