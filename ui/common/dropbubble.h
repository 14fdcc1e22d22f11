// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/planner.h"

#include <QTextLayout>
#include <QWidget>

#include <memory>
#include <vector>

namespace kdra::ui {

class Theme;

// The verdict beside the pointer: glyph, a sentence, the reasons. The mouse goes through it.
class DropBubble : public QWidget {
    Q_OBJECT
public:
    static constexpr int widest = 320; // the box, without its shadow
    static constexpr int mostReasons = 4;

    explicit DropBubble(const Theme &theme, QWidget *parent);

    // `strong` is the part of the sentence in bold: the target's name. `hint`: the keys, where there is no mouse.
    void tell(
        const environments::Verdict &verdict, const QString &sentence, const QString &strong, const QString &hint = {});
    // The sentence and the reasons shown, a line each.
    QString text() const { return m_text; }
    // The same as one paragraph, to be read out.
    QString spoken() const { return m_spoken; }

    // Beside the anchor (what must stay visible), inside the room; both in the parent's coordinates.
    void place(const QRect &anchor, const QRect &room);
    // What is seen of it, without its shadow; in the parent's coordinates.
    QRect box() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Paragraph {
        std::unique_ptr<QTextLayout> layout;
        QPointF position;
        bool dim = false;
        bool bullet = false;
    };
    void compose();
    QSize layOut(double width);

    const Theme &m_theme;
    environments::Verdict m_verdict;
    QString m_sentence;
    QString m_strong;
    QString m_hint;
    QString m_text;
    QString m_spoken;
    std::vector<Paragraph> m_paragraphs;
};

} // namespace kdra::ui
