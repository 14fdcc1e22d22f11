// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboarddesk.h"

#include "base/whenfinished.h"
#include "edge/piidentity.h"
#include "metrics/builtindashboards.h"
#include "ui/common/icons.h"
#include "ui/metrics/addpaneldialog.h"
#include "ui/metrics/explorepage.h"
#include "ui/metrics/metricspage.h"
#include "ui/metrics/objectmetrics.h"
#include "ui/objects/inspector.h"
#include "ui/pages.h"
#include "ui/session.h"

#include <QDir>
#include <QDirIterator>
#include <QFileDialog>
#include <QSaveFile>
#include <QStandardPaths>
#include <QTabBar>
#include <QTabWidget>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

using metrics::Dashboard;

struct Imported {
    QStringList titles;
    QStringList notes;
    QList<Error> errors; // a file each
};

constexpr int mostFiles = 2000; // of a folder

// Blocks on the disk.
Result<Dashboard> importInto(const QString &folder, const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly)) {
        return std::unexpected(Error{.kind = Error::Kind::Local,
            .what = DashboardDesk::tr("The file cannot be read: %1").arg(file.errorString()),
            .where = path,
            .remedy = DashboardDesk::tr("Check that it is there and that you may read it.")});
    }
    Result<Dashboard> read =
        metrics::readAnyDashboard({path, file.read(metrics::mostGrafanaBytes + 1)}, dashboardLanguage());
    if (!read)
        return read;
    if (const Result<QString> saved = metrics::saveDashboard(folder, *read); !saved)
        return std::unexpected(saved.error());
    return read;
}

// One that cannot be read does not keep the others from being so. Blocks on the disk.
Imported importInto(const QString &folder, const QStringList &files)
{
    Imported imported;
    for (const QString &path : files) {
        const Result<Dashboard> read = importInto(folder, path);
        if (!read) {
            imported.errors += read.error();
            imported.notes += DashboardDesk::tr("Not imported: %1").arg(read.error().text());
            continue;
        }
        const metrics::PanelCount count = metrics::countPanels(*read);
        imported.titles += read->title;
        imported.notes += DashboardDesk::tr("%1: %2 of %3 panels are shown as they were meant.")
                              .arg(read->title)
                              .arg(count.native)
                              .arg(count.all());
        imported.notes += metrics::importReport(*read);
    }
    return imported;
}

// The dashboards of a folder and of those in it, in the order of their names. Blocks on the disk.
QStringList filesIn(const QString &folder)
{
    QStringList files;
    for (QDirIterator each(folder, {u"*.json"_s}, QDir::Files, QDirIterator::Subdirectories);
        each.hasNext() && files.size() < mostFiles;)
        files += each.next();
    files.sort();
    return files;
}

} // namespace

QString DashboardDesk::userFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/kdra/dashboards"_s;
}

DashboardDesk::DashboardDesk(Session &session, Pages &pages, Inspector &inspector, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_pages(pages)
    , m_window(window)
    , m_object(new ObjectMetrics(session.theme()))
    , m_shared(session)
{
    // One more word would not fit beside the others.
    QTabWidget &tabs = inspector.tabs();
    const int tab = tabs.addTab(m_object, icon(session.theme(), u"metrics"_s), {});
    tabs.setTabToolTip(tab, tr("Metrics"));
    tabs.tabBar()->setAccessibleTabName(tab, tr("Metrics"));
    MetricsPage &page = pages.metrics();
    connect(&page, &MetricsPage::importRequested, this, &DashboardDesk::chooseFiles);
    connect(&page, &MetricsPage::importFolderRequested, this, &DashboardDesk::chooseFolder);
    connect(&page, &MetricsPage::exportRequested, this, &DashboardDesk::exportShown);
    connect(&pages.explore(), &ExplorePage::panelRequested, this, &DashboardDesk::addPanel);
    connect(m_object, &ObjectMetrics::exploreRequested, &pages, [&pages, this](const metrics::Panel &panel) {
        pages.showExplore();
        pages.explore().openPanel(panel, m_object->feed().range());
    });
    connect(&session.selection(), &models::Selection::changed, this, &DashboardDesk::followSelection);
    connect(&page, &MetricsPage::removeRequested, this, &DashboardDesk::removeShown);
    connect(&page, &MetricsPage::shareRequested, this, &DashboardDesk::shareShown);
    connect(&page, &MetricsPage::unreadableRequested, this, &DashboardDesk::tellUnreadable);
    connect(&page, &MetricsPage::choosing, &m_shared, &ClusterDashboards::refresh);
    connect(&m_shared, &ClusterDashboards::changed, this, &DashboardDesk::publish);
    connect(&session, &Session::currentChanged, this, &DashboardDesk::followSelection);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &DashboardDesk::readFolder);
    whenFinished(QtConcurrent::run([] { return metrics::builtInDashboards(dashboardLanguage()); }), this,
        [this](const Result<QList<Dashboard>> &dashboards) {
            if (!dashboards) {
                Q_EMIT failed(tr("The built-in dashboards cannot be read"), dashboards.error());
                return;
            }
            m_builtIn = *dashboards;
            publish();
            followSelection();
        });
    readFolder();
}

