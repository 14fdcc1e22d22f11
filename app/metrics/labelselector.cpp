// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/candidates.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::LabelSelector)
};

// At the commas outside of parentheses.
QStringList requirementsOf(const QString &selector)
{
    QStringList requirements;
    int depth = 0;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= selector.size(); ++i) {
        if (i < selector.size() && selector[i] == u'(')
            ++depth;
        else if (i < selector.size() && selector[i] == u')')
            --depth;
        else if (i == selector.size() || (selector[i] == u',' && depth == 0)) {
            requirements += selector.sliced(start, i - start).trimmed();
            start = i + 1;
        }
    }
    return requirements;
}

} // namespace

// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
Result<bool> selects(const QString &selector, const Labels &labels)
{
    if (selector.trimmed().isEmpty())
        return true;
    static const QRegularExpression set(u"^([A-Za-z0-9./_-]+)\\s+(in|notin)\\s*\\(([^()]*)\\)$"_s);
    static const QRegularExpression equality(u"^([A-Za-z0-9./_-]+)\\s*(==|!=|=)\\s*([A-Za-z0-9._-]*)$"_s);
    static const QRegularExpression existence(u"^(!?)\\s*([A-Za-z0-9./_-]+)$"_s);
    bool selected = true;
    for (const auto requirements = requirementsOf(selector); const QString &requirement : requirements) {
        if (const auto match = set.match(requirement); match.hasMatch()) {
            QStringList values = match.captured(3).split(u',');
            for (QString &value : values)
                value = value.trimmed();
            const auto label = labels.constFind(match.captured(1));
            const bool in = label != labels.constEnd() && values.contains(*label);
            selected = selected && in == (match.captured(2) == "in"_L1);
        } else if (const auto equal = equality.match(requirement); equal.hasMatch()) {
            const auto label = labels.constFind(equal.captured(1));
            const bool same = label != labels.constEnd() && *label == equal.captured(3);
            selected = selected && same == (equal.captured(2) != "!="_L1);
        } else if (const auto exists = existence.match(requirement); exists.hasMatch()) {
            selected = selected && labels.contains(exists.captured(2)) == exists.captured(1).isEmpty();
        } else {
            return std::unexpected(Error{.kind = Error::Kind::Configuration,
                .what = Text::tr("“%1” is no requirement of a label selector.").arg(requirement),
                .where = selector,
                .remedy = Text::tr("Write it as app=prometheus, or app in (prometheus,thanos).")});
        }
    }
    return selected;
}

} // namespace kdra::metrics
