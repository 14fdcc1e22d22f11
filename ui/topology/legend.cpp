// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/legend.h"

#include "ui/topology/canvas.h"

#include <QEvent>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>

namespace kdra::ui {

namespace {
constexpr int titleHeight = 20;
constexpr int margin = 3;
constexpr int sample = 14; // of a node's surface
} // namespace

Legend::Legend(Theme &theme, Canvas &canvas, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_canvas(canvas)
{
    for (int step = 0; step < stepCount; ++step) {
        auto *chip = new LegendChip(theme, this);
        m_chips[static_cast<size_t>(step)] = chip;
        connect(chip, &LegendChip::chosen, this, [this, step](bool more) { choose(step, more); });
    }
    m_counting.setSingleShot(true);
    m_counting.setInterval(250);
    connect(&m_counting, &QTimer::timeout, this, [this] {
        if (std::exchange(m_countsChanged, false))
            updateCounts();
    });
    connect(&canvas, &Canvas::sceneChanged, this, [this] {
        // All other names are fixed.
        const Scene &scene = m_canvas.scene();
        if (scene.overlay() == Overlay::Image && m_names != scene.stepNames())
            updateWords();
        // The first pods are counted at once.
        m_countsChanged = m_counting.isActive() && m_counts != StepCounts{};
        if (!m_countsChanged) {
            updateCounts();
            m_counting.start();
        }
    });
    connect(&canvas, &Canvas::overlayChanged, this, &Legend::updateWords);
    connect(&canvas, &Canvas::filterChanged, this, &Legend::updateFilter);
    connect(&theme, &Theme::changed, this, &Legend::updateWords);
    updateWords();
}

void Legend::choose(int step, bool more)
{
    const auto bit = static_cast<Steps>(1 << step);
    const Steps now = m_canvas.scene().filter();
    if (!more) {
        m_canvas.setFilter(now == bit ? allSteps : bit);
        return;
    }
    const auto next = static_cast<Steps>((m_canvas.scene().isFiltered() ? now : 0) ^ bit);
    m_canvas.setFilter(next ? next : allSteps);
}

void Legend::updateWords()
{
    const Overlay overlay = m_canvas.scene().overlay();
    const Palette &palette = m_theme.palette();
    m_names = m_canvas.scene().stepNames();
    for (size_t step = 0; step < m_chips.size(); ++step) {
        const CellLook look{stepColour(palette, overlay, static_cast<quint8>(step), false).rgb(),
            overlay == Overlay::Status ? std::optional(static_cast<store::Severity>(step)) : std::nullopt};
        const QString &name = m_names[static_cast<qsizetype>(step)];
        m_chips[step]->setMeaning(name, look);
        m_chips[step]->setVisible(!name.isEmpty());
    }
    m_title = overlayMeaning(overlay);
    // Where the node's load is the cells' value too, the chips say it already.
    m_nodesTitle = overlay == Overlay::Cpu || overlay == Overlay::Memory ? tr("Nodes, 0 to 100 %:") : QString();
    setAccessibleName(overlay == Overlay::Status ? tr("Legend and filter of pods: %1").arg(overlayName(overlay))
                                                 : tr("Legend and filter of pods: %1").arg(m_title));
    updateFilter();
    updateCounts();
    update();
}

void Legend::updateCounts()
{
    m_counts = m_canvas.scene().byStep();
    for (size_t step = 0; step < m_chips.size(); ++step)
        m_chips[step]->setCount(m_counts[step]);
    arrange();
}

void Legend::updateFilter()
{
    const Scene &scene = m_canvas.scene();
    for (size_t step = 0; step < m_chips.size(); ++step)
        m_chips[step]->setState(scene.isFiltered(), scene.passes(static_cast<quint8>(step)));
}

void Legend::setRoom(int width)
{
    if (m_room == width)
        return;
    m_room = width;
    arrange();
}

int Legend::titleWidth() const
{
    if (m_title.isEmpty())
        return 0;
    const QFontMetrics strong(m_theme.font(Theme::FontRole::SmallStrong));
    const QFontMetrics small(m_theme.font(Theme::FontRole::Small));
    int width = 2 * Metrics::space2 + strong.horizontalAdvance(m_title);
    if (!m_nodesTitle.isEmpty())
        width += Metrics::space4 + small.horizontalAdvance(m_nodesTitle) + Metrics::space2 + stepCount * sample;
    return width;
}

void Legend::arrange()
{
    int x = margin;
    int y = margin + (m_title.isEmpty() ? 0 : titleHeight);
    int width = std::min(titleWidth(), m_room - 2 * margin);
    for (LegendChip *chip : m_chips) {
        if (chip->isHidden())
            continue;
        const QSize size = chip->sizeHint();
        if (x > margin && x + size.width() + margin > m_room) {
            x = margin;
            y += LegendChip::height;
        }
        chip->setGeometry({{x, y}, size});
        x += size.width();
        width = std::max(width, x - margin);
    }
    const QSize size(width + 2 * margin, y + LegendChip::height + margin);
    if (size == m_size)
        return;
    m_size = size;
    resize(size);
    Q_EMIT resized();
}

void Legend::paintEvent(QPaintEvent *)
{
    const Palette &palette = m_theme.palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette.line);
    painter.setBrush(palette.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Metrics::radius, Metrics::radius);
    if (m_title.isEmpty())
        return;
    int x = margin + Metrics::space2;
    const auto write = [&](const QString &text, Theme::FontRole role, const QColor &colour) {
        const QFont font = m_theme.font(role);
        const QFontMetrics metrics(font);
        painter.setFont(font);
        painter.setPen(colour);
        const QString fits = metrics.elidedText(text, Qt::ElideRight, std::max(0, width() - margin - x));
        painter.drawText(x, margin + 1 + (titleHeight + metrics.ascent() - metrics.descent()) / 2, fits);
        x += metrics.horizontalAdvance(fits);
    };
    write(m_title, Theme::FontRole::SmallStrong, palette.text);
    if (m_nodesTitle.isEmpty())
        return;
    x += Metrics::space4;
    write(m_nodesTitle, Theme::FontRole::Small, palette.dim);
    x += Metrics::space2;
    const PaintStyle style(m_theme);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(palette.line);
    for (int step = 0; step < stepCount; ++step) {
        painter.setBrush(style.heat((step + 0.5) / stepCount));
        painter.drawRect(x, margin + 6, sample, 10);
        x += sample;
    }
}

bool Legend::event(QEvent *event)
{
    // Esc ends the filter here before it means anything to the window.
    if (event->type() == QEvent::ShortcutOverride && m_canvas.scene().isFiltered()
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void Legend::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_canvas.scene().isFiltered())
        m_canvas.setFilter(allSteps);
    else
        QWidget::keyPressEvent(event);
}

void Legend::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        updateWords();
    QWidget::changeEvent(event);
}

} // namespace kdra::ui
