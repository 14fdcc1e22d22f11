// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/reapernotice.h"

#include "ui/common/widgets.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace kdra::ui {

ReaperNotice::ReaperNotice(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_text(makeLabel(theme, Theme::FontRole::Body))
    , m_button(new QPushButton(tr("Install the environment reaper…")))
{
    setObjectName(QStringLiteral("banner"));
    auto *glyph = new GlyphLabel(theme);
    glyph->setSeverity(store::Severity::Warning);
    m_text->setWordWrap(true);
    m_button->setToolTip(tr("A small job in the cluster that deletes environments whose time is over."));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Metrics::space4, Metrics::space2, Metrics::space4, Metrics::space2);
    row->setSpacing(Metrics::space2);
    row->addWidget(glyph);
    row->addWidget(m_text, 1);
    row->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &ReaperNotice::installRequested);
    hide();
}

void ReaperNotice::setExpired(int count)
{
    if (count > 0)
        m_text->setText(tr("%n environment(s) have expired, and nothing in the cluster deletes them.", nullptr, count));
    setVisible(count > 0);
}

QString ReaperNotice::text() const
{
    return m_text->text();
}

} // namespace kdra::ui
