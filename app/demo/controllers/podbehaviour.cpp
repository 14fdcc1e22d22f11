// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/controllers/podbehaviour.h"

#include "demo/objects/json.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

QString commandLine(const QJsonObject &container)
{
    QStringList words;
    for (const QString &key : {u"command"_s, u"args"_s}) {
        for (const QJsonArray given = container.value(key).toArray(); const QJsonValue &word : given)
            words.append(word.toString());
    }
    return words.join(u' ');
}

} // namespace

Behaviour behaviourOf(const QJsonObject &container, const QString &arch, bool runsToEnd)
{
    using enum Behaviour::Kind;
    const QString image = textAt(container, u"image");
    if (image.endsWith(":broken"_L1) || image.contains("does-not-exist"_L1) || image.contains(".invalid/"_L1))
        return {BadImage, 0, 0};
    if (arch == "arm64"_L1 && (image.contains("-amd64"_L1) || image.contains("amd64-only"_L1)))
        return {WrongArch, 100, 255};
    static const QRegularExpression sleeping(u"\\bsleep\\s+(\\d+|infinity)"_s);
    static const QRegularExpression exiting(u"\\bexit\\s+(\\d+)"_s);
    const QString command = commandLine(container);
    const auto sleep = sleeping.match(command);
    const auto exit = exiting.match(command);
    const int milliseconds = sleep.hasMatch() ? std::min(sleep.captured(1).toInt(), 86400) * 1000 : 1500;
    for (const QJsonArray variables = container.value(u"env"_s).toArray(); const QJsonValue &variable : variables) {
        if (textAt(variable.toObject(), u"name") == "KDRA_DEMO_CRASH"_L1)
            return {Exit, 1500, std::max(1, textAt(variable.toObject(), u"value").toInt())};
    }
    if (exit.hasMatch())
        return {Exit, milliseconds, exit.captured(1).toInt()};
    if (command == "false"_L1 || command.endsWith(" false"_L1))
        return {Exit, milliseconds, 1};
    const bool forever = sleep.hasMatch() && sleep.captured(1) == "infinity"_L1;
    if ((runsToEnd || sleep.hasMatch()) && !forever)
        return {Exit, sleep.hasMatch() ? milliseconds : 3000, 0};
    return {};
}

int readinessDelay(const QJsonObject &container)
{
    const QJsonObject probe = container.value(u"readinessProbe"_s).toObject();
    if (probe.isEmpty())
        return 0;
    // The first probe comes within a period of the delay; nobody wants to watch more than three seconds of that.
    return std::clamp(probe.value(u"initialDelaySeconds"_s).toInt() * 1000, 700, 3000);
}

} // namespace kdra::demo
