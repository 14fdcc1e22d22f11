// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/environmentspage.h"

#include "base/naturalcompare.h"
#include "models/roles.h"
#include "ui/common/widgets.h"
#include "ui/environments/deletedialog.h"
#include "ui/environments/environmentdetails.h"
#include "ui/environments/reapernotice.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace kdra::ui {

using environments::Environment;
using models::EnvironmentModel;
using Id = EnvironmentActions::Id;

namespace {

// Rows in which each word stands somewhere.
class SearchedRows : public QSortFilterProxyModel {
public:
    void setSearch(const QString &text)
    {
        m_words = text.split(u' ', Qt::SkipEmptyParts);
        invalidateFilter();
    }

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override
    {
        const QVariant a = left.data(models::SortRole);
        const QVariant b = right.data(models::SortRole);
        if (a.typeId() != QMetaType::QString || b.typeId() != QMetaType::QString)
            return QSortFilterProxyModel::lessThan(left, right);
        return naturalCompare(a.toString().toStdString(), b.toString().toStdString()) < 0;
    }

    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        return std::ranges::all_of(m_words, [&](const QString &word) {
            for (int column = 0; column < EnvironmentModel::ColumnCount; ++column) {
                if (sourceModel()->index(row, column, parent).data().toString().contains(word, Qt::CaseInsensitive))
                    return true;
            }
            return false;
        });
    }

private:
    QStringList m_words;
};

} // namespace

EnvironmentsPage::EnvironmentsPage(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_sorted(new SearchedRows)
    , m_actions(new EnvironmentActions(this))
    , m_notice(new Banner(theme))
    , m_reaperNotice(new ReaperNotice(theme))
    , m_count(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_filter(new QLineEdit)
    , m_columns(new QToolButton)
    , m_table(new DenseTable(theme, m_selection))
    , m_noMatch(makeLabel(theme, Theme::FontRole::Body, tr("Nothing matches what is searched for."), true))
    , m_empty(new EmptyState(theme, QStringLiteral("environments"), tr("No environments yet"),
          tr("Drag a template onto the topology, and it is there: on a node, at a site, or wherever there is room.")))
    , m_details(new EnvironmentDetails(theme, *m_actions))
    , m_parts(new QSplitter)
{
    m_sorted->setSourceModel(&m_model);
    m_sorted->setSortRole(models::SortRole);
    makeTable();
    m_noMatch->setAlignment(Qt::AlignCenter);
    connect(m_empty->addButton(tr("Choose a template…"), true), &QPushButton::clicked, this,
        &EnvironmentsPage::createRequested);

    auto *list = new QWidget;
    auto *rows = new QVBoxLayout(list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_table, 1);
    rows->addWidget(m_noMatch, 1);
    m_parts->addWidget(list);
    m_parts->addWidget(m_details);
    m_parts->setStretchFactor(0, 1);
    m_parts->setSizes({900, 310});
    m_parts->setChildrenCollapsible(false);
    m_details->setMinimumWidth(280);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(makeHead(theme));
    column->addWidget(m_notice);
    column->addWidget(m_reaperNotice);
    column->addWidget(m_parts, 1);
    column->addWidget(m_empty, 1);

    connect(m_details, &EnvironmentDetails::alertRequested, this, &EnvironmentsPage::alertRequested);
    connect(m_reaperNotice, &ReaperNotice::installRequested, this, &EnvironmentsPage::reaperRequested);
    connect(m_actions, &EnvironmentActions::triggered, this, &EnvironmentsPage::act);
    connect(m_actions, &EnvironmentActions::extensionChosen, this, [this](std::chrono::seconds timeToLive) {
        if (const auto one = current())
            Q_EMIT extendRequested(*one, timeToLive);
    });
    connect(m_actions, &EnvironmentActions::exportChosen, this, &EnvironmentsPage::askForFolder);
    connect(m_actions, &EnvironmentActions::templateChosen, this, [this](const QString &id) {
        if (const auto one = current())
            Q_EMIT addRequested(*one, id);
    });
    connect(m_actions, &EnvironmentActions::partChosen, this, [this](Id id, const QString &part) {
        const auto one = current();
        if (one && id == Id::Change)
            Q_EMIT changeRequested(*one, part);
        else if (one)
            Q_EMIT removeRequested(*one, part);
    });
    m_ages.setInterval(5000);
    connect(&m_ages, &QTimer::timeout, this, [this] {
        m_table->viewport()->update();
        updateCurrent();
        updateReaper();
    });
    updateRows();
    updateCurrent();
    // The keys of the actions are letters: whoever comes here does not mean the search.
    setFocusProxy(m_table);
}

EnvironmentsPage::~EnvironmentsPage() = default;

QLayout *EnvironmentsPage::makeHead(const Theme &theme)
{
    m_filter->setPlaceholderText(tr("Search by name, owner, template, state…"));
    m_filter->setAccessibleName(tr("Search environments"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(420);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        static_cast<SearchedRows &>(*m_sorted).setSearch(text);
        updateRows();
    });
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    m_columns->setText(tr("Columns"));
    m_columns->setShortcut(QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_C));
    m_columns->setToolTip(
        tr("Which columns are shown (%1)").arg(m_columns->shortcut().toString(QKeySequence::NativeText)));
    m_columns->setFocusPolicy(Qt::TabFocus);
    connect(m_columns, &QToolButton::clicked, this, [this] {
        m_table->columns().openMenu(m_columns->mapToGlobal(QPoint(0, m_columns->height() + Metrics::space1)));
    });
    QPushButton *create = makePrimaryButton(tr("Create…"));
    create->setShortcut(QKeySequence::New);
    create->setToolTip(tr("Choose a template (%1)").arg(create->shortcut().toString(QKeySequence::NativeText)));
    connect(create, &QPushButton::clicked, this, &EnvironmentsPage::createRequested);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(Metrics::space4, Metrics::space3, Metrics::space4, Metrics::space3);
    head->setSpacing(Metrics::space2);
    head->addWidget(makeLabel(theme, Theme::FontRole::Title, tr("Environments")));
    head->addWidget(m_count, 0, Qt::AlignBaseline);
    head->addStretch(1);
    head->addWidget(m_filter, 4);
    head->addWidget(m_columns);
    head->addWidget(create);
    return head;
}

void EnvironmentsPage::makeTable()
{
    m_table->setAccessibleName(tr("Environments"));
    m_table->setModel(m_sorted.get());
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    // What somebody on call looks for is shown to begin with; the details tell the rest.
    const std::tuple<QLatin1StringView, int, bool> columns[] = {{QLatin1StringView("name"), 190, false},
        {QLatin1StringView("state"), 104, false}, {QLatin1StringView("alerts"), 76, false},
        {QLatin1StringView("namespace"), 140, true}, {QLatin1StringView("template"), 140, false},
        {QLatin1StringView("owner"), 84, false}, {QLatin1StringView("age"), 56, true},
        {QLatin1StringView("timeleft"), 96, false}, {QLatin1StringView("placement"), 110, false},
        {QLatin1StringView("pods"), 88, false}, {QLatin1StringView("cpu"), 150, true},
        {QLatin1StringView("memory"), 170, true}, {QLatin1StringView("cpuused"), 130, true},
        {QLatin1StringView("memoryused"), 150, true}, {QLatin1StringView("reason"), 200, false}};
    QList<TableColumn> all;
    for (const auto &[key, width, hidden] : columns)
        all.append({key, m_model.headerData(static_cast<int>(all.size()), Qt::Horizontal, Qt::DisplayRole).toString(),
            width, hidden});
    m_table->columns().setColumns(all,
        {QStringLiteral("name"), QStringLiteral("state"), QStringLiteral("alerts"), QStringLiteral("timeleft"),
            QStringLiteral("owner"), QStringLiteral("template"), QStringLiteral("pods"), QStringLiteral("placement"),
            QStringLiteral("age"), QStringLiteral("namespace")});
    m_table->sortByColumn(EnvironmentModel::NameColumn, Qt::AscendingOrder);
    m_table->columns().remember(QStringLiteral("Environment"));
    m_table->setRowActions([this](const QList<models::Item> &, QObject *owner) {
        // What is off says there why.
        if (auto *menu = qobject_cast<QMenu *>(owner))
            menu->setToolTipsVisible(true);
        return m_actions->offered(owner);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_wanted.reset();
        updateCurrent();
        Q_EMIT currentChanged();
    });
    connect(m_table, &DenseTable::opened, this, [this] { m_details->setFocus(); });
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_model, signal, this, &EnvironmentsPage::updateRows);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &EnvironmentsPage::updateCurrent);
}

