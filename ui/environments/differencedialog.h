// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/lifecycle.h"

#include <QDialog>
#include <QFuture>

class QLabel;
class QPlainTextEdit;
class QTreeWidget;

namespace kdra::ui {

class GlyphLabel;
class Theme;

// What the server would make of a plan: each object, and what would change in it. Deletes itself.
class DifferenceDialog : public QDialog {
    Q_OBJECT
public:
    using Answer = Result<QList<environments::Difference>>;
    DifferenceDialog(const Theme &theme, const QFuture<Answer> &answer, QWidget *parent);

    QTreeWidget &objects() const { return *m_objects; }
    QPlainTextEdit &text() const { return *m_text; }
    QString summary() const;

private:
    void tell(const Answer &answer);
    void showCurrent();

    GlyphLabel *m_glyph;
    QLabel *m_summary;
    QTreeWidget *m_objects;
    QPlainTextEdit *m_text;
    QList<environments::Difference> m_differences;
};

} // namespace kdra::ui
