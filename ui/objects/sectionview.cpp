// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/sectionview.h"

#include "models/format.h"
#include "ui/common/widgets.h"
#include "ui/objects/inspectorlinks.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace kdra::ui {

namespace {

// As wide as the labels of the facts above.
constexpr int labelWidth = 124;
// Of a value beside them in the panel at its narrowest.
constexpr int narrowest = 110;

// How full something is. The number stands beside it, so that this is for eyes only.
class Bar : public QWidget {
public:
    Bar(const Theme &theme, double fraction)
        : m_theme(theme)
        , m_fraction(fraction)
    {
        setFixedHeight(5);
        connect(&theme, &Theme::changed, this, [this] { update(); });
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        QRectF area(rect());
        painter.setBrush(m_theme.palette().line);
        painter.drawRoundedRect(area, 2.5, 2.5);
        area.setWidth(area.width() * m_fraction);
        painter.setBrush(m_theme.palette().accent);
        painter.drawRoundedRect(area, 2.5, 2.5);
    }

private:
    const Theme &m_theme;
    double m_fraction;
};

} // namespace

QString breakable(const QString &whole, const QFontMetrics &metrics, int width)
{
    // "46 MiB" is one thing.
    static const QRegularExpression unit(QStringLiteral("(?<=\\d) (?=[KMGTPE]iB\\b)"));
    const QString text = QString(whole).replace(unit, QStringLiteral("\u00a0"));
    static const QRegularExpression space(QStringLiteral("\\s"));
    static const QRegularExpression seam(QStringLiteral("(?<=[-:_@])"));
    const QStringList words = text.split(space);
    const bool fits =
        std::ranges::all_of(words, [&](const QString &word) { return metrics.horizontalAdvance(word) <= width; });
    return fits ? text : QString(text).replace(seam, QStringLiteral("\u200b"));
}

SectionView::SectionView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(Metrics::space1);
}

void SectionView::setSections(const models::Sections &sections)
{
    if (sections == m_shown)
        return;
    m_shown = sections;
    m_ages.clear();
    while (QLayoutItem *item = m_column->takeAt(0)) {
        // A link that was just clicked is still at work.
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    for (const models::Section &section : sections) {
        m_column->addWidget(makeSectionTitle(m_theme, section.title));
        for (const models::Line &line : section.lines)
            addLine(line);
    }
    setVisible(!sections.isEmpty());
}

void SectionView::refreshAges()
{
    for (const auto &[label, since] : std::as_const(m_ages)) {
        if (const QString age = models::age(since, models::nowSeconds()); label->text() != age)
            label->setText(age);
    }
}

QWidget *SectionView::makeValue(const models::Line &line)
{
    if (!line.item.isNull()) {
        auto *link = new LinkLine(m_theme);
        link->setContent({.item = line.item, .text = line.value, .before = {}, .severity = line.severity});
        connect(link, &LinkLine::clicked, this, [this, link] { Q_EMIT followed(link->item()); });
        return link;
    }
    QLabel *text = makeLabel(m_theme, Theme::FontRole::Body);
    text->setText(breakable(line.value, text->fontMetrics(), narrowest));
    text->setWordWrap(true);
    if (!line.severity)
        return text;
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Metrics::space2);
    auto *glyph = new GlyphLabel(m_theme);
    glyph->setSeverity(*line.severity);
    glyph->setAccessibleName(models::severityName(*line.severity));
    row->addWidget(glyph);
    row->addWidget(text, 1);
    return widget;
}

void SectionView::addLine(const models::Line &line)
{
    auto *widget = new QWidget;
    auto *grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Metrics::space3);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    int row = 0;
    const bool labelled = !line.label.isEmpty();
    if (labelled) {
        QLabel *label = makeLabel(m_theme, Theme::FontRole::Body, {}, true);
        label->setText(breakable(line.label, label->fontMetrics(), labelWidth));
        label->setFixedWidth(labelWidth);
        label->setWordWrap(true);
        grid->addWidget(label, row, 0, Qt::AlignTop);
    }
    if (!line.value.isEmpty())
        grid->addWidget(makeValue(line), row, labelled ? 1 : 0, 1, labelled ? 1 : 2);
    if (line.since) {
        QLabel *since = makeLabel(m_theme, Theme::FontRole::Small, models::age(line.since, models::nowSeconds()), true);
        since->setToolTip(models::exactTime(line.since));
        m_ages.emplace_back(since, line.since);
        grid->addWidget(since, row, 2, Qt::AlignRight);
    }
    if (line.fraction >= 0)
        grid->addWidget(new Bar(m_theme, line.fraction), ++row, 0, 1, 3);
    for (const QStringList details = line.detail.split(u'\n', Qt::SkipEmptyParts); const QString &detail : details) {
        QLabel *small = makeLabel(m_theme, Theme::FontRole::Small, {}, true);
        small->setText(breakable(detail, small->fontMetrics(), narrowest + labelWidth));
        small->setWordWrap(true);
        grid->addWidget(small, ++row, 0, 1, 3);
    }
    m_column->addWidget(widget);
}

} // namespace kdra::ui