void EnvironmentsPage::setEnvironments(const QList<Environment> &environments)
{
    m_model.setEnvironments(environments);
    trySelect();
    updateReaper();
}

void EnvironmentsPage::setUses(const models::EnvironmentUses &uses)
{
    m_uses = uses;
    m_model.setUses(uses);
    updateCurrent();
}

void EnvironmentsPage::setAlerts(const models::AlertMarks &alerts)
{
    m_alerts = alerts;
    m_model.setAlerts(alerts);
    updateCurrent();
}

void EnvironmentsPage::setMarks(const kube::Marks &marks)
{
    m_marks = marks;
    m_actions->setMarks(marks);
    updateCurrent();
}

void EnvironmentsPage::setNotice(const Notice &notice)
{
    if (notice.text.isEmpty())
        m_notice->clear();
    else
        m_notice->tell(notice.severity, notice.text);
}

void EnvironmentsPage::setReaping(const std::optional<environments::Reaping> &reaping)
{
    m_reaping = reaping;
    updateReaper();
}

void EnvironmentsPage::updateReaper()
{
    const QDateTime now = QDateTime::currentDateTime();
    const auto stays = std::ranges::count_if(m_model.environments(), [&](const Environment &one) {
        return one.isOurs() && one.isExpired(now) && m_reaping && !m_reaping->covers(one.ns);
    });
    m_reaperNotice->setExpired(static_cast<int>(stays));
}

void EnvironmentsPage::select(const QString &ns, const QString &name)
{
    m_filter->clear();
    m_wanted = {ns, name};
    trySelect();
}

