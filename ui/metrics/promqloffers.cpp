// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/promqloffers.h"

#include "ui/common/theme.h"

#include <QPainter>

namespace kdra::ui {
namespace {

constexpr int widestText = 340;
constexpr int narrowestText = 120;
constexpr int widestHelp = 360;
constexpr int rowHeight = 22;

} // namespace

void OfferModel::setOffers(const QList<metrics::PromOffer> &offers)
{
    if (offers == m_offers)
        return;
    // Another list altogether: nothing of it is selected or remembered.
    beginResetModel();
    m_offers = offers;
    endResetModel();
}

int OfferModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_offers.size());
}

QVariant OfferModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const metrics::PromOffer &offer = m_offers[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return offer.text;
    case Qt::ToolTipRole:
        return offer.help.isEmpty() ? QString() : Qt::convertFromPlainText(offer.help);
    case Qt::AccessibleTextRole:
        return tr("%1, %2", "a completion and its type").arg(offer.text, offer.type);
    case Qt::AccessibleDescriptionRole:
    case Help:
        return offer.help;
    case Type:
        return offer.type;
    default:
        return {};
    }
}

OfferDelegate::OfferDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void OfferDelegate::fit(const QList<metrics::PromOffer> &offers)
{
    const QFontMetrics text(m_theme.font(Theme::FontRole::Mono));
    const QFontMetrics small(m_theme.font(Theme::FontRole::Small));
    m_textWidth = narrowestText;
    m_typeWidth = 0;
    bool helps = false;
    for (const metrics::PromOffer &offer : offers) {
        m_textWidth = std::max(m_textWidth, text.horizontalAdvance(offer.text));
        m_typeWidth = std::max(m_typeWidth, small.horizontalAdvance(offer.type));
        helps = helps || !offer.help.isEmpty();
    }
    m_textWidth = std::min(m_textWidth, widestText);
    m_width =
        2 * Metrics::space2 + m_textWidth + Metrics::space3 + m_typeWidth + (helps ? Metrics::space3 + widestHelp : 0);
}

void OfferDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool selected = option.state & QStyle::State_Selected;
    const Palette &palette = m_theme.palette();
    painter->fillRect(option.rect, selected ? palette.accent : palette.panel);
    const auto write = [&](int left, int width, const QFont &font, const QColor &colour, const QString &what) {
        painter->setFont(font);
        painter->setPen(selected ? palette.accentText : colour);
        const QRect place(left, option.rect.top(), width, option.rect.height());
        painter->drawText(
            place, Qt::AlignVCenter | Qt::AlignLeft, QFontMetrics(font).elidedText(what, Qt::ElideRight, width));
    };
    int left = option.rect.left() + Metrics::space2;
    write(left, m_textWidth, m_theme.font(Theme::FontRole::Mono), palette.text, index.data().toString());
    left += m_textWidth + Metrics::space3;
    const QFont small = m_theme.font(Theme::FontRole::Small);
    write(left, m_typeWidth, small, palette.dim, index.data(OfferModel::Type).toString());
    left += m_typeWidth + Metrics::space3;
    QString help = index.data(OfferModel::Help).toString();
    help.replace(u'\n', u' ');
    write(left, option.rect.right() - Metrics::space2 - left, small, palette.dim, help);
}

QSize OfferDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {m_width, rowHeight};
}

} // namespace kdra::ui
