// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/canvastools.h"

#include "base/whenfinished.h"
#include "ui/topology/bookmarkdialog.h"

#include <QActionGroup>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QStandardPaths>
#include <QToolButton>
#include <QtConcurrent/QtConcurrentRun>

namespace kdra::ui {

namespace {

// As bookmarks name groupings: the same in every language and version.
constexpr std::array groupings{std::pair{Grouping::Site, "site"}, std::pair{Grouping::Role, "role"},
    std::pair{Grouping::NodeLabel, "node-label"}, std::pair{Grouping::Namespace, "namespace"},
    std::pair{Grouping::Workload, "workload"}, std::pair{Grouping::PodLabel, "pod-label"}};

QString groupingKey(Grouping grouping)
{
    const auto it = std::ranges::find(groupings, grouping, &std::pair<Grouping, const char *>::first);
    return QLatin1StringView(it == groupings.end() ? groupings.front().second : it->second);
}

Grouping groupingOf(const QString &key)
{
    const auto it =
        std::ranges::find_if(groupings, [&key](const auto &one) { return key == QLatin1StringView(one.second); });
    return it == groupings.end() ? Grouping::Site : it->first;
}

} // namespace

CanvasTools::CanvasTools(Theme &theme, Canvas &canvas, QWidget *page)
    : QWidget(page)
    , m_theme(theme)
    , m_canvas(canvas)
    , m_page(*page)
    , m_relations(new QToolButton(this))
    , m_views(new QToolButton(this))
    , m_pictures(new QToolButton(this))
    , m_recalls(new QActionGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(Metrics::space2);
    for (QToolButton *button : {m_relations, m_views, m_pictures})
        row->addWidget(button);
    m_relations->setCheckable(true);
    m_relations->setChecked(canvas.relationsShown());
    connect(m_relations, &QToolButton::toggled, &canvas, &Canvas::setRelationsShown);
    connect(&canvas, &Canvas::groupingChanged, this, [this] {
        const auto wanted = std::exchange(m_wanted, std::nullopt);
        if (!wanted || *wanted >= m_bookmarks.all().size())
            return;
        // The user may have chosen another one in the meantime.
        if (groupingOf(m_bookmarks.all()[*wanted].grouping) == m_canvas.scene().grouping())
            showBookmark(*wanted);
    });
    connect(&canvas, &Canvas::relationsShownChanged, m_relations, &QToolButton::setChecked);

    const auto action = [&](const QKeySequence &key, const std::function<void()> &run) {
        auto *made = new QAction(page);
        made->setShortcut(key);
        made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(made, &QAction::triggered, this, run);
        page->addAction(made);
        return made;
    };
    m_addBookmark = action(Qt::CTRL | Qt::Key_D, [this] { askForName(); });
    m_editBookmarks = action({}, [this] { editBookmarks(); });
    m_exportView = action(Qt::CTRL | Qt::Key_E, [this] { askForFile(false); });
    m_exportWhole = action(Qt::CTRL | Qt::SHIFT | Qt::Key_E, [this] { askForFile(true); });
    for (size_t i = 0; i < Bookmarks::most; ++i)
        m_recalls->addAction(action(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i), [this, i] { showBookmark(i); }));

    for (QToolButton *button : {m_views, m_pictures}) {
        button->setMenu(new QMenu(button));
        button->setPopupMode(QToolButton::InstantPopup);
    }
    m_views->menu()->addActions({m_addBookmark, m_editBookmarks});
    m_views->menu()->addSeparator();
    m_views->menu()->addActions(m_recalls->actions());
    m_pictures->menu()->addActions({m_exportView, m_exportWhole});
    updateWords();
}

CanvasTools::~CanvasTools()
{
    // The picture shall be whole, but there is nobody left to be told.
    disconnect();
    m_writing.waitForFinished();
}

void CanvasTools::updateWords()
{
    m_relations->setText(tr("Relations"));
    m_relations->setToolTip(tr("Show what the selection is related to, and fade all else (Shift+R)"));
    m_views->setText(tr("Views"));
    m_views->setToolTip(tr("Views of the topology to come back to"));
    m_pictures->setText(tr("Export"));
    m_pictures->setToolTip(tr("Write the topology as a picture"));
    m_addBookmark->setText(tr("Keep this view…"));
    m_editBookmarks->setText(tr("Rename or delete views…"));
    m_exportView->setText(tr("Export what is seen…"));
    m_exportWhole->setText(tr("Export the whole topology…"));
    fillBookmarks();
    adjustSize();
}

void CanvasTools::addButton(QAction &action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(&action);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setVisible(action.isVisible());
    connect(&action, &QAction::visibleChanged, button, [button, &action] { button->setVisible(action.isVisible()); });
    static_cast<QHBoxLayout *>(layout())->insertWidget(0, button);
}

void CanvasTools::setCluster(const QString &name)
{
    m_cluster = name;
    m_bookmarks.setCluster(name);
    fillBookmarks();
}