void EnvironmentsPage::trySelect()
{
    if (!m_wanted)
        return;
    const int row = m_model.rowOf(m_wanted->first, m_wanted->second);
    const QModelIndex index = m_sorted->mapFromSource(m_model.index(row, 0));
    if (row < 0 || !index.isValid())
        return;
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

std::optional<Environment> EnvironmentsPage::current() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return {};
    return m_model.environmentAt(m_sorted->mapToSource(rows.first()).row());
}

void EnvironmentsPage::updateRows()
{
    const int all = m_model.rowCount();
    const int shown = m_sorted->rowCount();
    const QLocale locale;
    m_count->setText(
        all == shown ? locale.toString(all) : tr("%1 of %2").arg(locale.toString(shown), locale.toString(all)));
    m_empty->setVisible(all == 0);
    m_parts->setVisible(all != 0);
    m_filter->setVisible(all != 0);
    m_columns->setVisible(all != 0);
    m_noMatch->setVisible(shown == 0);
    m_table->setVisible(shown != 0);
    updateCurrent();
}

void EnvironmentsPage::updateCurrent()
{
    const std::optional<Environment> one = current();
    m_actions->setEnvironment(one);
    m_details->setEnvironment(one);
    m_details->setUse(one && m_uses.contains({one->ns, one->name}) ? std::optional(m_uses.value({one->ns, one->name}))
                                                                   : std::nullopt);
    m_details->setAlerts(one ? m_alerts.environments.value({one->ns, one->name}) : models::AlertMark());
}

void EnvironmentsPage::act(Id id)
{
    const std::optional<Environment> one = current();
    if (!one)
        return;
    switch (id) {
    case Id::Open:
        openInBrowser(*one);
        break;
    case Id::Resume:
        Q_EMIT resumeRequested(*one);
        break;
    case Id::RollBack:
        if (one->canGoBack)
            Q_EMIT takeBackRequested(*one);
        else
            askToDelete(*one, true);
        break;
    case Id::Pause:
        Q_EMIT pauseRequested(*one);
        break;
    case Id::Unpause:
        Q_EMIT unpauseRequested(*one);
        break;
    case Id::Extend:
    case Id::Export:
    case Id::Add:
    case Id::Remove:
        popUp(id);
        break;
    case Id::Change:
        if (one->parts.isEmpty())
            Q_EMIT changeRequested(*one);
        else
            popUp(id);
        break;
    case Id::Move:
        Q_EMIT moveRequested(*one);
        break;
    case Id::Clone:
        Q_EMIT cloneRequested(*one);
        break;
    case Id::Delete:
        askToDelete(*one, false);
        break;
    }
}

void EnvironmentsPage::openInBrowser(const Environment &environment)
{
    const QUrl url(environment.address, QUrl::StrictMode);
    // What somebody wrote into an object of the cluster starts no other program.
    if (url.isValid() && (url.scheme() == QLatin1StringView("http") || url.scheme() == QLatin1StringView("https")))
        QDesktopServices::openUrl(url);
}

void EnvironmentsPage::askToDelete(const Environment &environment, bool rollsBack)
{
    auto *dialog = new DeleteDialog(m_theme, environment, m_marks, rollsBack,
        m_readContents ? m_readContents(environment) : QFuture<Result<environments::Contents>>(), window());
    connect(dialog, &DeleteDialog::agreed, this, [this, environment, rollsBack] {
        if (rollsBack)
            Q_EMIT rollBackRequested(environment);
        else
            Q_EMIT deleteRequested(environment);
    });
    dialog->open();
}

void EnvironmentsPage::askForFolder(bool kustomize)
{
    const std::optional<Environment> one = current();
    if (!one)
        return;
    auto *dialog = new QFileDialog(window(), tr("Export %1 into a folder").arg(one->name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this, environment = *one, kustomize](const QString &folder) {
        Q_EMIT exportRequested(environment, folder, kustomize);
    });
    dialog->open();
}

// At its button, whoever asked: by the button, the key or the context menu.
void EnvironmentsPage::popUp(Id id)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (id == Id::Extend)
        m_actions->fillExtensions(*menu);
    else if (id == Id::Export)
        m_actions->fillExports(*menu);
    else if (id == Id::Add)
        m_actions->fillTemplates(*menu, m_templates);
    else
        m_actions->fillParts(*menu, id);
    const QWidget *button = m_details->buttonOf(id);
    menu->popup(button ? button->mapToGlobal(QPoint(0, button->height())) : QCursor::pos());
}

bool EnvironmentsPage::event(QEvent *event)
{
    // The window has a Delete of its own for what is selected on the other pages: here the key means the row.
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (isKey && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Delete)) {
        event->accept();
        QAction *remove = m_actions->action(Id::Delete);
        if (event->type() == QEvent::KeyPress && remove->isEnabled())
            remove->trigger();
        return true;
    }
    return QFrame::event(event);
}

void EnvironmentsPage::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    m_ages.start();
    updateCurrent();
    updateReaper();
}

void EnvironmentsPage::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_ages.stop();
}

} // namespace kdra::ui
