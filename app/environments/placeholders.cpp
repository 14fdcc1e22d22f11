// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/placeholders.h"

#include <QCoreApplication>

#include <algorithm>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Template)
};

void append(QList<Piece> &pieces, QStringView literal)
{
    if (literal.isEmpty())
        return;
    if (pieces.isEmpty() || pieces.constLast().placeholder)
        pieces.append(Piece{});
    pieces.last().text += literal;
}

} // namespace

bool isParameterName(QStringView name)
{
    return !name.isEmpty() && name.size() <= 63 && name.front() >= u'a' && name.front() <= u'z'
        && std::ranges::all_of(name, [](QChar c) { return c.unicode() < 0x80 && c.isLetterOrNumber(); });
}

bool isEnvironmentName(QStringView name)
{
    return name == L("environment.name") || name == L("environment.whole") || name == L("environment.namespace")
        || name == L("environment.owner") || name == L("environment.host");
}

std::expected<QList<Piece>, QString> piecesOf(const QString &text)
{
    QList<Piece> pieces;
    const QStringView all = text;
    qsizetype from = 0;
    for (qsizetype at = all.indexOf(L("${")); at >= 0; at = all.indexOf(L("${"), from)) {
        if (at > from && all[at - 1] == u'$') {
            append(pieces, all.sliced(from, at - 1 - from));
            append(pieces, all.sliced(at, 2));
            from = at + 2;
            continue;
        }
        append(pieces, all.sliced(from, at - from));
        const qsizetype end = all.indexOf(u'}', at);
        const QStringView name = end < 0 ? all.sliced(at + 2) : all.sliced(at + 2, end - at - 2);
        if (end < 0 || !(isParameterName(name) || isEnvironmentName(name)))
            return std::unexpected(
                Text::tr("“${%1” is not a placeholder. Write ${name}, or $${ where ${ itself is meant.")
                    .arg(name.left(60).toString() + (end < 0 ? QString() : QStringLiteral("}"))));
        pieces.append(Piece{.text = name.toString(), .placeholder = true});
        from = end + 1;
    }
    append(pieces, all.sliced(from));
    return pieces;
}

QString escaped(QString literal)
{
    return literal.replace(L("${"), L("$${"));
}

} // namespace kdra::environments
