// SPDX-License-Identifier: GPL-3.0-or-later
// What can be copied out of a panel, and its menu.
#include "ui/common/widgets.h"
#include "ui/metrics/panelbody.h"
#include "ui/metrics/panelview.h"
#include "ui/metrics/plotview.h"

#include <QAction>
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QMetaMethod>
#include <QMimeData>
#include <QPainter>
#include <QSvgGenerator>

namespace kdra::ui {

using namespace Qt::StringLiterals;

void PanelView::makeActions()
{
    const auto add = [this](const QString &text, const QKeySequence &key, auto act) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        // Of the panel that has the focus.
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
        m_actions.append(action);
    };
    add(tr("Full screen"), Qt::Key_F11, [this] { Q_EMIT fullScreenRequested(); });
    add(tr("Ask the server again"), Qt::Key_F5, [this] { Q_EMIT retryRequested(); });
    add(tr("Go back to the span before"), Qt::ALT | Qt::Key_Left, [this] { m_state.back(); });
    add(tr("Explore the queries"), Qt::CTRL | Qt::SHIFT | Qt::Key_X, [this] { Q_EMIT exploreRequested(); });
    add(tr("Copy as a picture"), QKeySequence::Copy, [this] { copyPicture(); });
    add(tr("Copy as SVG"), Qt::CTRL | Qt::ALT | Qt::Key_C, [this] { copySvg(); });
    add(tr("Copy the values as CSV"), Qt::CTRL | Qt::SHIFT | Qt::Key_C, [this] { copyCsv(); });
    add(tr("Copy the queries as PromQL"), Qt::CTRL | Qt::SHIFT | Qt::Key_Q, [this] { copyQueries(); });
}

void PanelView::openMenu(const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    constexpr qsizetype explore = 3;
    const bool explorable =
        isSignalConnected(QMetaMethod::fromSignal(&PanelView::exploreRequested)) && !m_panel.queries.isEmpty();
    m_actions[explore]->setVisible(explorable);
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        if (i == explore + 1)
            menu->addSeparator();
        menu->addAction(m_actions[i]);
    }
    menu->popup(globalPosition);
}

void PanelView::contextMenuEvent(QContextMenuEvent *event)
{
    openMenu(event->globalPos());
}

void PanelView::copyPicture() const
{
    QApplication::clipboard()->setPixmap(const_cast<PanelView *>(this)->grab());
}

QByteArray PanelView::svg()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size());
    generator.setViewBox(rect());
    generator.setResolution(96); // lengths in fonts are pixels
    generator.setTitle(m_panel.title);
    QPainter painter(&generator);
    painter.fillRect(rect(), m_theme.palette().panel);
    // Borders and the button are the window's; the picture is of the plot.
    for (QWidget *part : std::initializer_list<QWidget *>{m_title, m_room}) {
        if (!part->isVisibleTo(this))
            continue;
        part->render(&painter, part->mapTo(this, QPoint()), {}, QWidget::DrawChildren);
    }
    painter.end();
    return buffer.data();
}

void PanelView::copySvg()
{
    auto *mime = new QMimeData;
    const QByteArray text = svg();
    mime->setData(u"image/svg+xml"_s, text);
    mime->setText(QString::fromUtf8(text));
    QApplication::clipboard()->setMimeData(mime);
}

QByteArray PanelView::csv() const
{
    return m_body ? m_body->csv() : QByteArray();
}

void PanelView::copyCsv() const
{
    auto *mime = new QMimeData;
    const QByteArray text = csv();
    mime->setData(u"text/csv"_s, text);
    mime->setText(QString::fromUtf8(text));
    QApplication::clipboard()->setMimeData(mime);
}

QString PanelView::queries() const
{
    QStringList lines;
    for (const metrics::Query &query : m_panel.queries)
        lines.append(query.expr);
    return lines.join(u'\n');
}

void PanelView::copyQueries() const
{
    QApplication::clipboard()->setText(queries());
}

} // namespace kdra::ui
