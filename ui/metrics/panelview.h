// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/latest.h"
#include "base/result.h"
#include "metrics/panelseries.h"
#include "ui/metrics/viewstate.h"

#include <QFrame>

#include <chrono>
#include <optional>

class QLabel;
class QPushButton;
class QStackedLayout;
class QToolButton;

namespace kdra::ui {

class ElidedLabel;
class GlyphLabel;
class PanelBody;
class PlotView;
class Theme;

// One panel of a dashboard: its title, what it shows, and what is to be said about it. Its variables are filled in
// already. GUI thread.
//
// What was shown stays when something goes wrong: an error, an age and notes stand above it.
class PanelView : public QFrame {
    Q_OBJECT
public:
    PanelView(const metrics::Panel &panel, ViewState &state, const Theme &theme, QWidget *parent = nullptr);

    const metrics::Panel &panel() const { return m_panel; }
    // The same place with another panel: variables have changed. Keeps what is hidden in the legend.
    void setPanel(const metrics::Panel &panel);

    // Replaces all answers, and takes back an error, an age and the loading state. What takes more than a moment to be
    // made into what is seen is made on another thread; what was shown stays until then, and the newest is shown last.
    void setAnswers(const QList<metrics::PanelAnswer> &answers);
    // Answers are being made into what is seen.
    bool isFilling() const { return m_underWay; }
    void setLoading(bool loading);
    void setError(const std::optional<Error> &error);
    // How old what is shown is; 0: it is live.
    void setStale(std::chrono::seconds age);
    // Whole sentences: warnings of the server, what of an imported panel is not shown. Beside those of the answers.
    void setNotes(const QStringList &notes);

    PanelBody *body() const { return m_body; }
    PlotView *plot() const; // null for kinds without a time axis
    // Everything that is said above the plot now, for tests and assistive technologies.
    QString status() const;

    void copyPicture() const;
    void copySvg();
    void copyCsv() const;
    void copyQueries() const;
    QByteArray svg();
    QByteArray csv() const;
    QString queries() const;

    QSize sizeHint() const override { return {480, 260}; }
    QSize minimumSizeHint() const override { return {160, 80}; }

Q_SIGNALS:
    void fullScreenRequested();
    void retryRequested();
    // Offered where somebody listens.
    void exploreRequested();

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeActions();
    void openMenu(const QPoint &globalPosition);
    void fill();
    void refresh();
    void fitMessage();
    QStringList allNotes() const;

    metrics::Panel m_panel;
    ViewState &m_state;
    const Theme &m_theme;
    ElidedLabel *m_title;
    GlyphLabel *m_glyph;
    QLabel *m_word;
    QToolButton *m_menu;
    QFrame *m_strip;
    QLabel *m_stripText;
    QPushButton *m_stripRetry;
    PanelBody *m_body = nullptr;
    QWidget *m_message;
    QLabel *m_messageTitle;
    QLabel *m_messageText;
    QPushButton *m_retry;
    QWidget *m_room; // of body and message
    QStackedLayout *m_stack;
    QList<QAction *> m_actions;
    QList<metrics::PanelAnswer> m_answers;
    bool m_answered = false;
    Latest m_filling;
    bool m_underWay = false; // contents of m_filling
    bool m_again = false; // what they are of is old already
    bool m_filled = false; // the body shows contents
    bool m_loading = false;
    std::optional<Error> m_error;
    std::chrono::seconds m_age{0};
    QStringList m_notes;
};

} // namespace kdra::ui
