// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templatedesk.h"

#include "base/whenfinished.h"
#include "environments/helm.h"
#include "environments/kustomize.h"
#include "environments/labels.h"
#include "environments/namespaceobjects.h"
#include "environments/saveas.h"
#include "environments/selectedobjects.h"
#include "environments/templatefiles.h"
#include "kube/serverapply.h"
#include "ui/environments/chartdialog.h"
#include "ui/environments/templatepalette.h"
#include "ui/session.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QInputDialog>
#include <QMenu>
#include <QSaveFile>
#include <QtConcurrentRun>

#include <algorithm>

namespace kdra::ui {
namespace {

using namespace environments;
using Imported = Result<ImportedTemplate>;

// Blocks on the disk. The folder it was written to.
Result<QString> writeTemplate(const QString &name, const QList<TemplateFile> &files)
{
    QString folder = TemplateLibrary::userFolder() + u'/' + name;
    for (int number = 2; QFileInfo::exists(folder); ++number)
        folder = QStringLiteral("%1/%2-%3").arg(TemplateLibrary::userFolder(), name).arg(number);
    for (const TemplateFile &file : files) {
        const QString path = folder + u'/' + file.path;
        QSaveFile out(path);
        if (!QDir().mkpath(QFileInfo(path).path()) || !out.open(QIODevice::WriteOnly) || out.write(file.content) < 0
            || !out.commit()) {
            return std::unexpected(Error{.kind = Error::Kind::Local,
                .what = TemplateDesk::tr("The template cannot be written: %1").arg(out.errorString()),
                .where = path,
                .remedy = TemplateDesk::tr("Make room, or correct the permissions of the folder.")});
        }
    }
    return folder;
}

} // namespace

TemplateDesk::TemplateDesk(Session &session, TemplateLibrary &library, TemplatePalette &palette, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_library(library)
    , m_window(window)
{
    const auto add = [this](const QString &text, const std::function<void()> &run) {
        auto *action = new QAction(text, this);
        connect(action, &QAction::triggered, this, run);
        m_actions.append(action);
    };
    add(tr("Save a &namespace as a template…"), [this] {
        askForNamespace(tr("Save as template"), tr("Of what is in namespace:"),
            [this](const QString &ns) { saveNamespace(ns, templateNameFrom(ns)); });
    });
    add(tr("Import a &Kustomize directory…"), [this] { importDirectory(); });
    add(tr("Import a &Helm chart…"), [this] { chooseChart(); });
    m_saveSelection = new QAction(tr("Save as &template…"), this);
    m_saveSelection->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M));
    window->addAction(m_saveSelection);
    connect(m_saveSelection, &QAction::triggered, this, &TemplateDesk::askForName);
    connect(&session.selection(), &models::Selection::changed, this, &TemplateDesk::updateSelection);
    connect(&session, &Session::currentChanged, this, &TemplateDesk::updateSelection);
    updateSelection();
    connect(&palette, &TemplatePalette::menuAboutToShow, this,
        [this](const QString &id, QMenu *menu) { addActions(id, *menu); });
}

void TemplateDesk::addActions(const QString &templateId, QMenu &menu)
{
    QAction *share = menu.addAction(tr("&Share with the team…"), this, [this, templateId] {
        askForNamespace(tr("Share with the team"), tr("Everybody who may read ConfigMaps of this namespace sees it:"),
            [this, templateId](const QString &ns) { this->share(templateId, ns); });
    });
    const bool readOnly = m_session.marks().readOnly;
    share->setEnabled(m_session.current() && !readOnly);
    if (readOnly)
        share->setToolTip(tr("This cluster is marked read-only."));
}

void TemplateDesk::askForNamespace(
    const QString &title, const QString &question, const std::function<void(const QString &)> &use)
{
    const QStringList namespaces = m_session.models().namespaces();
    if (!m_session.current() || namespaces.isEmpty())
        return;
    auto *dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(question);
    dialog->setComboBoxItems(namespaces);
    dialog->setTextValue(m_session.ns().isEmpty() ? namespaces.value(0) : m_session.ns());
    connect(dialog, &QInputDialog::textValueSelected, this, use);
    dialog->open();
}

void TemplateDesk::saveNamespace(const QString &ns, const QString &name)
{
    store::ClusterStore *store = m_session.current();
    if (!store)
        return;
    whenFinished(onPool(readNamespaceObjects(store->client(), store->api(), ns),
                     [name, ns](const Result<QList<QJsonObject>> &objects) -> Result<SavedTemplate> {
                         if (!objects)
                             return std::unexpected(objects.error());
                         return templateFrom(*objects,
                             {.name = name,
                                 .title = ns,
                                 .description = tr("Saved from namespace %1.").arg(ns),
                                 .icon = QStringLiteral("namespace"),
                                 .category = tr("Own templates")});
                     }),
        this, [this, name, ns](const Result<SavedTemplate> &saved) {
            if (saved)
                keep(name, saved->files, saved->notes);
            else
                Q_EMIT failed(tr("Namespace %1 could not be saved as a template").arg(ns), saved.error());
        });
}

// Whoever selects pods of a Deployment among other things means the Deployment: what is left out is told afterwards.
void TemplateDesk::updateSelection()
{
    using store::Kind;
    static constexpr Kind never[] = {Kind::Node, Kind::Namespace, Kind::Event, Kind::Lease, Kind::ApplySet};
    const bool possible = m_session.current()
        && std::ranges::any_of(m_session.selection().items(),
            [](const models::Item &item) { return std::ranges::find(never, item.kind) == std::end(never); });
    m_saveSelection->setVisible(possible);
    m_saveSelection->setEnabled(possible);
}

