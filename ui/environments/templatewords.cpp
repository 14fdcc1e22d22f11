// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/templatewords.h"

#include "ui/common/icons.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace kdra::ui {

using environments::Source;
using environments::Template;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::Template)
};

constexpr std::array<QLatin1StringView, 7> categories{QLatin1StringView("Applications"), QLatin1StringView("Data"),
    QLatin1StringView("Messaging"), QLatin1StringView("Edge"), QLatin1StringView("Observability"),
    QLatin1StringView("Testing"), QLatin1StringView("Basics")};

} // namespace

QIcon templateIcon(const Theme &theme, const Template &of)
{
    return icon(theme, hasIcon(of.icon) ? of.icon : QStringLiteral("environments"));
}

QString categoryName(const QString &category)
{
    switch (categoryRank(category)) {
    case 0:
        return Words::tr("Applications");
    case 1:
        return Words::tr("Data");
    case 2:
        return Words::tr("Messaging");
    case 3:
        return Words::tr("Edge");
    case 4:
        return Words::tr("Observability");
    case 5:
        return Words::tr("Testing");
    case 6:
        return Words::tr("Basics");
    default:
        return category.isEmpty() ? Words::tr("Others") : category;
    }
}

int categoryRank(const QString &category)
{
    return static_cast<int>(std::ranges::find(categories, category) - categories.begin());
}

QStringList templateBadges(const Template &of)
{
    QStringList badges;
    if (of.edge)
        badges += Words::tr("edge");
    for (const QString &capability : of.capabilities) {
        if (capability == u"storage")
            badges += Words::tr("storage");
        else if (capability == u"ingress")
            badges += Words::tr("ingress");
        else
            badges += capability;
    }
    if (!of.clusterScoped.isEmpty())
        badges += Words::tr("cluster-wide");
    return badges;
}

QString sourceName(Source source)
{
    switch (source) {
    case Source::BuiltIn:
        break;
    case Source::Folder:
        return Words::tr("your folder");
    case Source::Cluster:
        return Words::tr("shared");
    case Source::Kustomize:
        return Words::tr("Kustomize");
    case Source::Helm:
        return Words::tr("Helm");
    }
    return {};
}

} // namespace kdra::ui
