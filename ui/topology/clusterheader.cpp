// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/clusterheader.h"

#include "models/format.h"
#include "ui/common/freshnesswords.h"
#include "ui/common/icons.h"
#include "ui/common/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

namespace kdra::ui {

namespace {

constexpr int glyphSize = 12;

// Sets the text only where it differs: labels lay themselves out anew each time.
void tell(QLabel &label, const QString &text)
{
    if (label.text() != text)
        label.setText(text);
}

} // namespace

ClusterHeader::ClusterHeader(Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_name(new ElidedLabel)
    , m_freshnessGlyph(new GlyphLabel(theme))
    , m_freshness(new QLabel)
    , m_counts(new ElidedLabel)
    , m_failingGlyph(new GlyphLabel(theme))
    , m_failingText(new QLabel)
    , m_productionIcon(new QLabel)
    , m_readOnlyIcon(new QLabel)
    , m_marks(new QLabel)
{
    m_name->setFont(theme.font(Theme::FontRole::Strong));
    for (QLabel *label : {m_freshness, static_cast<QLabel *>(m_counts), m_failingText, m_marks})
        label->setFont(theme.font(Theme::FontRole::Small));
    m_counts->setObjectName(QStringLiteral("dim"));
    for (GlyphLabel *glyph : {m_freshnessGlyph, m_failingGlyph})
        glyph->setFixedSize(glyphSize, glyphSize);
    m_failingGlyph->setSeverity(store::Severity::Failing);
    for (QLabel *label :
        {static_cast<QLabel *>(m_name), m_freshness, static_cast<QLabel *>(m_counts), m_failingText, m_marks})
        label->setTextFormat(Qt::PlainText);

    const auto row = [](const QList<QWidget *> &widgets, QWidget *stretched) {
        auto *made = new QHBoxLayout;
        made->setSpacing(Metrics::space1);
        for (QWidget *widget : widgets)
            made->addWidget(widget, widget == stretched ? 1 : 0);
        return made;
    };
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space3, Metrics::space1 + 2, Metrics::space3, Metrics::space1 + 2);
    column->setSpacing(2);
    column->addLayout(row({m_name, m_freshnessGlyph, m_freshness}, m_name));
    QHBoxLayout *second =
        row({m_counts, m_failingGlyph, m_failingText, m_productionIcon, m_readOnlyIcon, m_marks}, nullptr);
    second->insertStretch(3, 1);
    column->addLayout(second);
    // The header is clicked as a whole, and its tooltip is one.
    for (const auto parts = findChildren<QWidget *>(); QWidget * part : parts)
        part->setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&theme, &Theme::changed, this, &ClusterHeader::updateMarks);
}

void ClusterHeader::setState(const ClusterState &state)
{
    m_state = state;
    updateWords();
}

void ClusterHeader::setCurrent(bool current)
{
    if (m_current == current)
        return;
    m_current = current;
    updateAccessible();
    update();
}

void ClusterHeader::setCounts(const store::SnapshotPtr &snapshot, quint32 failingPods)
{
    m_state.snapshot = snapshot;
    m_failing = failingPods;
    updateCounts();
    updateAccessible();
}

void ClusterHeader::updateWords()
{
    tell(*m_name, m_state.name);
    updateCounts();
    updateMarks();
    updateFreshness();
}

void ClusterHeader::updateCounts()
{
    const auto nodes = static_cast<int>(m_state.snapshot->count(store::Kind::Node));
    const auto pods = static_cast<int>(m_state.snapshot->count(store::Kind::Pod));
    tell(*m_counts,
        tr("%1, %2", "numbers of nodes and of pods")
            .arg(tr("%Ln node(s)", nullptr, nodes), tr("%Ln pod(s)", nullptr, pods)));
    tell(*m_failingText, tr("%Ln failing", "pods", static_cast<int>(m_failing)));
    m_failingGlyph->setVisible(m_failing > 0);
    m_failingText->setVisible(m_failing > 0);
    fitMarks();
}

void ClusterHeader::updateMarks()
{
    const kube::Marks &marks = m_state.marks;
    tell(*m_marks, kube::marksText(marks));
    const auto draw = [this](QLabel &label, const QString &name, bool shown) {
        label.setPixmap(icon(m_theme, name).pixmap(QSize(glyphSize, glyphSize), devicePixelRatioF()));
        label.setVisible(shown);
    };
    draw(*m_productionIcon, QStringLiteral("warning"), marks.production);
    draw(*m_readOnlyIcon, QStringLiteral("lock"), marks.readOnly);
    fitMarks();
}

// In a narrow pane the counts need the room more than the words for the marks, which the tooltip has, too.
void ClusterHeader::fitMarks()
{
    int needed = 2 * Metrics::space3 + Metrics::space4;
    for (const QLabel *label : {static_cast<QLabel *>(m_counts), m_failingText, m_productionIcon, m_readOnlyIcon}) {
        if (!label->isHidden())
            needed += label->sizeHint().width() + Metrics::space1;
    }
    if (!m_failingGlyph->isHidden())
        needed += glyphSize + Metrics::space1;
    m_marks->setVisible(!m_marks->text().isEmpty() && needed + m_marks->sizeHint().width() <= width());
}

void ClusterHeader::updateFreshness()
{
    const models::Freshness freshness = models::freshnessOf(*m_state.snapshot);
    const FreshnessWords words = freshnessWords(freshness, m_state.connection);
    const bool lost = words.disconnected && words.ages;
    m_ages = words.ages;
    m_freshnessGlyph->setSeverity(lost ? store::Severity::Failing : words.severity);
    tell(*m_freshness, lost ? tr("Disconnected, %1 old").arg(models::shortSpan(freshness.silentSeconds)) : words.text);
    QStringList tip{m_state.name, m_marks->text(),
        lost ? tr("What is shown is old: the connection is being repaired.") : words.tip};
    if (words.disconnected && m_state.error)
        tip += m_state.error->text();
    tip.removeAll(QString());
    setToolTip(Qt::convertFromPlainText(tip.join(u'\n')));
    updateAccessible();
}

void ClusterHeader::updateAccessible()
{
    QStringList parts{m_state.name, m_freshness->text(), m_counts->text()};
    if (m_failing)
        parts += m_failingText->text();
    if (!m_marks->text().isEmpty())
        parts += m_marks->text();
    const QString facts = parts.join(QStringLiteral(", "));
    const QString name = m_current ? tr("Current cluster: %1").arg(facts) : tr("Cluster: %1").arg(facts);
    if (accessibleName() != name)
        setAccessibleName(name);
}

void ClusterHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_current ? m_theme.palette().panel2 : m_theme.palette().panel);
    painter.fillRect(0, height() - 1, width(), 1, m_theme.palette().line);
}

void ClusterHeader::mousePressEvent(QMouseEvent *event)
{
    event->setAccepted(event->button() == Qt::LeftButton);
}

void ClusterHeader::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT clicked();
}

void ClusterHeader::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitMarks();
}

void ClusterHeader::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange && m_state.snapshot)
        updateWords();
    QFrame::changeEvent(event);
}

} // namespace kdra::ui
