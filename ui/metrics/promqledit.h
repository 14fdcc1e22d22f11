// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/promqlcompletion.h"
#include "ui/metrics/promqloffers.h"

#include <QCompleter>
#include <QPlainTextEdit>

namespace kdra::ui {

class Theme;

// A query in PromQL: coloured, as high as its lines, with brackets that show their partners, and with completions from
// the server. Return runs it (Shift+Return begins a line), Ctrl+Space offers what fits, Tab or Return takes it. GUI
// thread.
class PromqlEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit PromqlEdit(const Theme &theme, QWidget *parent = nullptr);
    ~PromqlEdit() override;

    // Where completions come from.
    metrics::PromqlCompletion &completion() { return m_completion; }

    QString query() const { return toPlainText(); }
    // Can be undone.
    void setQuery(const QString &query);
    // Underlines the part that stands there until the query is changed; the last part when it is at the end.
    void setErrorAt(std::optional<qsizetype> place);
    std::optional<qsizetype> errorPlace() const { return m_errorAt; }

    void openCompletion();
    bool isOffering() const;
    QStringList offered() const;
    QAbstractItemView &popup() const { return *m_completer.popup(); }

Q_SIGNALS:
    void runRequested();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool takeForPopup(QKeyEvent *event);
    bool pair(QKeyEvent *event);
    void follow(bool asked);
    void offer();
    void accept(int row);
    void dress();
    void grow();
    QString explanationAt(const QPoint &position) const;

    const Theme &m_theme;
    metrics::PromqlCompletion m_completion;
    OfferModel m_model;
    QCompleter m_completer;
    OfferDelegate *m_delegate;
    QList<metrics::PromPiece> m_pieces;
    std::optional<qsizetype> m_errorAt;
    bool m_wanted = false; // completions are shown when they come
};

} // namespace kdra::ui
