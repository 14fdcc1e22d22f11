// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metricsources.h"

#include "store/clusterstore.h"
#include "store/labels.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace kdra::ui {

QList<metrics::ServiceFacts> servicesOf(const store::Snapshot &snapshot)
{
    QList<metrics::ServiceFacts> services;
    snapshot.table<store::Kind::Service>().forEach([&](const auto &service) {
        metrics::ServiceFacts facts{.ns = store::toQString(snapshot.view(service->meta.ns)),
            .name = store::toQString(service.name()),
            .ports = metrics::portsOf(store::toQString(service.text(service->ports)))};
        store::forLabels(snapshot.view(service->meta.labels), [&](std::string_view key, std::string_view value) {
            facts.labels.insert(store::toQString(key), store::toQString(value));
        });
        services.append(facts);
    });
    return services;
}

QString metricsSetting(store::ClusterStore *cluster, const QString &what)
{
    const QByteArray name = cluster
        ? cluster->client().server().toString(QUrl::RemoveUserInfo).toUtf8() + '\n' + cluster->name().toUtf8()
        : QByteArray();
    const QByteArray hash = QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().first(32);
    return u"metrics/%1/%2"_s.arg(QString::fromLatin1(hash), what);
}

metrics::Choice keptChoice(const QString &setting)
{
    const QByteArray kept = QSettings().value(setting).toByteArray();
    return metrics::Choice::fromJson(QJsonDocument::fromJson(kept).object()).value_or(metrics::Choice());
}

void keepChoice(const QString &setting, const metrics::Choice &choice)
{
    QSettings().setValue(setting, QJsonDocument(choice.toJson()).toJson(QJsonDocument::Compact));
}

QFuture<Result<metrics::Secrets>> SourceSecrets::read(metrics::Login login, const QString &setting) const
{
    if (login == metrics::Login::None)
        return QtFuture::makeReadyValueFuture(Result<metrics::Secrets>(metrics::Secrets()));
    if (const auto known = m_known.constFind(setting); known != m_known.cend())
        return QtFuture::makeReadyValueFuture(Result<metrics::Secrets>(*known));
    return metrics::readSecrets(setting);
}

QFuture<Result<void>> SourceSecrets::write(const metrics::Secrets &secrets, const QString &setting)
{
    m_known.insert(setting, secrets);
    return metrics::writeSecrets(setting, secrets);
}

} // namespace kdra::ui
