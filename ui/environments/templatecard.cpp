// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/templatecard.h"

#include "ui/common/fitglyph.h"
#include "ui/common/theme.h"
#include "ui/environments/templatemodel.h"
#include "ui/environments/templatewords.h"

#include <QAbstractItemView>
#include <QMouseEvent>
#include <QPainter>

namespace kdra::ui {

namespace {

constexpr int headingHeight = 28;
constexpr int cardHeight = 72; // with the gap to the next
constexpr int iconBox = 32;
constexpr int iconSize = 20;
constexpr int badgeHeight = 16;

QRect cardOf(const QRect &row)
{
    return row.adjusted(Metrics::space2, 2, -Metrics::space2, -2);
}

// A bolt: it is created at once.
void paintBolt(QPainter &painter, const QRect &box, const QColor &colour)
{
    const auto at = [&](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(
        QPolygonF({at(0.62, 0.0), at(0.14, 0.58), at(0.46, 0.58), at(0.36, 1.0), at(0.86, 0.4), at(0.54, 0.4)}));
}

} // namespace

QPixmap dragPicture(const Theme &theme, const environments::Template &of, double ratio)
{
    constexpr int height = 36;
    constexpr int widest = 220;
    const QFont font = theme.font(Theme::FontRole::Strong);
    const QFontMetrics metrics(font);
    constexpr int left = Metrics::space2 + iconSize + Metrics::space2;
    const int width = std::min(widest, left + metrics.horizontalAdvance(of.title) + 1 + Metrics::space3);
    QPixmap pixmap(QSize(width, height) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    const Palette &palette = theme.palette();
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(palette.panel);
    painter.setPen(QPen(palette.accent, 1.5));
    painter.drawRoundedRect(QRectF(0.75, 0.75, width - 1.5, height - 1.5), Metrics::radius, Metrics::radius);
    templateIcon(theme, of).paint(&painter, QRect(Metrics::space2, (height - iconSize) / 2, iconSize, iconSize));
    painter.setFont(font);
    painter.setPen(palette.text);
    const QRect text(left, 0, width - left - Metrics::space2, height);
    painter.drawText(
        text, Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(of.title, Qt::ElideRight, text.width()));
    return pixmap;
}

TemplateCardDelegate::TemplateCardDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize TemplateCardDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const auto kind = index.data(TemplateModel::KindRole).value<TemplateModel::RowKind>();
    return {160, kind == TemplateModel::RowKind::Heading ? headingHeight : cardHeight};
}

QRect TemplateCardDelegate::buttonRect(const QRect &row) const
{
    const QRect card = cardOf(row);
    const QFontMetrics metrics(m_theme.font(Theme::FontRole::SmallStrong));
    const int width = metrics.horizontalAdvance(tr("Create…")) + 2 * Metrics::space2;
    constexpr int height = 20;
    return {card.right() + 1 - Metrics::space1 - width, card.bottom() + 1 - Metrics::space1 - height, width, height};
}

void TemplateCardDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.data(TemplateModel::KindRole).value<TemplateModel::RowKind>() == TemplateModel::RowKind::Heading)
        paintHeading(*painter, option, index);
    else
        paintCard(*painter, option, index);
    painter->restore();
}

void TemplateCardDelegate::paintHeading(
    QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QRect area = option.rect.adjusted(Metrics::space3, Metrics::space2, -Metrics::space3, 0);
    painter.setFont(m_theme.font(Theme::FontRole::SmallStrong));
    painter.setPen(m_theme.palette().dim);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width()));
}

