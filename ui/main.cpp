// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctorrun.h"
#include "ui/mainwindow.h"
#include "ui/measurements.h"
#include "ui/options.h"
#include "ui/session.h"
#include "ui/unattended.h"
#include "version.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QSettings>
#include <QTranslator>

#include <cstdio>

using namespace kdra;

namespace {

// Translations are needed before the options are parsed: their texts are translated too.
QLocale localeFrom(const QStringList &arguments)
{
    const qsizetype at = arguments.indexOf(QStringLiteral("--language"));
    for (const QString &argument : arguments) {
        if (argument.startsWith(QLatin1StringView("--language=")))
            return QLocale(argument.section(u'=', 1));
    }
    return at >= 0 && at + 1 < arguments.size() ? QLocale(arguments[at + 1]) : QLocale::system();
}

void install(QTranslator &translator, const QLocale &locale, const QString &name, const QString &folder)
{
    if (translator.load(locale, name, QStringLiteral("_"), folder))
        QCoreApplication::installTranslator(&translator);
}

ui::Theme::Scheme schemeFrom(const ui::Options &options)
{
    if (options.theme)
        return *options.theme;
    bool known = false;
    const QByteArray name = QSettings().value(QStringLiteral("theme")).toByteArray();
    const int value = QMetaEnum::fromType<ui::Theme::Scheme>().keyToValue(name.constData(), &known);
    return known ? static_cast<ui::Theme::Scheme>(value) : ui::Theme::Scheme::System;
}

void openFirst(ui::Session &session, const ui::Options &options)
{
    if (options.demo)
        session.openDemo();
    else if (!options.kubeconfig.isEmpty())
        session.openKubeconfig({options.kubeconfig}, options.context);
    else if (ui::Session::hasDefaultKubeconfig() || !options.context.isEmpty())
        session.openKubeconfig({}, options.context);
}

} // namespace

int main(int argc, char **argv)
{
    const auto start = ui::Measurements::Clock::now();
    // The doctor works without a display, too.
    const auto isDoctor = [](const char *argument) { return qstrcmp(argument, "--doctor") == 0; };
    if (std::any_of(argv, argv + argc, isDoctor) && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("kdra"));
    QApplication::setApplicationDisplayName(QStringLiteral("KDRA"));
    QApplication::setApplicationVersion(QString::fromUtf16(kdraVersion));
    QApplication::setOrganizationName(QStringLiteral("kdra"));
    QApplication::setDesktopFileName(QStringLiteral("dev.kdra.kdra"));

    const QLocale locale = localeFrom(QApplication::arguments());
    QLocale::setDefault(locale);
    QTranslator qtTexts;
    QTranslator texts;
    install(qtTexts, locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(texts, locale, QStringLiteral("kdra"), QStringLiteral(":/kdra/translations"));

    const std::expected<ui::Options, ui::Usage> options = ui::parseOptions(QApplication::arguments());
    if (!options) {
        std::fputs(qPrintable(options.error().text + u'\n'), options.error().status == 0 ? stdout : stderr);
        return options.error().status;
    }

    if (options->doctor)
        return ui::runDoctor(*options);

    ui::Session session;
    session.theme().apply(application);
    session.theme().setScheme(schemeFrom(*options));
    ui::MainWindow window(session);
    window.resize(options->size.value_or(QSize(1600, 1000)));
    if (!options->isUnattended())
        window.restore();
    if (options->size)
        window.resize(*options->size);
    if (!options->page.isEmpty())
        window.showPage(static_cast<int>(ui::pageNames().indexOf(options->page)));

    std::unique_ptr<ui::Measurements> measurements;
    if (!options->report.isEmpty())
        measurements = std::make_unique<ui::Measurements>(session, window, start);
    openFirst(session, *options);
    if (options->select) {
        QObject::connect(
            &session, &ui::Session::synced, &window,
            [&session, path = *options->select] {
                const models::Item item = models::objectAt(*session.models().snapshot(), path);
                session.selection().set(item);
                if (item.isNull())
                    std::fputs(qPrintable(QCoreApplication::translate("kdra::ui::Main", "There is no %1 %2.\n")
                                       .arg(store::kindName(path.kind), path.name)),
                        stderr);
            },
            Qt::SingleShotConnection);
    }
    std::unique_ptr<ui::Unattended> unattended;
    if (options->isUnattended())
        unattended = std::make_unique<ui::Unattended>(session, window, *options);
    window.show();

    int status = QApplication::exec();
    if (!options->isUnattended()) {
        // A person closed the window: the status says whether it was connected then.
        const store::ClusterStore *store = session.current();
        status = store && store->connection() == store::ClusterStore::Connection::Connected ? 0 : 1;
    }
    if (measurements) {
        if (const Result<void> written = measurements->write(options->report); !written) {
            std::fputs(qPrintable(written.error().text() + u'\n'), stderr);
            status = status == 0 ? 1 : status;
        }
    }
    return status;
}
