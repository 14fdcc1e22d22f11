// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/metrics/panelcontents.h"

#include <QWidget>

#include <memory>

namespace kdra::ui {

class PlotView;
class Theme;
class ViewState;

// What a panel shows below its title, by its kind. GUI thread.
class PanelBody : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    // For a kind that is shown; null for PanelKind::Unsupported.
    static PanelBody *make(metrics::PanelKind kind, ViewState &state, const Theme &theme, QWidget *parent);

    virtual void setContents(const metrics::Panel &panel, PanelContents contents) = 0;
    // Whether there is anything to see; a text needs no answers.
    virtual bool isEmpty() const = 0;
    virtual PlotView *plot() const { return nullptr; }
    // What is seen, as CSV.
    virtual QByteArray csv() const = 0;
    // What assistive technologies read: the title is the panel's.
    virtual void describe(const QString &title) = 0;
    // What is to be said about what is shown, whole sentences.
    virtual QStringList notes() const { return {}; }
};

} // namespace kdra::ui