void TemplateCardDelegate::paintCard(
    QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Palette &palette = m_theme.palette();
    const auto *model = qobject_cast<const TemplateModel *>(index.model());
    const environments::TemplatePtr of = model ? model->at(index.row()) : nullptr;
    const bool selected = option.state & QStyle::State_Selected;
    const bool focused = selected && option.state & QStyle::State_Active && option.widget && option.widget->hasFocus();
    const bool hovered = option.state & QStyle::State_MouseOver;
    const QRect card = cardOf(option.rect);
    painter.setBrush(selected || hovered ? palette.panel2 : palette.panel);
    painter.setPen(QPen(focused ? palette.accent : selected ? palette.dim : palette.line, focused ? 1.5 : 1));
    painter.drawRoundedRect(QRectF(card).adjusted(0.75, 0.75, -0.75, -0.75), Metrics::radius, Metrics::radius);

    const QRect box(card.left() + Metrics::space2, card.top() + Metrics::space2, iconBox, iconBox);
    painter.setPen(Qt::NoPen);
    painter.setBrush(selected || hovered ? palette.panel : palette.panel2);
    painter.drawRoundedRect(box, Metrics::radius, Metrics::radius);
    const QRect picture = box.adjusted(6, 6, -6, -6);
    if (of)
        templateIcon(m_theme, *of).paint(&painter, picture);
    else
        paintFit(painter, picture, environments::Fit::Tight, palette);

    QRect line(box.right() + 1 + Metrics::space2, box.top() - 1, 0, 18);
    line.setRight(card.right() - Metrics::space2);
    const bool unreviewed = index.data(TemplateModel::UnreviewedRole).toBool();
    if (unreviewed) {
        constexpr int side = 12;
        paintBolt(painter, {line.right() + 1 - side, line.center().y() - side / 2, side, side}, palette.accent);
        line.setRight(line.right() - side - Metrics::space1);
    }
    painter.setFont(m_theme.font(Theme::FontRole::Strong));
    painter.setPen(palette.text);
    // The end of a path tells more than its beginning.
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(index.data().toString(), of ? Qt::ElideRight : Qt::ElideLeft, line.width()));
    painter.setFont(m_theme.font(Theme::FontRole::Small));
    painter.setPen(palette.dim);
    line.translate(0, line.height() - 1);
    line.setRight(card.right() - Metrics::space2);
    const QString description = index.data(TemplateModel::DescriptionRole).toString().simplified();
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(description, Qt::ElideRight, line.width()));
    if (!of)
        return;
    QRect badges(line.left(), card.bottom() + 1 - Metrics::space1 - 2 - badgeHeight, line.width(), badgeHeight);
    if (selected || hovered) {
        const QRect button = buttonRect(option.rect);
        badges.setRight(button.left() - Metrics::space1);
        const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
        const bool pointedAt = hovered && view && button.contains(view->viewport()->mapFromGlobal(QCursor::pos()));
        paintButton(painter, button, pointedAt, unreviewed);
    }
    paintBadges(painter, badges, index);
}

// Words in frames, as many as there is room for.
void TemplateCardDelegate::paintBadges(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    const Palette &palette = m_theme.palette();
    QFont font = m_theme.font(Theme::FontRole::Small);
    font.setPixelSize(Metrics::textSmall - 1);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    int left = area.left();
    const auto add = [&](const QString &word, bool filled) {
        const int width = metrics.horizontalAdvance(word) + 10;
        if (word.isEmpty() || left + width > area.right() + 1)
            return;
        const QRect box(left, area.top(), width, area.height());
        painter.setPen(QPen(palette.line, 1));
        painter.setBrush(filled ? palette.line : Qt::transparent);
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(filled ? palette.text : palette.dim);
        painter.drawText(box, Qt::AlignCenter, word);
        left += width + Metrics::space1;
    };
    add(index.data(TemplateModel::SourceRole).toString(), true);
    for (const QString &badge : index.data(TemplateModel::BadgesRole).toStringList())
        add(badge, false);
}

void TemplateCardDelegate::paintButton(QPainter &painter, const QRect &rect, bool pointedAt, bool unreviewed) const
{
    const Palette &palette = m_theme.palette();
    painter.setPen(QPen(palette.accent, 1));
    painter.setBrush(pointedAt ? palette.accent : palette.panel);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(m_theme.font(Theme::FontRole::SmallStrong));
    painter.setPen(pointedAt ? palette.accentText : palette.text);
    painter.drawText(rect, Qt::AlignCenter, unreviewed ? tr("Create") : tr("Create…"));
}

// A press and a release on the button; what begins there is no drag.
bool TemplateCardDelegate::editorEvent(
    QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const bool onButton = mouse->button() == Qt::LeftButton && (index.flags() & Qt::ItemIsDragEnabled)
            && buttonRect(option.rect).contains(mouse->position().toPoint());
        if (event->type() == QEvent::MouseButtonPress) {
            m_pressed = onButton ? index : QModelIndex();
        } else if (std::exchange(m_pressed, QModelIndex()) == index && onButton) {
            Q_EMIT buttonPressed(index);
            return true;
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

} // namespace kdra::ui
