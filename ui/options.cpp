// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace kdra::ui {

namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(Options)
};

// --exit-after-sync takes a number or none: QCommandLineParser knows only options that do, and ones that do not.
void giveExitAfterSyncItsValue(QStringList &arguments)
{
    const QString name = QStringLiteral("--exit-after-sync");
    const qsizetype at = arguments.indexOf(name);
    if (at < 0)
        return;
    bool isNumber = false;
    arguments.value(at + 1).toInt(&isNumber);
    if (isNumber)
        arguments[at] += u'=' + arguments.takeAt(at + 1);
    else
        arguments[at] += QStringLiteral("=0");
}

std::optional<QSize> parseSize(const QString &text)
{
    const qsizetype x = text.indexOf(u'x');
    bool okWidth = false;
    bool okHeight = false;
    const QStringView view(text);
    const QSize size(view.left(x).toInt(&okWidth), view.mid(x + 1).toInt(&okHeight));
    return x > 0 && okWidth && okHeight && size.width() >= 320 && size.height() >= 240 ? std::optional(size)
                                                                                       : std::nullopt;
}

} // namespace

QStringList pageNames()
{
    return {QStringLiteral("topology"), QStringLiteral("environments"), QStringLiteral("metrics"),
        QStringLiteral("nodes"), QStringLiteral("workloads"), QStringLiteral("network"), QStringLiteral("events")};
}

std::expected<Options, Usage> parseOptions(QStringList arguments)
{
    giveExitAfterSyncItsValue(arguments);
    const QCommandLineOption demo(QStringLiteral("demo"), Text::tr("Start and show the demo cluster."));
    const QCommandLineOption kubeconfig(
        QStringLiteral("kubeconfig"), Text::tr("Use this kubeconfig file."), QStringLiteral("FILE"));
    const QCommandLineOption context(
        QStringLiteral("context"), Text::tr("Connect to this context of the kubeconfig."), QStringLiteral("NAME"));
    const QCommandLineOption doctor(QStringLiteral("doctor"),
        Text::tr("Examine the connection without a window, print what was found, and end: with 0 when all is in order, "
                 "with 1 when something is wrong."));
    const QCommandLineOption page(QStringLiteral("page"),
        Text::tr("Begin with this page: %1.").arg(pageNames().join(QStringLiteral(", "))), QStringLiteral("NAME"));
    const QCommandLineOption select(QStringLiteral("select"),
        Text::tr("Select this object once everything is loaded, for example node/pi-001 or deployment/shop/web."),
        QStringLiteral("KIND/[NAMESPACE/]NAME"));
    const QCommandLineOption size(
        QStringLiteral("size"), Text::tr("Size of the window, for example 1600x1000."), QStringLiteral("WxH"));
    const QCommandLineOption theme(
        QStringLiteral("theme"), Text::tr("Colours: light, dark or system."), QStringLiteral("NAME"));
    const QCommandLineOption language(
        QStringLiteral("language"), Text::tr("Language, for example de."), QStringLiteral("CODE"));
    const QCommandLineOption screenshot(QStringLiteral("screenshot"),
        Text::tr("Once everything is loaded, write a picture of each page into this folder and end."),
        QStringLiteral("FOLDER"));
    const QCommandLineOption report(QStringLiteral("report"),
        Text::tr("At the end, write what was measured into this file, as JSON."), QStringLiteral("FILE"));
    const QCommandLineOption exitAfterSync(QStringLiteral("exit-after-sync"),
        Text::tr("End this many seconds after everything was loaded (0 when left out)."), QStringLiteral("SECONDS"));

    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Control panel for Kubernetes clusters with Raspberry Pi edge nodes."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addOptions(
        {demo, kubeconfig, context, doctor, page, select, size, theme, language, screenshot, report, exitAfterSync});

    const auto wrong = [&](const QString &text) {
        return std::unexpected(Usage{text + QStringLiteral("\n\n") + parser.helpText(), 2});
    };
    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    if (parser.isSet(help))
        return std::unexpected(Usage{parser.helpText(), 0});
    if (parser.isSet(version)) {
        const QString text = QCoreApplication::applicationName() + u' ' + QCoreApplication::applicationVersion();
        return std::unexpected(Usage{text, 0});
    }
    if (!parser.positionalArguments().isEmpty())
        return wrong(Text::tr("Unexpected argument: %1").arg(parser.positionalArguments().constFirst()));

    Options options;
    options.demo = parser.isSet(demo);
    options.doctor = parser.isSet(doctor);
    options.kubeconfig = parser.value(kubeconfig);
    options.context = parser.value(context);
    options.page = parser.value(page);
    options.language = parser.value(language);
    options.screenshots = parser.value(screenshot);
    options.report = parser.value(report);
    if (options.demo && !options.kubeconfig.isEmpty())
        return wrong(Text::tr("--demo and --kubeconfig exclude each other."));
    if (!options.page.isEmpty() && !pageNames().contains(options.page))
        return wrong(Text::tr("There is no page %1.").arg(options.page));
    if (parser.isSet(select)) {
        options.select = models::ObjectPath::parse(parser.value(select));
        if (!options.select)
            return wrong(Text::tr("--select takes a kind and a name, for example node/pi-001 or deployment/shop/web."));
    }
    if (parser.isSet(size)) {
        options.size = parseSize(parser.value(size));
        if (!options.size)
            return wrong(Text::tr("--size takes width and height, at least 320x240."));
    }
    if (parser.isSet(theme)) {
        const QString name = parser.value(theme);
        if (name == QLatin1StringView("light"))
            options.theme = Theme::Scheme::Light;
        else if (name == QLatin1StringView("dark"))
            options.theme = Theme::Scheme::Dark;
        else if (name == QLatin1StringView("system"))
            options.theme = Theme::Scheme::System;
        else
            return wrong(Text::tr("--theme takes light, dark or system."));
    }
    if (parser.isSet(exitAfterSync)) {
        bool ok = false;
        const int seconds = parser.value(exitAfterSync).toInt(&ok);
        if (!ok || seconds < 0)
            return wrong(Text::tr("--exit-after-sync takes a number of seconds."));
        options.exitAfterSync = std::chrono::seconds(seconds);
    }
    return options;
}

} // namespace kdra::ui
