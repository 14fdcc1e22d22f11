// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/lifting.h"

#include "environments/jsonedit.h"
#include "environments/kinds.h"
#include "environments/parameters.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

constexpr qsizetype MaxLifted = 60; // more make no form that anybody fills in
constexpr qsizetype LongestSecret = 128;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::SaveAs)
};

// "web-db" and "image" -> "webDbImage".
QString camelCase(const QString &text)
{
    QString result;
    bool upper = false;
    for (const QChar c : text) {
        if (c.unicode() >= 0x80 || !c.isLetterOrNumber()) {
            upper = !result.isEmpty();
            continue;
        }
        if (result.isEmpty() && !c.isLetter())
            continue;
        result += result.isEmpty() ? c.toLower() : upper ? c.toUpper() : c;
        upper = false;
    }
    return result.isEmpty() ? QStringLiteral("value") : result.left(50);
}

// Whether random letters can take the place of what is there: not for certificates, files, or URLs.
bool canBeMadeUp(const QByteArray &value)
{
    const QByteArray text = value.trimmed();
    return !text.isEmpty() && text.size() <= LongestSecret && text.isValidUtf8() && !text.contains('\n')
        && !text.contains("://");
}

} // namespace

QString Lifting::add(Parameter parameter)
{
    if (parameter.type != ParameterType::Secret
        && (m_parameters.size() >= MaxLifted || !problemOf(parameter, parameter.defaultValue).isEmpty()))
        return {};
    const QString wanted = parameter.name;
    for (int number = 2; std::ranges::contains(m_parameters, parameter.name, &Parameter::name); ++number)
        parameter.name = wanted + QString::number(number);
    m_parameters.append(parameter);
    return QStringLiteral("${") + parameter.name + QLatin1Char('}');
}

void Lifting::need(const QString &capability)
{
    if (!m_capabilities.contains(capability))
        m_capabilities.append(capability);
}

void Lifting::liftPods(QJsonObject &podSpec, const QString &workload)
{
    for (const L list : {L("containers"), L("initContainers")}) {
        const bool alone = list == L("containers") && podSpec.value(list).toArray().size() == 1;
        eachOf(podSpec, list, [&](QJsonObject &container) {
            const QString name = container.value(L("name")).toString();
            const QString shown = alone || name == workload ? workload : workload + QLatin1Char(' ') + name;
            const QString placeholder = add({.name = camelCase(shown + QStringLiteral(" image")),
                .title = Text::tr("Image of %1").arg(shown.left(60)),
                .type = ParameterType::Image,
                .defaultValue = container.value(L("image"))});
            if (!placeholder.isEmpty())
                container.insert(L("image"), placeholder);
        });
    }
}

void Lifting::liftReplicas(QJsonObject &spec, const QString &workload)
{
    if (!spec.value(L("replicas")).isDouble())
        return;
    const QString placeholder = add({.name = camelCase(workload + QStringLiteral(" replicas")),
        .title = Text::tr("Replicas of %1").arg(workload.left(60)),
        .type = ParameterType::Integer,
        .defaultValue = spec.value(L("replicas")),
        .minimum = QStringLiteral("0"),
        .maximum = QStringLiteral("100")});
    if (!placeholder.isEmpty())
        spec.insert(L("replicas"), placeholder);
}

void Lifting::liftClaim(QJsonObject &claim, const QString &name)
{
    need(QStringLiteral("storage"));
    at(claim, L("spec"), [&](QJsonObject &spec) {
        at(spec, L("resources"), [&](QJsonObject &resources) {
            at(resources, L("requests"), [&](QJsonObject &requests) {
                const QString placeholder = add({.name = camelCase(name + QStringLiteral(" size")),
                    .title = Text::tr("Size of %1").arg(name.left(60)),
                    .type = ParameterType::Quantity,
                    .defaultValue = requests.value(L("storage"))});
                if (!placeholder.isEmpty())
                    requests.insert(L("storage"), placeholder);
            });
        });
    });
}

