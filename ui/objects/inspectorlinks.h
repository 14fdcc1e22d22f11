// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/rowkey.h"

#include <QAbstractButton>

#include <optional>

class QVBoxLayout;

namespace kdra::ui {

class Theme;

// A line of text that leads to an object: wrapped, with the glyph of its severity or with a dim word before it. A
// click, Return or Space follows it.
class LinkLine : public QAbstractButton {
    Q_OBJECT
public:
    struct Content {
        store::Item item;
        QString text;
        QString before; // the dim word
        std::optional<store::Severity> severity;
        bool operator==(const Content &) const = default;
    };

    explicit LinkLine(const Theme &theme, QWidget *parent = nullptr);
    void setContent(const Content &content);
    const store::Item &item() const { return m_content.item; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRect textRect(int width) const;

    const Theme &m_theme;
    Content m_content;
};

// Lines one below the other. They are refilled rather than made again, so that the focus stays.
class LinkList : public QWidget {
    Q_OBJECT
public:
    explicit LinkList(const Theme &theme, QWidget *parent = nullptr);
    void setLines(const QList<LinkLine::Content> &lines);

Q_SIGNALS:
    void followed(const kdra::store::Item &item);

private:
    const Theme &m_theme;
    QVBoxLayout *m_column;
    QList<LinkLine *> m_lines;
};

} // namespace kdra::ui
