// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctorrun.h"

#include "demo/democluster.h"
#include "doctor/doctor.h"
#include "kube/kubeconfig.h"

#include <QCoreApplication>

#include <cstdio>

namespace kdra::ui {

namespace {

// Nothing is shown while this waits: no window exists.
Result<kube::ClientConfig> configOf(const Options &options, demo::DemoCluster &demo)
{
    if (options.demo) {
        if (const Result<QUrl> started = demo.start(); !started)
            return std::unexpected(started.error());
        return demo.clientConfig();
    }
    const QStringList files =
        options.kubeconfig.isEmpty() ? kube::Kubeconfig::defaultFiles() : QStringList{options.kubeconfig};
    return kube::Kubeconfig::load(files).and_then(
        [&](const kube::Kubeconfig &kubeconfig) { return kubeconfig.resolve(options.context); });
}

void print(std::FILE *stream, const QString &text)
{
    std::fputs(qPrintable(text), stream);
    std::fflush(stream);
}

} // namespace

int runDoctor(const Options &options)
{
    demo::DemoCluster demo;
    const Result<kube::ClientConfig> config = configOf(options, demo);
    if (!config) {
        print(stderr, config.error().text() + u'\n');
        return 2;
    }
    doctor::Doctor doctor;
    QObject::connect(&doctor, &doctor::Doctor::finished, &doctor, [&doctor] {
        print(stdout, doctor.text());
        QCoreApplication::exit(doctor.isHealthy() ? 0 : 1);
    });
    doctor.run(*config);
    return QCoreApplication::exec();
}

} // namespace kdra::ui
