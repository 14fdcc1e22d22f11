// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/patterns.h"

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {
constexpr QLatin1StringView limits = "(*LIMIT_MATCH=200000)(*LIMIT_DEPTH=20000)"_L1;
}

QRegularExpression patternOf(const QString &text, bool wholly)
{
    const qsizetype end = text.lastIndexOf(u'/');
    if (!text.startsWith(u'/') || end == 0)
        return QRegularExpression(limits + (wholly ? QRegularExpression::anchoredPattern(text) : text));
    QRegularExpression::PatternOptions options;
    const QStringView flags = QStringView(text).sliced(end + 1);
    options.setFlag(QRegularExpression::CaseInsensitiveOption, flags.contains(u'i'));
    options.setFlag(QRegularExpression::MultilineOption, flags.contains(u'm'));
    options.setFlag(QRegularExpression::DotMatchesEverythingOption, flags.contains(u's'));
    return QRegularExpression(limits + text.sliced(1, end - 1), options);
}

QRegularExpression harmlessPatternOf(const QString &text)
{
    const QRegularExpression pattern = patternOf(text);
    static const QRegularExpression nothing(u"(?!)"_s);
    return pattern.isValid() ? pattern : nothing;
}

} // namespace kdra::metrics
