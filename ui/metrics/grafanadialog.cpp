// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/grafanadialog.h"

#include "ui/common/widgets.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

enum Column { TitleColumn, TagsColumn, ResultColumn };
constexpr int uidRole = Qt::UserRole;

} // namespace

GrafanaDialog::GrafanaDialog(const Theme &theme, const Known &known, QWidget *parent)
    : QDialog(parent)
    , m_known(known)
    , m_server(new QComboBox)
    , m_form(new QFormLayout)
    , m_url(new QLineEdit(known.endpoint.url.toString()))
    , m_token(new QLineEdit)
    , m_annotate(new QCheckBox(tr("&Note in it when an environment is created or removed with KDRA")))
    , m_connect(new QPushButton(tr("&Connect")))
    , m_search(new QLineEdit)
    , m_tree(new QTreeWidget)
    , m_glyph(new GlyphLabel(theme))
    , m_status(makeLabel(theme, Theme::FontRole::Small))
    , m_import(makePrimaryButton({}))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Dashboards of a Grafana server"));
    for (const metrics::Endpoint &service : known.services)
        m_server->addItem(tr("Service %1").arg(service.title()));
    m_server->addItem(tr("At an address"));
    const auto used = std::ranges::find(known.services, known.endpoint);
    m_server->setCurrentIndex(!known.endpoint.url.isEmpty() ? m_server->count() - 1
            : used != known.services.end()                  ? static_cast<int>(used - known.services.begin())
                                                            : 0);
    m_server->setAccessibleName(tr("Server"));
    m_server->view()->setAccessibleName(m_server->accessibleName());
    m_url->setPlaceholderText(u"https://grafana.example.com"_s);
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setPlaceholderText(known.hasToken ? tr("The one in the keychain") : tr("None"));
    m_annotate->setChecked(known.annotates);
    m_search->setPlaceholderText(tr("Search by title, folder or tag"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_tree->setHeaderLabels({tr("Dashboard"), tr("Tags"), tr("Imported")});
    m_tree->setAccessibleName(tr("Dashboards of the server"));
    m_tree->setMinimumSize(680, 260);
    m_tree->setWordWrap(true);
    m_status->setWordWrap(true);

    m_form->addRow(tr("Server"), m_server);
    m_form->addRow(tr("Address"), m_url);
    m_form->addRow(tr("Token"), m_token);
    m_form->addRow(QString(), m_annotate);
    auto *line = new QHBoxLayout;
    line->addWidget(m_glyph, 0, Qt::AlignTop);
    line->addWidget(m_status, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_connect, QDialogButtonBox::ActionRole);
    buttons->addButton(m_import, QDialogButtonBox::ActionRole);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addWidget(makeLabel(theme, Theme::FontRole::Title, windowTitle()));
    column->addLayout(m_form);
    column->addWidget(m_search);
    column->addWidget(m_tree, 1);
    column->addLayout(line);
    column->addWidget(buttons);

    connect(m_server, &QComboBox::currentIndexChanged, this, &GrafanaDialog::judge);
    connect(m_url, &QLineEdit::textChanged, this, &GrafanaDialog::judge);
    connect(m_token, &QLineEdit::textChanged, this, &GrafanaDialog::judge);
    connect(m_annotate, &QCheckBox::toggled, this, &GrafanaDialog::annotateChanged);
    connect(m_search, &QLineEdit::textChanged, this, &GrafanaDialog::filter);
    connect(m_tree, &QTreeWidget::itemChanged, this, &GrafanaDialog::count);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_connect, &QPushButton::clicked, this, [this] {
        m_connecting = true;
        judge();
        tell(store::Severity::Progressing, tr("The server is asked for its dashboards."));
        Q_EMIT connectRequested(endpoint(), m_token->text().trimmed());
    });
    connect(m_import, &QPushButton::clicked, this, [this] {
        const QStringList uids = ticked();
        m_importing = static_cast<int>(uids.size());
        for (const QString &uid : uids) {
            QTreeWidgetItem *item = m_items.value(uid);
            qDeleteAll(item->takeChildren());
            item->setText(ResultColumn, tr("Waits"));
        }
        count();
        Q_EMIT importRequested(uids);
    });
    judge();
    count();
    tell(store::Severity::Unknown, tr("Connect to see its dashboards."));
}

metrics::Endpoint GrafanaDialog::endpoint() const
{
    const qsizetype index = m_server->currentIndex();
    if (index < m_known.services.size())
        return m_known.services[index];
    const bool hasToken = !m_token->text().trimmed().isEmpty()
        || (m_known.hasToken && m_url->text().trimmed() == m_known.endpoint.url.toString());
    return {.url = QUrl(m_url->text().trimmed(), QUrl::StrictMode),
        .login = hasToken ? metrics::Login::Bearer : metrics::Login::None};
}

void GrafanaDialog::judge()
{
    const metrics::Endpoint now = endpoint();
    m_form->setRowVisible(m_url, !now.isProxied());
    // The API server keeps the Authorization header for itself.
    m_form->setRowVisible(m_token, !now.isProxied());
    m_form->setRowVisible(m_annotate, !now.isProxied());
    m_annotate->setEnabled(now.login == metrics::Login::Bearer);
    const std::optional<Error> problem = now.problem();
    m_connect->setEnabled(!problem && !m_connecting);
    m_connect->setToolTip(problem ? Qt::convertFromPlainText(problem->text()) : QString());
}

