// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/metrics/panelbody.h"

class QTextBrowser;

namespace kdra::ui {

// Markdown. HTML in it is shown as text, and nothing is loaded from anywhere.
class TextBody : public PanelBody {
    Q_OBJECT
public:
    TextBody(const Theme &theme, QWidget *parent);

    void setContents(const metrics::Panel &panel, PanelContents contents) override;
    bool isEmpty() const override { return false; }
    QByteArray csv() const override { return {}; }
    void describe(const QString &title) override;

private:
    QTextBrowser *m_text;
};

} // namespace kdra::ui
