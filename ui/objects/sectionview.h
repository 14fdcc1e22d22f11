// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/section.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace kdra::ui {

class Theme;

// The text with places to break it at its punctuation, where one of its words does not fit into a width. No line ends
// between a hyphen and a digit by itself, as in the uid of a volume's name. A number and its unit stay
// together.
QString breakable(const QString &whole, const QFontMetrics &metrics, int width);

// Sections of lines in a narrow column: labels, values that may be links, bars, and smaller details.
class SectionView : public QWidget {
    Q_OBJECT
public:
    explicit SectionView(const Theme &theme, QWidget *parent = nullptr);

    void setSections(const models::Sections &sections);
    // Time goes on, though nothing else changes.
    void refreshAges();

Q_SIGNALS:
    // The user wants to look at another object.
    void followed(const kdra::store::Item &item);

private:
    void addLine(const models::Line &line);
    QWidget *makeValue(const models::Line &line);

    const Theme &m_theme;
    QVBoxLayout *m_column;
    models::Sections m_shown;
    QList<std::pair<QLabel *, quint32>> m_ages;
};

} // namespace kdra::ui
