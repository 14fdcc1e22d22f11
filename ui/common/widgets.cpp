// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/widgets.h"

#include "ui/common/icons.h"
#include "ui/common/severityglyph.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace kdra::ui {

QLabel *makeLabel(const Theme &theme, Theme::FontRole role, const QString &text, bool dim)
{
    auto *label = new QLabel(text);
    label->setFont(theme.font(role));
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (dim)
        label->setObjectName(QStringLiteral("dim"));
    return label;
}

QLabel *makeSectionTitle(const Theme &theme, const QString &text)
{
    QLabel *label = makeLabel(theme, Theme::FontRole::SmallStrong, text.toUpper());
    label->setObjectName(QStringLiteral("sectionTitle"));
    label->setContentsMargins(0, Metrics::space2, 0, Metrics::space1);
    return label;
}

void addMenuSection(QMenu &menu, const QString &title)
{
    if (!menu.isEmpty())
        menu.addSeparator();
    QAction *heading = menu.addAction(unmnemonic(title));
    heading->setEnabled(false);
}

QString unmnemonic(const QString &text)
{
    return QString(text).replace(u'&', QStringLiteral("&&"));
}

QMessageBox *makeMessageBox(
    QMessageBox::Icon icon, const QString &title, const QString &text, const QString &more, QWidget *parent)
{
    auto *box = new QMessageBox(icon, title, text, QMessageBox::NoButton, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(more);
    // Qt offers a format for the first text only.
    if (auto *label = box->findChild<QLabel *>(QStringLiteral("qt_msgbox_informativelabel")))
        label->setTextFormat(Qt::PlainText);
    return box;
}

QPushButton *makePrimaryButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setProperty("primary", true);
    return button;
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {0, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(contentsRect(), int(alignment()) | Qt::TextSingleLine,
        fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()));
}

EmptyState::EmptyState(
    const Theme &theme, const QString &iconName, const QString &title, const QString &text, QWidget *parent)
    : QFrame(parent)
    , m_title(makeLabel(theme, Theme::FontRole::Large, title))
    , m_text(makeLabel(theme, Theme::FontRole::Body, text, true))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(QStringLiteral("page"));
    auto *picture = new QLabel;
    const QIcon shape = icon(theme, iconName);
    const auto draw = [picture, shape] { picture->setPixmap(shape.pixmap(QSize(56, 56), QIcon::Disabled)); };
    draw();
    connect(&theme, &Theme::changed, picture, draw);
    picture->setAlignment(Qt::AlignCenter);
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setFixedWidth(460);
    m_buttons->setSpacing(Metrics::space2);
    m_buttons->addStretch();
    m_buttons->addStretch();

    auto *column = new QVBoxLayout(this);
    column->setSpacing(Metrics::space3);
    column->addStretch(2);
    column->addWidget(picture);
    column->addWidget(m_title);
    // A row of its own lets the text have the height that its width asks for.
    auto *line = new QHBoxLayout;
    line->addStretch();
    line->addWidget(m_text);
    line->addStretch();
    column->addLayout(line);
    column->addLayout(m_buttons);
    column->addStretch(3);
}

void EmptyState::setText(const QString &title, const QString &text)
{
    m_title->setText(title);
    m_text->setText(text);
}

QPushButton *EmptyState::addButton(const QString &text, bool primary)
{
    QPushButton *button = primary ? makePrimaryButton(text) : new QPushButton(text);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

Banner::Banner(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_glyph(new GlyphLabel(theme))
    , m_text(makeLabel(theme, Theme::FontRole::Body))
{
    setObjectName(QStringLiteral("banner"));
    m_text->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Metrics::space4, Metrics::space2, Metrics::space4, Metrics::space2);
    row->setSpacing(Metrics::space2);
    row->addWidget(m_glyph);
    row->addWidget(m_text, 1);
    hide();
}

void Banner::tell(store::Severity severity, const QString &text)
{
    m_glyph->setSeverity(severity);
    if (m_text->text() != text) {
        m_text->setText(text);
        setAccessibleName(text);
    }
    show();
}

void Banner::clear()
{
    hide();
}

GlyphLabel::GlyphLabel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedSize(12, 12);
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void GlyphLabel::setSeverity(store::Severity severity)
{
    if (severity == m_severity)
        return;
    m_severity = severity;
    update();
}

void GlyphLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintSeverity(painter, QRectF(rect()).adjusted(1, 1, -1, -1), m_severity, m_theme.palette());
}

} // namespace kdra::ui
