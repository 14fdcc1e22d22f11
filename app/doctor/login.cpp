// SPDX-License-Identifier: GPL-3.0-or-later
// Who the server is, who we are to it, and what we may do.
#include "doctor/examination.h"
#include "kube/accessreview.h"
#include "kube/credentials.h"
#include "kube/discovery.h"
#include "kube/tlserror.h"
#include "store/kind.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QNetworkReply>
#include <QTimeZone>

namespace kdra::doctor {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::doctor::Login)
};

constexpr qint64 ToleratedClockSeconds = 60;

// The same user with secrets that are already at hand: a plugin must not run twice.
kube::ClientConfig withIdentity(kube::ClientConfig config, const kube::Identity &identity)
{
    kube::UserEntry &user = config.user;
    if (user.exec || !user.authProvider.isEmpty()) {
        user.exec.reset();
        user.authProvider.clear();
        user.token = QString::fromUtf8(identity.authorization.sliced(
            std::min<qsizetype>(identity.authorization.size(), identity.authorization.startsWith("Bearer ") ? 7 : 0)));
        if (!identity.certificate.isNull()) {
            for (const QSslCertificate &certificate : identity.certificate.chain)
                user.clientCertificateData += certificate.toPem();
            user.clientKeyData = identity.certificate.key.toPem();
        }
    }
    return config;
}

Error clockError(qint64 ahead)
{
    const int minutes = static_cast<int>(std::abs(ahead) / 60);
    return {.kind = Error::Kind::Local,
        .what = ahead > 0 ? Text::tr("This computer's clock is %n minute(s) behind the server's.", nullptr, minutes)
                          : Text::tr("This computer's clock is %n minute(s) ahead of the server's.", nullptr, minutes),
        .remedy =
            Text::tr("Set it right: certificates and tokens seem expired, or not yet valid, when clocks differ.")};
}

} // namespace

Result<QNetworkReply *> Examination::askVersion(kube::ApiClient &client) const
{
    const Result<QNetworkReply *> opened =
        m_patience.answer(client.open({.path = QStringLiteral("/version")}), m_deadlines.request);
    if (!opened)
        return opened;
    QNetworkReply *reply = *opened;
    if (!m_patience.until(m_deadlines.request, [&] { return reply->isFinished(); }))
        return std::unexpected(Patience::timeout(m_deadlines.request, serverText()));
    if (reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 0)
        return std::unexpected(kube::ApiClient::errorOf(*reply));
    return reply;
}

