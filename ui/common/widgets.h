// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "ui/common/theme.h"

#include <QFrame>
#include <QLabel>
#include <QMessageBox>

class QHBoxLayout;
class QMenu;
class QPushButton;

namespace kdra::ui {

// A label in one of the theme's fonts; `dim` for secondary text. Text is plain and can be selected.
QLabel *makeLabel(const Theme &theme, Theme::FontRole role, const QString &text = {}, bool dim = false);
// "CPU, LAST HOUR": the small heading over a group.
QLabel *makeSectionTitle(const Theme &theme, const QString &text);
// The heading over a group of a menu's actions, which the style sheet's menus do not have by themselves.
void addMenuSection(QMenu &menu, const QString &title);
// Text of others as a button or an action shows it: its ampersands are no keys.
QString unmnemonic(const QString &text);
// A box that deletes itself and shows what others wrote as it is, never as rich text with pictures and links.
QMessageBox *makeMessageBox(
    QMessageBox::Icon icon, const QString &title, const QString &text, const QString &more, QWidget *parent);
QPushButton *makePrimaryButton(const QString &text);

// One line that tells elided text in the middle of a window that cannot be wider.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    using QLabel::QLabel;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

// A page that has nothing to show: says in a sentence why, or what will be here.
class EmptyState : public QFrame {
    Q_OBJECT
public:
    EmptyState(const Theme &theme, const QString &iconName, const QString &title, const QString &text,
        QWidget *parent = nullptr);
    void setText(const QString &title, const QString &text);
    // Adds a button under the text.
    QPushButton *addButton(const QString &text, bool primary = false);

private:
    QLabel *m_title;
    QLabel *m_text;
    QHBoxLayout *m_buttons;
};

// A strip over a page that says what is wrong with what it shows; hidden when there is nothing to say.
class Banner : public QFrame {
    Q_OBJECT
public:
    explicit Banner(const Theme &theme, QWidget *parent = nullptr);
    void tell(store::Severity severity, const QString &text);
    void clear();

private:
    class GlyphLabel *m_glyph;
    QLabel *m_text;
};

// A severity glyph as a widget.
class GlyphLabel : public QWidget {
    Q_OBJECT
public:
    explicit GlyphLabel(const Theme &theme, QWidget *parent = nullptr);
    void setSeverity(store::Severity severity);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    store::Severity m_severity = store::Severity::Unknown;
};

} // namespace kdra::ui