void DashboardDesk::setClient(std::shared_ptr<metrics::PromClient> client)
{
    m_object->setClient(std::move(client));
}

void DashboardDesk::readFolder()
{
    const QString folder = userFolder();
    whenFinished(QtConcurrent::run([folder] {
        return std::pair(metrics::readDashboardFolder(folder, dashboardLanguage()), QFileInfo::exists(folder));
    }),
        this, [this, folder](const std::pair<metrics::DashboardShelf, bool> &read) {
            m_own = read.first;
            if (read.second)
                m_watcher.addPath(folder);
            publish();
        });
}

void DashboardDesk::publish()
{
    QList<MetricsPage::Entry> entries;
    const auto add = [&](const QList<Dashboard> &dashboards, const QString &group, bool isOwn) {
        for (const Dashboard &one : dashboards) {
            const bool isThere = std::ranges::any_of(
                entries, [&](const MetricsPage::Entry &entry) { return entry.dashboard.uid == one.uid; });
            if (!one.small && !isThere)
                entries.append({one, group, isOwn});
        }
    };
    add(m_builtIn, tr("Built in"), false);
    add(m_own.dashboards, tr("My dashboards"), true);
    add(m_shared.shelf().dashboards, tr("In this cluster"), false);
    if (!m_builtIn.isEmpty())
        m_pages.metrics().setDashboards(
            entries, static_cast<int>(m_own.problems.size() + m_shared.shelf().problems.size()));
}

