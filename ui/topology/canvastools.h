// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "ui/topology/bookmarks.h"
#include "ui/topology/canvas.h"
#include "ui/topology/export.h"

#include <QFuture>

class QActionGroup;
class QMenu;
class QToolButton;

namespace kdra::ui {

// The buttons over the canvas for relations, bookmarks of views, and pictures; and their keys. GUI thread.
class CanvasTools : public QWidget {
    Q_OBJECT
public:
    // The keys work in `page`, and in what is in it.
    CanvasTools(Theme &theme, Canvas &canvas, QWidget *page);
    ~CanvasTools() override;

    // Whose bookmarks and pictures these are: the name of the context.
    void setCluster(const QString &name);
    const Bookmarks &bookmarks() const { return m_bookmarks; }

    void addBookmark(const QString &name);
    void showBookmark(size_t index);
    // Writes a picture on another thread and tells the end by message(). The ending of the name says the format.
    void writeTo(const QString &file, bool whole, double ratio);
    void updateWords();
    // One more button, the first, that does what the action does; hidden as long as the action is.
    void addButton(QAction &action);
    // What the canvas is grouped by, for titles of pictures.
    void setGroupingWords(const QString &words) { m_grouping = words; }

Q_SIGNALS:
    // Something to be shown for a while.
    void message(const QString &text);

private:
    void fillBookmarks();
    void askForName();
    void editBookmarks();
    void askForFile(bool whole);

    Theme &m_theme;
    Canvas &m_canvas;
    QWidget &m_page;
    QToolButton *m_relations;
    QToolButton *m_views;
    QToolButton *m_pictures;
    QAction *m_addBookmark;
    QAction *m_editBookmarks;
    QAction *m_exportView;
    QAction *m_exportWhole;
    QActionGroup *m_recalls;
    Bookmarks m_bookmarks;
    QString m_cluster;
    QString m_grouping;
    std::optional<size_t> m_wanted; // bookmark whose grouping is on its way
    QFuture<Result<void>> m_writing;
};

} // namespace kdra::ui
