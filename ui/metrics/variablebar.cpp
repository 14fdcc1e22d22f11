// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/variablebar.h"

#include "ui/common/widgets.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

constexpr int shownInButton = 2;
constexpr int mostInMenu = 200; // nobody ticks more than that by hand

QString labelOf(const metrics::Variable &variable)
{
    return variable.label.isEmpty() ? variable.name : variable.label;
}

// A button that keeps its menu open while entries are ticked.
class TickMenu : public QMenu {
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        QAction *action = actionAt(event->position().toPoint());
        if (action && action->isCheckable())
            action->trigger();
        else
            QMenu::mouseReleaseEvent(event);
    }
};

} // namespace

VariableBar::VariableBar(const Theme &theme, metrics::VariableFeed &variables, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_variables(variables)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(Metrics::space2);
    connect(&variables, &metrics::VariableFeed::ready, this, &VariableBar::rebuild);
    hide();
}

void VariableBar::rebuild()
{
    QList<metrics::Variable> wanted;
    for (const metrics::Variable &variable : m_variables.variables()) {
        if (!variable.hidden && variable.kind != metrics::Variable::Kind::Constant
            && variable.kind != metrics::Variable::Kind::Datasource)
            wanted.append(variable);
    }
    if (wanted != m_built) {
        qDeleteAll(findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
        while (QLayoutItem *item = m_row->takeAt(0))
            delete item;
        m_choosers.clear();
        m_built = wanted;
        for (const metrics::Variable &variable : wanted) {
            QLabel *label = makeLabel(m_theme, Theme::FontRole::Small, labelOf(variable), true);
            QWidget *chooser = makeChooser(variable);
            chooser->setAccessibleName(labelOf(variable));
            label->setBuddy(chooser);
            m_row->addWidget(label);
            m_row->addWidget(chooser);
            m_row->addSpacing(Metrics::space2);
            m_choosers.insert(variable.name, chooser);
        }
        m_row->addStretch(1);
        setVisible(!wanted.isEmpty());
    }
    for (const metrics::Variable &variable : wanted)
        fill(variable, *m_choosers.value(variable.name));
}

QWidget *VariableBar::makeChooser(const metrics::Variable &variable)
{
    const QString name = variable.name;
    if (variable.kind == metrics::Variable::Kind::TextBox) {
        auto *edit = new QLineEdit;
        edit->setFixedWidth(160);
        connect(edit, &QLineEdit::editingFinished, this, [this, name, edit] {
            if (QStringList(edit->text()) != m_variables.menu(name).chosen.values)
                m_variables.choose(name, {edit->text()});
        });
        return edit;
    }
    if (variable.multi) {
        auto *button = new QToolButton;
        button->setPopupMode(QToolButton::InstantPopup);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setMenu(new TickMenu(button));
        return button;
    }
    auto *box = new QComboBox;
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(14);
    box->view()->setAccessibleName(labelOf(variable));
    // Names of pods are longer than the box.
    box->view()->setTextElideMode(Qt::ElideMiddle);
    box->setMaxVisibleItems(24);
    connect(box, &QComboBox::activated, this,
        [this, name, box] { m_variables.choose(name, {box->currentData().toString()}); });
    return box;
}

void VariableBar::fill(const metrics::Variable &variable, QWidget &chooser)
{
    const metrics::VariableFeed::Menu menu = m_variables.menu(variable.name);
    const bool allChosen = menu.chosen.all
        || (variable.includeAll && menu.chosen.values.size() == menu.options.size() && menu.options.size() > 1);
    chooser.setEnabled(!menu.pinned);
    chooser.setToolTip(menu.error ? Qt::convertFromPlainText(menu.error->text()) : QString());
    if (auto *edit = qobject_cast<QLineEdit *>(&chooser)) {
        if (!edit->hasFocus())
            edit->setText(menu.chosen.values.value(0));
        return;
    }
    if (auto *box = qobject_cast<QComboBox *>(&chooser)) {
        const QSignalBlocker blocker(box);
        box->clear();
        if (variable.includeAll)
            box->addItem(tr("All"), QString(metrics::allChosen));
        for (const metrics::Option &option : menu.options)
            box->addItem(option.text, option.value);
        const QString chosen = allChosen ? QString(metrics::allChosen) : menu.chosen.values.value(0);
        int row = box->findData(chosen);
        if (row < 0 && !chosen.isEmpty()) {
            box->insertItem(0, menu.chosen.texts.value(0, chosen), chosen);
            row = 0;
        }
        box->setCurrentIndex(row);
        box->setToolTip(Qt::convertFromPlainText(menu.error ? menu.error->text() : box->currentText()));
        return;
    }
    auto &button = static_cast<QToolButton &>(chooser);
    QMenu &ticks = *button.menu();
    ticks.clear();
    const auto add = [&](const QString &text, const QString &value, bool on) {
        QAction *action = ticks.addAction(unmnemonic(text));
        action->setCheckable(true);
        action->setChecked(on);
        connect(action, &QAction::triggered, this, [this, name = variable.name, value, on] {
            // Of now: others may have been ticked since the menu was opened.
            const metrics::VariableFeed::Menu now = m_variables.menu(name);
            QStringList values = now.chosen.all ? QStringList() : now.chosen.values;
            if (value == metrics::allChosen)
                values = on ? QStringList() : QStringList(metrics::allChosen);
            else if (on)
                values.removeAll(value);
            else
                values.append(value);
            if (values.isEmpty() && !now.options.isEmpty())
                values = {now.options.first().value};
            m_variables.choose(name, values);
        });
    };
    if (variable.includeAll) {
        add(tr("All"), QString(metrics::allChosen), allChosen);
        ticks.addSeparator();
    }
    for (const metrics::Option &option : menu.options.first(std::min<qsizetype>(menu.options.size(), mostInMenu)))
        add(option.text, option.value, !allChosen && menu.chosen.values.contains(option.value));
    if (const auto more = static_cast<int>(menu.options.size() - mostInMenu); more > 0)
        ticks.addAction(tr("and %n more", "values of a variable", more))->setEnabled(false);
    const qsizetype count = menu.chosen.values.size();
    button.setText((allChosen                       ? tr("All")
                           : count <= shownInButton ? unmnemonic(menu.chosen.texts.join(u", "_s))
                                                    : tr("%n chosen", "values of a variable", static_cast<int>(count)))
        + u"  ▾"_s);
}

} // namespace kdra::ui
