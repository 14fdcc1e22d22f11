// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/series.h"

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestLegend = 200;

QString quoted(const QString &value)
{
    QString text = value;
    text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
    return u'"' + text + u'"';
}

QString shortened(QString text)
{
    if (text.size() > longestLegend)
        text = text.first(longestLegend - 1) + u'…';
    return text;
}
}

QString textOf(const Labels &labels)
{
    QStringList pairs;
    for (auto it = labels.begin(); it != labels.end(); ++it)
        if (it.key() != "__name__"_L1)
            pairs += it.key() + u'=' + quoted(it.value());
    const QString name = labels.value(u"__name__"_s);
    return pairs.isEmpty() && !name.isEmpty() ? name : name + u'{' + pairs.join(u", "_s) + u'}';
}

QString legendOf(const Labels &labels, const QString &legend)
{
    if (legend.isEmpty())
        return shortened(textOf(labels));
    QString text;
    qsizetype at = 0;
    while (text.size() <= longestLegend) {
        const qsizetype open = legend.indexOf("{{"_L1, at);
        const qsizetype close = open < 0 ? -1 : legend.indexOf("}}"_L1, open + 2);
        if (close < 0) {
            text += QStringView(legend).sliced(at);
            break;
        }
        text += QStringView(legend).sliced(at, open - at);
        text += labels.value(QStringView(legend).sliced(open + 2, close - open - 2).trimmed().toString());
        at = close + 2;
    }
    return shortened(text);
}

} // namespace kdra::metrics
