// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/promqlcompletion.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace kdra::ui {

class Theme;

// What a completion offers, a row each; what it is comes as a tool tip and for assistive technologies, too. GUI thread.
class OfferModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { Type = Qt::UserRole + 1, Help };

    using QAbstractListModel::QAbstractListModel;

    void setOffers(const QList<metrics::PromOffer> &offers);
    const QList<metrics::PromOffer> &offers() const { return m_offers; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QList<metrics::PromOffer> m_offers;
};

// A row in columns: the text, its type, the beginning of what it is.
class OfferDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    OfferDelegate(const Theme &theme, QObject *parent);

    // The widths of the columns for these offers, in pixels.
    void fit(const QList<metrics::PromOffer> &offers);
    // Of a row, helps left out where there is none.
    int width() const { return m_width; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
    int m_textWidth = 0;
    int m_typeWidth = 0;
    int m_width = 0;
};

} // namespace kdra::ui
