// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/queryhelp.h"

#include "models/query.h"
#include "ui/common/widgets.h"

#include <QGridLayout>

namespace kdra::ui {

namespace {

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

QueryHelp::QueryHelp(const Theme &theme, const QList<models::Column> &columns, QWidget *parent)
    : QFrame(parent, Qt::Popup)
{
    setObjectName(QStringLiteral("popover"));
    setAccessibleName(tr("How to filter"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(Metrics::space4, Metrics::space3, Metrics::space4, Metrics::space4);
    grid->setHorizontalSpacing(Metrics::space5);
    grid->setVerticalSpacing(Metrics::space1);
    QStringList spoken;
    const auto add = [&](const QString &example, const QString &meaning) {
        const int row = grid->rowCount();
        grid->addWidget(makeLabel(theme, Theme::FontRole::Mono, example), row, 0);
        grid->addWidget(makeLabel(theme, Theme::FontRole::Body, meaning), row, 1);
        spoken.append(example + QStringLiteral(": ") + meaning);
    };
    grid->addWidget(makeSectionTitle(theme, tr("Rows that satisfy every term")), 0, 0, 1, 2);
    add(QStringLiteral("web  \"two words\""), tr("the text is anywhere in the row"));
    add(QStringLiteral("status:Running"), tr("is exactly that (also =; letters of either case)"));
    add(QStringLiteral("status:Running,Pending"), tr("is one of these"));
    add(QStringLiteral("status!=Running"), tr("is not that"));
    add(QStringLiteral("name~pi-  name!~pi-"), tr("contains it; does not contain it"));
    add(QStringLiteral("age>2h  cpu>=500m  memory<1Gi"), tr("compares, with units: s m h d w, m, Ki Mi Gi"));
    add(QStringLiteral("label:app=web  label:app"), tr("has the label with this value; has the label"));
    add(QStringLiteral("-web  -status:Running"), tr("not"));
    QStringList keys;
    for (const models::Column &column : columns) {
        const QStringList aliases = toText(column.aliases).split(u' ', Qt::SkipEmptyParts);
        const QString key = toText(column.key);
        keys.append(aliases.isEmpty() ? key : key + QStringLiteral(" (%1)").arg(aliases.join(QStringLiteral(", "))));
    }
    grid->addWidget(makeSectionTitle(theme, tr("Columns of this table")), grid->rowCount(), 0, 1, 2);
    QLabel *list = makeLabel(theme, Theme::FontRole::Body, keys.join(QStringLiteral(" · ")));
    list->setWordWrap(true);
    list->setMinimumWidth(480);
    grid->addWidget(list, grid->rowCount(), 0, 1, 2);
    grid->addWidget(makeLabel(theme, Theme::FontRole::Small,
                        tr("Tab completes. Down shows what was asked before. Return goes to the table."), true),
        grid->rowCount(), 0, 1, 2);
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
}

void QueryHelp::openUnder(const QWidget &box)
{
    adjustSize();
    QPoint place = box.mapToGlobal(QPoint(0, box.height() + Metrics::space1));
    // Within the window: its right edge may be the screen's.
    const QWidget &window = *box.window();
    const int right = window.mapToGlobal(QPoint(window.width(), 0)).x() - Metrics::space2;
    place.setX(qMin(place.x(), right - width()));
    move(place);
    show();
    setFocus();
}

} // namespace kdra::ui
