// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/panelseries.h"
#include "ui/metrics/seriescolours.h"

#include <QAbstractScrollArea>
#include <QSet>

namespace kdra::ui {

class Theme;

// The names of a plot's series with a sample of each line: as words in rows, or as a table with last, min, max, mean,
// sum. A click shows one series alone (again: all), Ctrl-click one more or less, hovering lights it up. With keys: up
// and down, Return, Ctrl-Return; a column's heading sorts. Texts are plain.
class LegendView : public QAbstractScrollArea {
    Q_OBJECT
public:
    struct Entry {
        QString name;
        SeriesLook look;
        QStringList values; // by column
        QList<double> numbers; // what the columns sort by
    };

    explicit LegendView(const Theme &theme, QWidget *parent = nullptr);

    void setEntries(QList<Entry> entries, const QStringList &columns, bool table);
    // Colours with their meaning instead of lines: nothing to choose.
    void setKeys(QList<Entry> entries);
    const QList<Entry> &entries() const { return m_entries; }
    // Names that are not shown in the plot.
    const QSet<QString> &hidden() const { return m_hidden; }
    // What a click on an entry does.
    void choose(const QString &name, bool toggle);
    // The height that shows all, for a width.
    int wantedHeight(int width) const;
    QRect entryRect(int entry) const; // in the viewport

Q_SIGNALS:
    void hiddenChanged();
    // Empty: none.
    void highlighted(const QString &name);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void layOut();
    int entryAt(const QPoint &point) const;
    void setCurrent(int entry, bool byKeys);
    void sortBy(int column);
    void paintEntry(QPainter &painter, int entry, const QRect &place) const;
    QList<int> columnWidths() const;
    int wordsWidth(const Entry &entry) const;

    const Theme &m_theme;
    QList<Entry> m_entries; // as sorted
    QList<Entry> m_given;
    QStringList m_columns;
    QSet<QString> m_hidden;
    QList<QRect> m_places; // of entries, in contents coordinates
    QList<int> m_widths; // of columns
    bool m_table = false;
    bool m_keys = false;
    int m_current = -1;
    bool m_byKeys = false;
    int m_sorted = -1;
    bool m_falling = true;
    int m_height = 0;
};

} // namespace kdra::ui