void GrafanaDialog::setEntries(const QList<metrics::GrafanaEntry> &entries)
{
    m_connecting = false;
    const QSignalBlocker blocker(m_tree);
    m_tree->clear();
    m_items.clear();
    QHash<QString, QTreeWidgetItem *> folders;
    QList<metrics::GrafanaEntry> sorted = entries;
    std::ranges::stable_sort(sorted, [](const metrics::GrafanaEntry &one, const metrics::GrafanaEntry &other) {
        const int byFolder = QString::localeAwareCompare(one.folder, other.folder);
        return byFolder != 0 ? byFolder < 0 : QString::localeAwareCompare(one.title, other.title) < 0;
    });
    for (const metrics::GrafanaEntry &entry : std::as_const(sorted)) {
        QTreeWidgetItem *parent = m_tree->invisibleRootItem();
        if (!entry.folder.isEmpty()) {
            QTreeWidgetItem *&folder = folders[entry.folder];
            if (!folder) {
                folder = new QTreeWidgetItem(m_tree, {entry.folder});
                folder->setFlags(folder->flags() | Qt::ItemIsUserCheckable | Qt::ItemIsAutoTristate);
                folder->setCheckState(TitleColumn, Qt::Unchecked);
                folder->setExpanded(true);
            }
            parent = folder;
        }
        auto *item = new QTreeWidgetItem(parent, {entry.title, entry.tags.join(u", "_s)});
        item->setData(TitleColumn, uidRole, entry.uid);
        item->setCheckState(TitleColumn, Qt::Unchecked);
        item->setToolTip(TitleColumn, Qt::convertFromPlainText(entry.uid));
        m_items.insert(entry.uid, item);
    }
    m_tree->header()->resizeSection(TitleColumn, 300);
    m_tree->header()->resizeSection(TagsColumn, 120);
    tell(entries.isEmpty() ? store::Severity::Warning : store::Severity::Healthy,
        entries.isEmpty() ? tr("The server shows no dashboards: a token may be missing, or may not see them.")
                          : tr("The server has %n dashboards.", nullptr, static_cast<int>(entries.size())));
    judge();
    filter();
    count();
}

void GrafanaDialog::setError(const Error &error)
{
    m_connecting = false;
    judge();
    tell(store::Severity::Failing, error.text());
}

void GrafanaDialog::setResult(const QString &uid, const Result<QStringList> &notes)
{
    QTreeWidgetItem *item = m_items.value(uid);
    if (!item)
        return;
    const QSignalBlocker blocker(m_tree);
    const QString summary = notes ? notes->value(0) : tr("Failed: %1").arg(notes.error().text());
    item->setText(ResultColumn, summary);
    item->setToolTip(ResultColumn, Qt::convertFromPlainText(summary));
    const QStringList more = notes ? notes->mid(1) : QStringList();
    for (const QString &note : more) {
        auto *line = new QTreeWidgetItem(item, {note});
        line->setFirstColumnSpanned(true);
        line->setToolTip(TitleColumn, Qt::convertFromPlainText(note));
        line->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    }
    item->setExpanded(!more.isEmpty());
    item->setCheckState(TitleColumn, notes ? Qt::Unchecked : Qt::Checked);
    m_importing = std::max(0, m_importing - 1);
    count();
}

void GrafanaDialog::setImported()
{
    m_importing = 0;
    count();
    tell(store::Severity::Healthy,
        tr("They stand under “My dashboards” now. What cannot be shown is listed below each."));
}

QStringList GrafanaDialog::ticked() const
{
    QStringList uids;
    for (auto it = m_items.begin(); it != m_items.end(); ++it) {
        if (it.value()->checkState(TitleColumn) == Qt::Checked)
            uids.append(it.key());
    }
    uids.sort();
    return uids;
}

QString GrafanaDialog::status() const
{
    return m_status->text();
}

// What is ticked stays ticked, and counts, whether it is seen or not.
void GrafanaDialog::filter()
{
    const QString text = m_search->text().trimmed();
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        m_tree->topLevelItem(i)->setHidden(true);
    for (QTreeWidgetItem *item : std::as_const(m_items)) {
        QTreeWidgetItem *folder = item->parent();
        const bool matches = text.isEmpty() || item->text(TitleColumn).contains(text, Qt::CaseInsensitive)
            || item->text(TagsColumn).contains(text, Qt::CaseInsensitive)
            || (folder && folder->text(TitleColumn).contains(text, Qt::CaseInsensitive));
        item->setHidden(!matches);
        if (folder && matches)
            folder->setHidden(false);
    }
}

void GrafanaDialog::count()
{
    const int some = static_cast<int>(ticked().size());
    m_import->setText(m_importing > 0 ? tr("%n to go…", "dashboards that are being imported", m_importing)
                                      : tr("&Import %n", "dashboards", some));
    m_import->setEnabled(some > 0 && m_importing == 0);
}

void GrafanaDialog::tell(store::Severity severity, const QString &text)
{
    m_glyph->setSeverity(severity);
    m_status->setText(text);
}

} // namespace kdra::ui