void CanvasTools::fillBookmarks()
{
    const auto actions = m_recalls->actions();
    for (qsizetype i = 0; i < actions.size(); ++i) {
        const bool there = static_cast<size_t>(i) < m_bookmarks.all().size();
        actions[i]->setVisible(there);
        // A "&" in a name would be taken for a mnemonic.
        actions[i]->setText(there
                ? QString(m_bookmarks.all()[static_cast<size_t>(i)].name).replace(u'&', QStringLiteral("&&"))
                : QString());
    }
    m_addBookmark->setEnabled(!m_cluster.isEmpty() && !m_bookmarks.isFull());
    m_editBookmarks->setEnabled(!m_bookmarks.all().empty());
}

void CanvasTools::askForName()
{
    const QPointF middle = m_canvas.camera().target().toWorld(QRectF(m_canvas.rect()).center());
    auto *dialog = new QInputDialog(&m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keep this view"));
    dialog->setLabelText(tr("Name of the view:"));
    dialog->setTextValue(m_canvas.followsAll() ? tr("Everything") : bookmarkOf(m_canvas.scene(), middle, 1).name);
    connect(dialog, &QInputDialog::textValueSelected, this, &CanvasTools::addBookmark);
    dialog->open();
}

void CanvasTools::addBookmark(const QString &name)
{
    if (name.trimmed().isEmpty() || m_bookmarks.isFull())
        return;
    const View &view = m_canvas.camera().target();
    Bookmark bookmark;
    if (!m_canvas.followsAll())
        bookmark = bookmarkOf(m_canvas.scene(), view.toWorld(QRectF(m_canvas.rect()).center()), view.scale);
    bookmark.name = name.trimmed();
    bookmark.grouping = groupingKey(m_canvas.scene().grouping());
    bookmark.label = m_canvas.scene().groupingLabel();
    m_bookmarks.add(bookmark);
    fillBookmarks();
}

void CanvasTools::showBookmark(size_t index)
{
    if (index >= m_bookmarks.all().size())
        return;
    const Bookmark &bookmark = m_bookmarks.all()[index];
    // Another grouping may take its time; the view comes when it is there.
    const Grouping grouping = groupingOf(bookmark.grouping);
    if (m_canvas.scene().grouping() != grouping || m_canvas.scene().groupingLabel() != bookmark.label) {
        m_wanted = index;
        m_canvas.setGrouping(grouping, bookmark.label);
        return;
    }
    if (bookmark.anchor.isEmpty())
        return m_canvas.frameAll();
    if (const auto centre = centreOf(m_canvas.scene(), bookmark))
        m_canvas.flyTo(*centre, bookmark.scale);
    else
        Q_EMIT message(
            tr("The view “%1” is of the node %2, which is not there any more.").arg(bookmark.name, bookmark.anchor));
}

void CanvasTools::editBookmarks()
{
    auto *dialog = new BookmarkDialog(m_bookmarks, &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BookmarkDialog::changed, this, &CanvasTools::fillBookmarks);
    dialog->open();
}

void CanvasTools::askForFile(bool whole)
{
    auto *dialog = new QFileDialog(&m_page, whole ? tr("Export the whole topology") : tr("Export what is seen"),
        QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString fine = tr("Picture of twice the size (*.png)");
    dialog->setNameFilters({tr("Picture (*.png)"), fine, tr("Drawing (*.svg)"), tr("Document (*.pdf)")});
    dialog->setDefaultSuffix(QStringLiteral("png"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        for (const QLatin1StringView suffix :
            {QLatin1StringView("png"), QLatin1StringView("svg"), QLatin1StringView("pdf")}) {
            if (filter.contains(suffix))
                dialog->setDefaultSuffix(suffix);
        }
    });
    QString name = m_cluster.isEmpty() ? QStringLiteral("topology") : m_cluster;
    dialog->selectFile(name.replace(u'/', u'-') + QStringLiteral(".png"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, whole, fine](const QString &file) {
        writeTo(file, whole, dialog->selectedNameFilter() == fine ? 2 : 1);
    });
    dialog->open();
}

void CanvasTools::writeTo(const QString &file, bool whole, double ratio)
{
    if (m_writing.isRunning()) {
        Q_EMIT message(tr("The picture before is still being written."));
        return;
    }
    PictureJob job{.scene = m_canvas.scene(),
        .style = PaintStyle(m_theme),
        .view = m_canvas.camera().view(),
        .size = m_canvas.size(),
        .ratio = ratio,
        .title = tr("%1, grouped by: %2", "cluster and grouping of a picture").arg(m_cluster, m_grouping),
        .time = QDateTime::currentDateTime(),
        .file = file};
    if (whole)
        showWhole(job);
    m_writing = QtConcurrent::run([job = std::move(job)] { return writePicture(job); });
    whenFinished(m_writing, this, [this, file](const Result<void> &written) {
        Q_EMIT message(
            written ? tr("The picture is in %1.").arg(QDir::toNativeSeparators(file)) : written.error().text());
    });
}

} // namespace kdra::ui