void DashboardDesk::chooseFiles()
{
    auto *dialog = new QFileDialog(m_window, tr("Import dashboards"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilter(tr("Dashboards of Grafana or KDRA (*.json)"));
    connect(dialog, &QFileDialog::filesSelected, this, &DashboardDesk::importFiles);
    dialog->open();
}

void DashboardDesk::chooseFolder()
{
    auto *dialog = new QFileDialog(m_window, tr("Import a folder of dashboards"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &DashboardDesk::importFolder);
    dialog->open();
}

void DashboardDesk::importFiles(const QStringList &files)
{
    whenFinished(QtConcurrent::run([folder = userFolder(), files] { return importInto(folder, files); }), this,
        [this](const Imported &imported) {
            readFolder();
            if (!imported.titles.isEmpty())
                Q_EMIT done(tr("Imported: %1").arg(imported.titles.join(u", "_s)), imported.notes);
            else if (imported.errors.size() == 1)
                Q_EMIT failed(tr("The dashboards could not be imported"), imported.errors.first());
            else
                Q_EMIT done(tr("No dashboard was imported"), imported.notes);
        });
}

void DashboardDesk::importFolder(const QString &folder)
{
    whenFinished(
        QtConcurrent::run([folder] { return filesIn(folder); }), this, [this, folder](const QStringList &files) {
            if (!files.isEmpty())
                importFiles(files);
            else
                Q_EMIT failed(tr("The dashboards could not be imported"),
                    Error{.kind = Error::Kind::NotFound,
                        .what = tr("The folder holds no files that end in .json."),
                        .where = folder,
                        .remedy = tr("Choose the folder that the dashboards were exported to.")});
        });
}

void DashboardDesk::addPanel(const metrics::Panel &panel)
{
    auto *dialog = new AddPanelDialog(panel, m_own.dashboards, m_window);
    connect(dialog, &AddPanelDialog::chosen, this, [this](const Dashboard &dashboard) {
        whenFinished(
            QtConcurrent::run([folder = userFolder(), dashboard] { return metrics::saveDashboard(folder, dashboard); }),
            this, [this, title = dashboard.title](const Result<QString> &saved) {
                readFolder();
                if (saved)
                    Q_EMIT done(tr("The panel was added to “%1”").arg(title), {*saved});
                else
                    Q_EMIT failed(tr("The dashboard could not be saved"), saved.error());
            });
    });
    dialog->open();
}

void DashboardDesk::exportShown()
{
    const Dashboard dashboard = m_pages.metrics().feed().dashboard();
    auto *dialog = new QFileDialog(m_window, tr("Export “%1” for Grafana").arg(dashboard.title));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->selectFile(dashboard.uid + u".json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, dashboard](const QString &path) {
        whenFinished(QtConcurrent::run([dashboard, path]() -> Result<void> {
            QSaveFile file(path);
            if (file.open(QFile::WriteOnly) && file.write(metrics::exportGrafana(dashboard)) >= 0 && file.commit())
                return {};
            return std::unexpected(Error{.kind = Error::Kind::Local,
                .what = tr("The file cannot be written: %1").arg(file.errorString()),
                .where = path,
                .remedy = tr("Choose a folder in which you may write.")});
        }),
            this, [this, path](const Result<void> &written) {
                if (written)
                    Q_EMIT done(tr("The dashboard was exported"), {path});
                else
                    Q_EMIT failed(tr("The dashboard could not be exported"), written.error());
            });
    });
    dialog->open();
}

void DashboardDesk::followSelection()
{
    QString about;
    QMap<QString, QStringList> pinned;
    const store::SnapshotPtr snapshot = m_session.models().snapshot();
    const models::Item item = m_session.selection().current();
    const auto key = snapshot && !item.isNull() ? store::find(*snapshot, item) : std::nullopt;
    if (key) {
        store::withTable(*snapshot, key->kind(), [&](const auto &table) {
            const auto record = table.at(key->slot());
            const QString name = store::toQString(record.name());
            const QString ns = store::toQString(snapshot->view(record->meta.ns));
            switch (key->kind()) {
            case store::Kind::Node:
                about = u"node"_s;
                pinned = {{u"node"_s, {name}}};
                break;
            case store::Kind::Pod:
                about = u"pod"_s;
                pinned = {{u"namespace"_s, {ns}}, {u"pod"_s, {name}}};
                break;
            case store::Kind::Namespace:
                about = u"environment"_s;
                pinned = {{u"namespace"_s, {name}}};
                break;
            case store::Kind::Deployment:
            case store::Kind::StatefulSet:
            case store::Kind::DaemonSet:
            case store::Kind::Job:
                about = u"workload"_s;
                pinned = {{u"namespace"_s, {ns}}, {u"workload"_s, {name}}};
                break;
            case store::Kind::ApplySet:
                about = u"environment"_s;
                pinned = {{u"namespace"_s, {ns}}};
                break;
            default:
                break;
            }
        });
        if (key->kind() == store::Kind::Node) {
            const auto node = snapshot->table<store::Kind::Node>().at(key->slot());
            if (edge::identifyPi(*node, *snapshot).isPi())
                about = u"pi"_s;
        }
    }
    const auto found = std::ranges::find_if(
        m_builtIn, [&](const Dashboard &one) { return one.small && one.about == about && !about.isEmpty(); });
    m_object->setSubject(found == m_builtIn.end() ? Dashboard() : *found, pinned);
}

} // namespace kdra::ui
