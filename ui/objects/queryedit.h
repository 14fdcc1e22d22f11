// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>
#include <QLineEdit>
#include <QPointer>

namespace kdra::ui {

class Theme;

// A box for a query: marks the part that is not understood, keeps what was asked before.
class QueryEdit : public QLineEdit {
    Q_OBJECT
public:
    explicit QueryEdit(const Theme &theme, QWidget *parent = nullptr);

    // Underlines these characters; length 0 for none.
    void setMark(qsizetype position, qsizetype length);
    qsizetype markedPosition() const { return m_markAt; }
    qsizetype markedLength() const { return m_markLength; }

    // What offers completions: keys that are for it are left to it while it is open.
    void setPopup(QAbstractItemView *popup) { m_popup = popup; }

    // Queries of before, the newest first, in the settings under this key.
    void setHistorySettings(const QString &key) { m_historyKey = key; }
    QStringList history() const;
    // The text becomes the newest of the history.
    void keepText();

Q_SIGNALS:
    void helpRequested(); // F1
    void historyRequested(); // Down, or Alt+Down
    void left(); // Return: on to the table
    void completionRequested(); // Tab, while something is offered

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    int xOf(qsizetype position) const;

    bool isOffering() const;

    const Theme &m_theme;
    QPointer<QAbstractItemView> m_popup;
    QString m_historyKey;
    qsizetype m_markAt = 0;
    qsizetype m_markLength = 0;
};

} // namespace kdra::ui
