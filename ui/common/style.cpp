// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/style.h"

#include "ui/common/theme.h"

#include <QFile>

namespace kdra::ui {

Style::Style()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

int Style::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ItemView_ShowDecorationSelected:
        return hint == SH_ItemView_ShowDecorationSelected;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
        return Metrics::iconSize;
    case PM_SplitterWidth:
        return 1;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QString styleSheet(const Palette &palette)
{
    QFile file(QStringLiteral(":/kdra/style.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<QLatin1StringView, QColor> colours[] = {
        // Longer names first: "panel2" contains "panel".
        {QLatin1StringView("@background"), palette.background},
        {QLatin1StringView("@panel2"), palette.panel2},
        {QLatin1StringView("@panel"), palette.panel},
        {QLatin1StringView("@line"), palette.line},
        {QLatin1StringView("@text"), palette.text},
        {QLatin1StringView("@dim"), palette.dim},
        {QLatin1StringView("@accentText"), palette.accentText},
        {QLatin1StringView("@accent"), palette.accent},
        {QLatin1StringView("@healthy"), palette.healthy},
        {QLatin1StringView("@warning"), palette.warning},
        {QLatin1StringView("@failing"), palette.failing},
    };
    for (const auto &[name, colour] : colours)
        sheet.replace(name, colour.name());
    return sheet;
}

} // namespace kdra::ui