Result<QList<actions::Target>> TemplateDesk::selectedTargets() const
{
    store::ClusterStore *store = m_session.current();
    if (!store)
        return {};
    return actions::targetsOf(
        *store->snapshot(), m_session.selection().items(), [store](store::Kind kind) { return store->resource(kind); });
}

void TemplateDesk::askForName()
{
    const Result<QList<actions::Target>> targets = selectedTargets();
    if (!targets || targets->isEmpty())
        return;
    auto *dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save as template"));
    dialog->setLabelText(tr("Name of the template:"));
    dialog->setTextValue(templateNameFrom(targets->first().name));
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this](const QString &name) { saveSelection(templateNameFrom(name)); });
    dialog->open();
}

void TemplateDesk::saveSelection(const QString &name)
{
    const Result<QList<actions::Target>> targets = selectedTargets();
    const QString failure = tr("The selection could not be saved as a template");
    if (!targets) {
        Q_EMIT failed(failure, targets.error());
        return;
    }
    if (targets->isEmpty())
        return;
    store::ClusterStore *store = m_session.current();
    whenFinished(onPool(readSelectedObjects(store->client(), store->api(), *targets),
                     [name](const Result<SelectedObjects> &selected) -> Result<SavedTemplate> {
                         if (!selected)
                             return std::unexpected(selected.error());
                         Result<SavedTemplate> saved = templateFrom(selected->objects,
                             {.name = name,
                                 .title = name,
                                 .description = tr("Saved from namespace %1.").arg(selected->ns),
                                 .icon = QStringLiteral("namespace"),
                                 .category = tr("Own templates")});
                         if (saved)
                             saved->notes = selected->notes + saved->notes;
                         return saved;
                     }),
        this, [this, name, failure](const Result<SavedTemplate> &saved) {
            if (saved)
                keep(name, saved->files, saved->notes);
            else
                Q_EMIT failed(failure, saved.error());
        });
}

void TemplateDesk::share(const QString &templateId, const QString &ns)
{
    const TemplatePtr from = m_library.find(templateId);
    store::ClusterStore *store = m_session.current();
    const Result<kube::Resource> configMaps =
        store ? store->api().find({}, QStringLiteral("ConfigMap")) : std::unexpected(Error());
    if (!from || !configMaps)
        return;
    const QString name = QStringLiteral("kdra-template.") + from->name;
    const QJsonObject object{{QLatin1StringView("apiVersion"), QLatin1StringView("v1")},
        {QLatin1StringView("kind"), QLatin1StringView("ConfigMap")},
        {QLatin1StringView("metadata"),
            QJsonObject{{QLatin1StringView("name"), name}, {QLatin1StringView("namespace"), ns},
                {QLatin1StringView("labels"),
                    QJsonObject{{TemplateLabel, QLatin1StringView("true")}, {ManagedByLabel, Manager}}}}},
        {QLatin1StringView("data"), configMapData(from->files)}};
    whenFinished(store->client().send(kube::applyRequest(configMaps->path(ns, name), object)), this,
        [this, from, ns](const Result<kube::Response> &answer) {
            if (answer)
                Q_EMIT done(tr("%1 is shared in namespace %2").arg(from->title, ns), {});
            else
                Q_EMIT failed(tr("%1 could not be shared").arg(from->title), answer.error());
        });
}

void TemplateDesk::importDirectory()
{
    auto *dialog = new QFileDialog(m_window, tr("Import a Kustomize directory"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &directory) {
        whenFinished(importKustomize(directory), this, [this, directory](const Imported &imported) {
            if (imported)
                keep(imported->content.name, imported->content.files, imported->notes);
            else
                Q_EMIT failed(tr("%1 could not be imported").arg(directory), imported.error());
        });
    });
    dialog->open();
}

void TemplateDesk::chooseChart()
{
    auto *dialog = new QFileDialog(m_window, tr("Import a Helm chart"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &chart) {
        whenFinished(readHelmChart(chart), this, [this, chart](const Result<HelmChart> &read) {
            if (!read)
                Q_EMIT failed(tr("%1 could not be imported").arg(chart), read.error());
            else if (read->parameters.isEmpty())
                importChart(*read, {});
            else
                askForValues(*read);
        });
    });
    dialog->open();
}

void TemplateDesk::askForValues(const HelmChart &chart)
{
    auto *dialog = new ChartDialog(m_session.theme(), chart, m_window);
    connect(dialog, &ChartDialog::agreed, this, [this, chart](const Values &values) { importChart(chart, values); });
    dialog->open();
}

void TemplateDesk::importChart(const HelmChart &chart, const Values &values)
{
    whenFinished(importHelm(chart, values), this, [this, chart](const Imported &imported) {
        if (imported)
            keep(imported->content.name, imported->content.files, imported->notes);
        else
            Q_EMIT failed(tr("%1 could not be imported").arg(chart.path), imported.error());
    });
}

void TemplateDesk::keep(const QString &name, const QList<TemplateFile> &files, const QStringList &notes)
{
    whenFinished(QtConcurrent::run([name, files] { return writeTemplate(name, files); }), this,
        [this, name, notes](const Result<QString> &folder) {
            if (folder)
                Q_EMIT done(tr("%1 is a template now").arg(name), QStringList(*folder) + notes);
            else
                Q_EMIT failed(tr("%1 could not be kept").arg(name), folder.error());
        });
}

} // namespace kdra::ui
