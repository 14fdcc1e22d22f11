// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/checkline.h"

#include "ui/common/widgets.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QMouseEvent>

namespace kdra::ui {

CheckLine::CheckLine(const Theme &theme, const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_box(new QCheckBox)
    , m_text(makeLabel(theme, Theme::FontRole::Body, text))
{
    m_box->setAccessibleName(text);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::NoTextInteraction);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Metrics::space2);
    row->addWidget(m_box, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
}

QString CheckLine::text() const
{
    return m_text->text();
}

void CheckLine::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()) && m_box->isEnabled()) {
        m_box->setFocus(Qt::MouseFocusReason);
        m_box->click();
    }
}

} // namespace kdra::ui
