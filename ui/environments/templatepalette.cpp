// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/templatepalette.h"

#include "ui/common/widgets.h"
#include "ui/environments/templatelist.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

namespace kdra::ui {

TemplatePalette::TemplatePalette(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_title(makeSectionTitle(theme, {}))
    , m_search(new QLineEdit)
    , m_list(new TemplateList(theme, m_model))
    , m_empty(makeLabel(theme, Theme::FontRole::Body, {}, true))
    , m_hint(makeLabel(theme, Theme::FontRole::Small, {}, true))
{
    setObjectName(QStringLiteral("side"));
    setFocusProxy(m_list);
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setContentsMargins(Metrics::space4, Metrics::space5, Metrics::space4, Metrics::space4);
    m_hint->setWordWrap(true);
    m_hint->setContentsMargins(Metrics::space3, Metrics::space2, Metrics::space3, Metrics::space3);

    auto *head = new QVBoxLayout;
    head->setContentsMargins(Metrics::space3, Metrics::space1, Metrics::space3, Metrics::space2);
    head->setSpacing(Metrics::space1);
    head->addWidget(m_title);
    head->addWidget(m_search);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty, 1);
    column->addWidget(m_hint);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        updateEmptiness();
        selectFirst();
    });
    connect(m_list, &TemplateList::chosen, this, &TemplatePalette::chosen);
    connect(m_list, &TemplateList::pickedUp, this, &TemplatePalette::pickedUp);
    connect(m_list, &TemplateList::dragEnded, this, &TemplatePalette::dragEnded);
    connect(m_list, &TemplateList::typed, this, [this](const QString &text) {
        m_search->setFocus(Qt::OtherFocusReason);
        m_search->setText(m_search->text() + text);
    });
    connect(m_list, &TemplateList::menuRequested, this, &TemplatePalette::showMenu);
    updateWords();
}

void TemplatePalette::setTemplates(
    const QList<environments::TemplatePtr> &templates, const QList<TemplateProblem> &problems)
{
    m_known = true;
    m_model.setTemplates(templates, problems);
    updateEmptiness();
    selectFirst();
}

void TemplatePalette::updateWords()
{
    m_title->setText(tr("Templates").toUpper());
    m_search->setPlaceholderText(tr("Search templates"));
    m_search->setAccessibleName(tr("Search templates"));
    m_list->setAccessibleName(tr("Templates"));
    m_hint->setText(tr("Drag one onto a node, a site or the whole cluster. Space picks it up for the keyboard."));
    updateEmptiness();
}

void TemplatePalette::updateEmptiness()
{
    const bool empty = m_model.rowCount() == 0;
    if (!m_known)
        m_empty->setText(tr("Templates are being read…"));
    else if (m_model.isEmpty())
        m_empty->setText(tr("There are no templates. They come with KDRA, from your folder, and from the cluster."));
    else
        m_empty->setText(tr("No template matches “%1”.").arg(m_search->text()));
    // The list keeps the keyboard while nothing else can take it.
    if (empty && m_list->hasFocus())
        m_search->setFocus(Qt::OtherFocusReason);
    m_list->setVisible(!empty);
    m_empty->setVisible(empty);
    m_hint->setVisible(!empty);
}

// Enter has something to mean at once.
void TemplatePalette::selectFirst()
{
    if (m_list->current())
        return;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.at(row)) {
            m_list->setCurrentIndex(m_model.index(row));
            return;
        }
    }
}

// The list is walked from the field as well: what was searched is there already.
bool TemplatePalette::searchKey(int key)
{
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const environments::TemplatePtr of = m_list->current())
            Q_EMIT chosen(of->id);
        return true;
    case Qt::Key_Escape:
        if (m_search->text().isEmpty())
            return false;
        m_search->clear();
        m_list->setFocus(Qt::OtherFocusReason);
        return true;
    case Qt::Key_Down:
        m_list->setFocus(Qt::OtherFocusReason);
        return true;
    default:
        return false;
    }
}

bool TemplatePalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress)
        return searchKey(static_cast<QKeyEvent *>(event)->key());
    // Esc leaves the search before it means anything to the window.
    if (watched == m_search && event->type() == QEvent::ShortcutOverride && !m_search->text().isEmpty()
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void TemplatePalette::showMenu(const QString &id, const QPoint &position)
{
    const environments::TemplatePtr of = m_list->current();
    if (!of)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool unreviewed = m_model.isUnreviewed(*of);
    menu->addAction(unreviewed ? tr("Create") : tr("Create…"), QKeySequence(Qt::Key_Return), this,
        [this, id] { Q_EMIT chosen(id); });
    if (unreviewed)
        menu->addAction(tr("Review and create…"), this, [this, id] { Q_EMIT reviewRequested(id); });
    menu->addAction(tr("Pick up"), QKeySequence(Qt::Key_Space), this,
        [this, id, title = of->title] { Q_EMIT pickedUp(id, title); });
    menu->addSeparator();
    QAction *without = menu->addAction(tr("Create without review"));
    without->setCheckable(true);
    without->setChecked(unreviewed);
    without->setToolTip(tr("Dropping it, a double click and Enter create at once, with the defaults."));
    menu->setToolTipsVisible(true);
    connect(without, &QAction::toggled, this, [this, of](bool on) { m_model.setUnreviewed(*of, on); });
    Q_EMIT menuAboutToShow(id, menu);
    menu->popup(position);
}

void TemplatePalette::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        updateWords();
    QFrame::changeEvent(event);
}

} // namespace kdra::ui
