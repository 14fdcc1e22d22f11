// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secretstore.h"

#include <QCoreApplication>
#include <QPromise>

#include <qt6keychain/keychain.h>

#include <memory>

namespace kdra::secretstore {
namespace {

Error errorOf(const QKeychain::Job &job)
{
    const bool missing = job.error() == QKeychain::EntryNotFound;
    return Error{
        .kind = missing ? Error::Kind::NotFound : Error::Kind::Local,
        .what = missing
            ? QCoreApplication::translate("secretstore", "The keychain holds no secret under this name.")
            : QCoreApplication::translate("secretstore", "The keychain did not answer: %1.").arg(job.errorString()),
        .where = job.key(),
        .remedy = missing ? QString()
                          : QCoreApplication::translate("secretstore",
                                "Start and unlock a Secret Service (GNOME Keyring, KWallet), then try again."),
    };
}

template <class T, class Job, class Answer> QFuture<Result<T>> run(Job *job, const QString &key, Answer answer)
{
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    job->setKey(key);
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, [promise, answer](QKeychain::Job *done) {
        promise->addResult(answer(*static_cast<Job *>(done)));
        promise->finish();
    });
    job->start();
    return promise->future();
}

Result<void> done(const QKeychain::Job &job)
{
    if (job.error() != QKeychain::NoError)
        return std::unexpected(errorOf(job));
    return {};
}

} // namespace

QFuture<Result<void>> write(const QString &key, const QByteArray &secret)
{
    auto *job = new QKeychain::WritePasswordJob(QStringLiteral("kdra"));
    job->setBinaryData(secret);
    return run<void>(job, key, [](const QKeychain::WritePasswordJob &finished) { return done(finished); });
}

QFuture<Result<QByteArray>> read(const QString &key)
{
    return run<QByteArray>(new QKeychain::ReadPasswordJob(QStringLiteral("kdra")), key,
        [](const QKeychain::ReadPasswordJob &job) -> Result<QByteArray> {
            if (job.error() != QKeychain::NoError)
                return std::unexpected(errorOf(job));
            return job.binaryData();
        });
}

QFuture<Result<void>> remove(const QString &key)
{
    return run<void>(new QKeychain::DeletePasswordJob(QStringLiteral("kdra")), key,
        [](const QKeychain::DeletePasswordJob &job) -> Result<void> {
            return job.error() == QKeychain::EntryNotFound ? Result<void>() : done(job);
        });
}

} // namespace kdra::secretstore