// RFC 9110, Date.
std::optional<qint64> Examination::clockAhead(const QNetworkReply &reply)
{
    QDateTime date = QLocale::c().toDateTime(
        QString::fromLatin1(reply.rawHeader("Date")), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    if (!date.isValid())
        return {};
    date.setTimeZone(QTimeZone::utc());
    return QDateTime::currentDateTimeUtc().secsTo(date);
}

void Examination::meetServer(Step &step)
{
    // Without credentials: a stranger must not get them, and what is asked here is public on most clusters.
    kube::ClientConfig anonymous = m_config;
    anonymous.user = {};
    kube::ApiClient client(anonymous);
    const Result<QNetworkReply *> asked = askVersion(client);
    if (!asked) {
        fail(step, asked.error());
        return;
    }
    QNetworkReply *reply = *asked;
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (const std::optional<qint64> ahead = clockAhead(*reply)) {
        m_clockAhead = *ahead;
        step.details.append(Text::tr("The server's clock differs from this computer's by %n second(s)", nullptr,
            static_cast<int>(std::abs(m_clockAhead))));
    } else {
        step.details.append(Text::tr("The server does not tell its time"));
    }
    const QByteArray body = reply->readAll();
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    m_version = object.value(QLatin1StringView("gitVersion")).toString();
    if (object.isEmpty()) {
        Error error = kube::ApiClient::errorOf(status, body, serverText());
        error.kind = Error::Kind::Protocol;
        if (reply->rawHeader("Content-Type").startsWith("text/html") || body.trimmed().startsWith('<'))
            error.what = Text::tr("A web page came back instead of an answer of the Kubernetes API (HTTP status %1).")
                             .arg(status);
        error.remedy = Text::tr("Check that the address is the API server's, and whether a load balancer, a proxy or a "
                                "sign-in page sits in between.");
        fail(step, error);
        return;
    }
    if (status >= 500) {
        fail(step, kube::ApiClient::errorOf(status, body, serverText()));
        return;
    }
    step.summary = m_version.isEmpty()
        ? Text::tr("A Kubernetes API server answers; it hides its version from strangers.")
        : Text::tr("Kubernetes %1 answers.").arg(m_version);
    if (std::abs(m_clockAhead) > ToleratedClockSeconds)
        warn(step, clockError(m_clockAhead));
}

void Examination::gatherCredentials(Step &step)
{
    const kube::UserEntry &user = m_config.user;
    auto login = std::make_unique<kube::Credentials>(m_config);
    kube::Credentials *credentials = login.get();
    m_login = std::move(login);
    m_explain = [credentials](Error error) { return credentials->explain(std::move(error)); };
    const Result<kube::Identity> identity = m_patience.answer(credentials->get(), m_deadlines.credentials);
    if (user.exec) {
        const QString program = credentials->pluginProgram();
        step.details.append(
            Text::tr("Plugin “%1” is %2").arg(user.exec->command, program.isEmpty() ? Text::tr("not found") : program));
    }
    if (!identity) {
        fail(step, identity.error());
        return;
    }
    m_identity = std::make_unique<kube::Identity>(*identity);
    const QString header = QString::fromUtf8(identity->authorization);
    m_redaction.add(header.section(u' ', 1));
    if (!identity->certificate.isNull()) {
        const QSslCertificate &certificate = identity->certificate.chain.constFirst();
        const QLocale locale;
        step.details.append(Text::tr("Client certificate “%1”, group “%2”, issued by “%3”, valid until %4")
                .arg(certificate.subjectInfo(QSslCertificate::CommonName).join(QStringLiteral(", ")),
                    certificate.subjectInfo(QSslCertificate::Organization).join(QStringLiteral(", ")),
                    certificate.issuerInfo(QSslCertificate::CommonName).join(QStringLiteral(", ")),
                    locale.toString(certificate.expiryDate().toLocalTime(), QLocale::ShortFormat)));
        if (certificate.expiryDate() < QDateTime::currentDateTimeUtc())
            warn(step, m_explain({.kind = Error::Kind::Authentication}));
    }
    if (!user.impersonateUser.isEmpty())
        step.details.append(Text::tr("Acts as “%1” (impersonation)").arg(user.impersonateUser));
    if (!step.summary.isEmpty())
        return;
    if (user.exec)
        step.summary = Text::tr("The plugin “%1” gave credentials.").arg(user.exec->command);
    else if (!user.authProvider.isEmpty())
        step.summary = Text::tr("A token of the OpenID provider.");
    else if (!user.tokenFile.isEmpty())
        step.summary = Text::tr("A token from the file %1.").arg(user.tokenFile);
    else if (header.startsWith(QLatin1StringView("Bearer")))
        step.summary = Text::tr("A token.");
    else if (!header.isEmpty())
        step.summary = Text::tr("A user name and password.");
    else if (!identity->certificate.isNull())
        step.summary = Text::tr("A client certificate.");
    else
        step.summary = Text::tr("None: requests are anonymous.");
}

void Examination::authenticate(Step &step)
{
    m_client = std::make_unique<kube::ApiClient>(withIdentity(m_config, *m_identity));
    const auto explained = [&](Error error) {
        if (error.httpStatus == 401)
            error = m_explain(std::move(error));
        if (const QString hint = kube::clockHint(m_clockAhead); error.httpStatus == 401 && !hint.isEmpty())
            error.remedy = hint + u' ' + error.remedy;
        return error;
    };
    const auto post = [&](const QString &group, const QString &kind, const QJsonObject &spec) {
        const QJsonObject review{
            {QStringLiteral("apiVersion"), group}, {QStringLiteral("kind"), kind}, {QStringLiteral("spec"), spec}};
        return m_patience.answer(m_client->send({.verb = "POST",
                                     .path = QStringLiteral("/apis/%1/%2s").arg(group, kind.toLower()),
                                     .body = QJsonDocument(review).toJson(QJsonDocument::Compact),
                                     .contentType = "application/json",
                                     .timeout = m_deadlines.request}),
            m_deadlines.request * 2);
    };
    if (m_version.isEmpty()) {
        if (const auto version =
                m_patience.answer(m_client->send({.path = QStringLiteral("/version"), .timeout = m_deadlines.request}),
                    m_deadlines.request * 2))
            m_version =
                QJsonDocument::fromJson(version->body).object().value(QLatin1StringView("gitVersion")).toString();
    }
    for (const char *version : {"v1", "v1beta1", "v1alpha1"}) {
        const Result<kube::Response> answer =
            post(QStringLiteral("authentication.k8s.io/") + QLatin1StringView(version),
                QStringLiteral("SelfSubjectReview"), {});
        if (answer) {
            const QJsonObject info = QJsonDocument::fromJson(answer->body)
                                         .object()
                                         .value(QLatin1StringView("status"))
                                         .toObject()
                                         .value(QLatin1StringView("userInfo"))
                                         .toObject();
            QStringList groups;
            for (const QJsonArray array = info.value(QLatin1StringView("groups")).toArray();
                const QJsonValue &group : array)
                groups.append(group.toString());
            step.summary =
                Text::tr("The server knows you as “%1”.").arg(info.value(QLatin1StringView("username")).toString());
            step.details.append(Text::tr("Groups: %1").arg(groups.join(QStringLiteral(", "))));
            return;
        }
        if (answer.error().httpStatus == 401 || answer.error().httpStatus == 0) {
            fail(step, explained(answer.error()));
            return;
        }
        if (answer.error().httpStatus != 404)
            break; // 403: it is served, but not to us
    }
    // Before 1.26 there is no such review. One that is answered shows that the credentials are good.
    const Result<kube::Response> access =
        post(QStringLiteral("authorization.k8s.io/v1"), QStringLiteral("SelfSubjectAccessReview"),
            {{QStringLiteral("nonResourceAttributes"),
                QJsonObject{{QStringLiteral("path"), QStringLiteral("/version")},
                    {QStringLiteral("verb"), QStringLiteral("get")}}}});
    if (!access) {
        const Error error = explained(access.error());
        fail(step, error);
        return;
    }
    step.summary = Text::tr("The server accepts your credentials.");
    step.details.append(m_version.isEmpty()
            ? Text::tr("It does not tell who you are to it (no SelfSubjectReview)")
            : Text::tr("Kubernetes %1 does not tell who you are to it (SelfSubjectReview came with 1.26)")
                  .arg(m_version));
}

void Examination::askPermissions(Step &step)
{
    const Result<kube::ServerApi> api = m_patience.answer(kube::discover(*m_client), m_deadlines.request * 2);
    if (!api) {
        fail(step, api.error());
        return;
    }
    struct Question {
        kube::Resource resource;
        QString ns;
        bool fixed = false; // watched in this namespace only, whatever is allowed
        QString key() const { return resource.kind; }
        QFuture<Result<kube::AccessAnswer>> list = {};
        QFuture<Result<kube::AccessAnswer>> watch = {};
    };
    kube::AccessReview review(*m_client);
    const auto ask = [&](const kube::Resource &resource, const QString &ns, bool fixed) {
        kube::AccessQuestion question{
            .verb = QStringLiteral("list"), .group = resource.group, .resource = resource.plural, .ns = ns};
        Question both{resource, ns, fixed, review.ask(question), {}};
        question.verb = QStringLiteral("watch");
        both.watch = review.ask(question);
        return both;
    };
    QList<Question> questions;
    QStringList notServed;
    for (const store::KindInfo &info : store::allKinds()) {
        const Result<kube::Resource> resource = api->find(QString::fromLatin1(info.group),
            QString::fromLatin1(info.apiKind), QString::fromLatin1(info.versions).split(u' '));
        const QString fixed = QString::fromLatin1(info.fixedNamespace);
        if (!resource)
            notServed.append(QString::fromLatin1(info.apiKind));
        else if (std::ranges::none_of(questions, // one right for all kinds that are ConfigMaps
                     [&](const Question &question) { return question.resource.kind == resource->kind; }))
            questions.append(ask(*resource, fixed, !fixed.isEmpty()));
    }
    QStringList forbidden;
    QStringList restricted;
    std::optional<Error> asking;
    const auto allowed = [&](const Question &question) {
        bool both = true;
        for (const auto &future : {question.list, question.watch}) {
            const Result<kube::AccessAnswer> answer = m_patience.answer(future, m_deadlines.request * 2);
            if (!answer)
                asking = answer.error();
            both = both && answer && answer->allowed;
        }
        if (both && !m_watchable) {
            m_watchable = question.resource;
            m_watchableNamespace = question.ns;
        }
        return both;
    };
    for (const Question &question : std::as_const(questions)) {
        if (allowed(question))
            continue;
        if (asking)
            break;
        if (!m_config.ns.isEmpty() && question.resource.namespaced && !question.fixed
            && allowed(ask(question.resource, m_config.ns, false)))
            restricted.append(question.resource.kind);
        else
            forbidden.append(question.resource.kind);
    }
    if (asking) {
        fail(step, *asking);
        return;
    }
    const int all = static_cast<int>(questions.size());
    for (const QString &kind : std::as_const(forbidden))
        step.details.append(Text::tr("%1: you may not list and watch it").arg(kind));
    for (const QString &kind : std::as_const(restricted))
        step.details.append(Text::tr("%1: in the namespace “%2” only").arg(kind, m_config.ns));
    if (!notServed.isEmpty())
        step.details.append(Text::tr("Not served by this cluster: %1").arg(notServed.join(QStringLiteral(", "))));
    if (forbidden.isEmpty() && restricted.isEmpty()) {
        step.summary = Text::tr("You may list and watch all %n kind(s).", nullptr, all);
        return;
    }
    const int missing = static_cast<int>(forbidden.size());
    warn(step,
        {.kind = Error::Kind::Forbidden,
            .what = missing == 0
                ? Text::tr("You may list and watch some kinds in the namespace “%1” only.").arg(m_config.ns)
                : Text::tr("You may not list and watch %1 of %n kind(s).", nullptr, all)
                      .arg(QLocale().toString(missing)),
            .remedy =
                Text::tr("Ask the cluster's administrator for a role with list and watch on them (the ClusterRole "
                         "“view” has most); what you may see is shown.")});
}

} // namespace kdra::doctor