QString Lifting::host(const QString &found)
{
    if (m_host.isEmpty())
        m_host = found;
    if (found == m_host)
        return QStringLiteral("${environment.host}");
    if (!m_hosts.contains(found)) {
        const QString placeholder = add({.name = QStringLiteral("host"),
            .title = Text::tr("Host instead of %1").arg(found.left(60)),
            .type = ParameterType::String,
            .defaultValue = found,
            .pattern = QStringLiteral(R"((\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?)")});
        m_hosts.insert(found, placeholder.isEmpty() ? found : placeholder);
    }
    return m_hosts.value(found);
}

void Lifting::liftHosts(QJsonObject &ingress)
{
    need(QStringLiteral("ingress"));
    at(ingress, L("spec"), [this](QJsonObject &spec) {
        eachOf(spec, L("rules"), [this](QJsonObject &rule) {
            if (const QString found = rule.value(L("host")).toString(); !found.isEmpty())
                rule.insert(L("host"), host(found));
        });
        eachOf(spec, L("tls"), [this](QJsonObject &tls) {
            QJsonArray hosts;
            for (const auto array = tls.value(L("hosts")).toArray(); const QJsonValue &one : array)
                hosts.append(host(one.toString()));
            if (!hosts.isEmpty())
                tls.insert(L("hosts"), hosts);
        });
    });
    if (!m_host.isEmpty()) // without one there is nothing to serve
        ingress.insert(L("$when"), QStringLiteral("environment.host"));
}

void Lifting::liftSecret(QJsonObject &secret, const QString &name)
{
    QJsonObject made;
    const auto take = [&](const QString &key, const QByteArray &value) {
        if (!canBeMadeUp(value)) {
            m_notes.append(
                Text::tr("“%1” of the Secret %2 is left out: its content cannot be made up. Add it to the template.")
                    .arg(key, name));
            return;
        }
        made.insert(key,
            add({.name = camelCase(name + QLatin1Char(' ') + key),
                .title = Text::tr("%1 of Secret %2", "a key of a Secret").arg(key.left(40), name.left(40)),
                .type = ParameterType::Secret,
                .length = 24}));
    };
    const QJsonObject data = secret.value(L("data")).toObject();
    for (auto one = data.begin(); one != data.end(); ++one)
        take(one.key(), QByteArray::fromBase64(one->toString().toLatin1()));
    const QJsonObject stringData = secret.value(L("stringData")).toObject();
    for (auto one = stringData.begin(); one != stringData.end(); ++one) {
        if (!made.contains(one.key()))
            take(one.key(), one->toString().toUtf8());
    }
    secret.remove(L("data"));
    secret.remove(L("stringData"));
    if (!made.isEmpty())
        secret.insert(L("stringData"), made);
}

QJsonObject Lifting::lift(QJsonObject object)
{
    const QString kind = kindName(object);
    // "${environment.name}-web" is "web" in the names and titles of parameters.
    QString name = object.value(L("metadata")).toObject().value(L("name")).toString().remove(L("${environment.name}"));
    if (name.startsWith(QLatin1Char('-')))
        name.remove(0, 1);
    const auto liftTemplate = [&](QJsonObject &of) {
        at(of, L("template"),
            [&](QJsonObject &pods) { at(pods, L("spec"), [&](QJsonObject &spec) { liftPods(spec, name); }); });
    };
    if (kind == L("Secret")) {
        liftSecret(object, name);
    } else if (kind == L("PersistentVolumeClaim")) {
        liftClaim(object, name);
    } else if (kind.startsWith(L("Ingress."))) {
        liftHosts(object);
    } else if (kind == L("Pod")) {
        at(object, L("spec"), [&](QJsonObject &spec) { liftPods(spec, name); });
    } else if (kind == L("CronJob.batch")) {
        at(object, L("spec"), [&](QJsonObject &spec) {
            at(spec, L("jobTemplate"), [&](QJsonObject &job) { at(job, L("spec"), liftTemplate); });
        });
    } else if (kind == L("Job.batch") || kind.endsWith(L(".apps"))) {
        at(object, L("spec"), [&](QJsonObject &spec) {
            liftReplicas(spec, name);
            liftTemplate(spec);
            eachOf(spec, L("volumeClaimTemplates"), [&](QJsonObject &claim) {
                const QString own = claim.value(L("metadata")).toObject().value(L("name")).toString();
                liftClaim(claim, own == name ? name : name + QLatin1Char(' ') + own);
            });
        });
    }
    return object;
}

} // namespace kdra::environments
