// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/promqledit.h"

#include "metrics/promfunctions.h"
#include "ui/common/theme.h"
#include "ui/metrics/seriescolours.h"

#include <QAbstractTextDocumentLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QListView>
#include <QTextBlock>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

using metrics::PromPiece;
using metrics::PromPlace;

constexpr int mostLines = 12;
constexpr int mostRows = 12;
constexpr QStringView openers = u"({[\"'`";
constexpr QStringView closers = u")}]\"'`";

double contrast(const QColor &a, const QColor &b)
{
    const auto light = [](const QColor &colour) {
        const auto part = [](float value) {
            return value <= 0.04045F ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
    };
    const double one = light(a);
    const double other = light(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

// Categories are colours for shapes: text needs more contrast.
QColor legible(const QColor &colour, const Palette &palette)
{
    constexpr double enough = 4.5;
    for (double part = 0; part < 1; part += 0.1) {
        const QColor tried = mixed(colour, palette.text, part);
        if (contrast(tried, palette.panel2) >= enough)
            return tried;
    }
    return palette.text;
}

QColor colourOf(PromPiece::Kind kind, const Palette &palette)
{
    switch (kind) {
    case PromPiece::Kind::Function:
    case PromPiece::Kind::Aggregation:
        return legible(palette.accent, palette);
    case PromPiece::Kind::Keyword:
    case PromPiece::Kind::Operator:
        return legible(palette.categories[0], palette);
    case PromPiece::Kind::Label:
        return legible(palette.categories[1], palette);
    case PromPiece::Kind::String:
        return legible(palette.categories[3], palette);
    case PromPiece::Kind::Number:
    case PromPiece::Kind::Duration:
    case PromPiece::Kind::Variable:
        return legible(palette.categories[2], palette);
    case PromPiece::Kind::Comment:
        return palette.dim;
    case PromPiece::Kind::Unknown:
        return palette.failing;
    case PromPiece::Kind::Metric:
    case PromPiece::Kind::Open:
    case PromPiece::Kind::Close:
    case PromPiece::Kind::Comma:
        break;
    }
    return palette.text;
}

} // namespace

PromqlEdit::PromqlEdit(const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
    , m_delegate(new OfferDelegate(theme, this))
{
    setObjectName(u"field"_s);
    setFont(theme.font(Theme::FontRole::Mono));
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDocumentMargin(1);
    setAccessibleName(tr("Query"));
    setPlaceholderText(
        tr("A query in PromQL, such as %1; Ctrl+Space offers what fits").arg(u"rate(http_requests_total[5m])"_s));

    auto *list = new QListView;
    list->setObjectName(u"offers"_s);
    list->setUniformItemSizes(true);
    list->setAccessibleName(tr("Completions"));
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_completer.setModel(&m_model);
    m_completer.setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer.setMaxVisibleItems(mostRows);
    m_completer.setPopup(list);
    // The completer has set its own.
    list->setItemDelegate(m_delegate);
    m_completer.setWidget(this);
    connect(&m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
        [this](const QModelIndex &index) { accept(index.row()); });
    connect(&m_completion, &metrics::PromqlCompletion::changed, this, &PromqlEdit::offer);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        m_errorAt.reset();
        dress();
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &PromqlEdit::dress);
    connect(&theme, &Theme::changed, this, &PromqlEdit::dress);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, &PromqlEdit::grow);
    grow();
}

void PromqlEdit::setQuery(const QString &query)
{
    if (query == toPlainText())
        return;
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(query);
    cursor.movePosition(QTextCursor::End);
    setTextCursor(cursor);
}

void PromqlEdit::setErrorAt(std::optional<qsizetype> place)
{
    m_errorAt = place;
    dress();
}

// Formats of the layout, as a syntax highlighter has them: what is undone is only what was written. All at once, since
// a bracket at one end tells what a word at the other is.
void PromqlEdit::dress()
{
    const Palette &palette = m_theme.palette();
    const QString text = query();
    // The cursor moves before the text tells that it has changed.
    m_pieces = metrics::scanPromql(text);
    metrics::BracketPair bracket{.at = -1};
    if (hasFocus())
        bracket = metrics::bracketAt(text, m_pieces, textCursor().position()).value_or(bracket);
    const auto wrong =
        std::ranges::find_if(m_pieces, [&](const PromPiece &one) { return m_errorAt && one.end() > *m_errorAt; });
    const qsizetype underlined = wrong == m_pieces.end() ? m_pieces.size() - 1 : wrong - m_pieces.begin();
    QList<QTextLayout::FormatRange> formats;
    for (qsizetype i = 0; i < m_pieces.size(); ++i) {
        const PromPiece &piece = m_pieces[i];
        QTextCharFormat format;
        format.setForeground(colourOf(piece.kind, palette));
        if (bracket.other < 0 && piece.at == bracket.at)
            format.setForeground(palette.failing);
        else if (bracket.other >= 0 && (piece.at == bracket.at || piece.at == bracket.other))
            format.setBackground(mixed(palette.panel2, palette.accent, 0.35));
        if (m_errorAt && i == underlined) {
            format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            format.setUnderlineColor(palette.failing);
        }
        formats.append({static_cast<int>(piece.at), static_cast<int>(piece.length), format});
    }
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        QList<QTextLayout::FormatRange> own;
        for (QTextLayout::FormatRange range : std::as_const(formats)) {
            const int from = std::max(range.start, block.position());
            const int to = std::min(range.start + range.length, block.position() + block.length());
            if (from < to)
                own.append({from - block.position(), to - from, range.format});
        }
        if (own == block.layout()->formats())
            continue;
        block.layout()->setFormats(own);
        document()->markContentsDirty(block.position(), block.length());
    }
}

void PromqlEdit::grow()
{
    // The layout of a plain text document counts lines.
    const int lines = std::clamp(static_cast<int>(document()->documentLayout()->documentSize().height()), 1, mostLines);
    const int around = 2 * (Metrics::space1 + 1) + 2 * static_cast<int>(document()->documentMargin());
    setFixedHeight(std::max(28, lines * fontMetrics().lineSpacing() + around));
    const bool scrolls = document()->documentLayout()->documentSize().height() > mostLines;
    setVerticalScrollBarPolicy(scrolls ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

void PromqlEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    grow();
}

bool PromqlEdit::event(QEvent *event)
{
    // Before it takes the focus to the next.
    if (event->type() == QEvent::KeyPress && takeForPopup(static_cast<QKeyEvent *>(event)))
        return true;
    return QPlainTextEdit::event(event);
}

// A key that the popup wants while it is open.
bool PromqlEdit::takeForPopup(QKeyEvent *event)
{
    if (!isOffering())
        return false;
    const QModelIndex current = m_completer.popup()->currentIndex();
    switch (event->key()) {
    case Qt::Key_Tab:
        accept(std::max(0, current.row()));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!current.isValid() || event->modifiers() != Qt::NoModifier)
            return false;
        accept(current.row());
        return true;
    case Qt::Key_Escape:
        m_wanted = false;
        m_completer.popup()->hide();
        return true;
    default:
        return false;
    }
}

void PromqlEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        openCompletion();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        m_wanted = false;
        m_completer.popup()->hide();
        if (event->modifiers() & Qt::ShiftModifier)
            insertPlainText(u"\n"_s);
        else
            Q_EMIT runRequested();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        event->ignore();
        return;
    }
    const QString before = query();
    if (!pair(event))
        QPlainTextEdit::keyPressEvent(event);
    if (query() != before) {
        follow(false);
    } else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        m_wanted = false;
        m_completer.popup()->hide();
    }
}

// What is opened is closed at once, as long as nothing stands behind it; and is not closed twice.
bool PromqlEdit::pair(QKeyEvent *event)
{
    QTextCursor cursor = textCursor();
    if (cursor.hasSelection() || isReadOnly())
        return false;
    const QString text = query();
    const qsizetype at = cursor.position();
    const QChar next = at < text.size() ? text[at] : QChar();
    if (event->key() == Qt::Key_Backspace && event->modifiers() == Qt::NoModifier && at > 0) {
        const qsizetype kind = openers.indexOf(text[at - 1]);
        if (kind < 0 || next != closers[kind])
            return false;
        cursor.beginEditBlock();
        cursor.deletePreviousChar();
        cursor.deleteChar();
        cursor.endEditBlock();
        return true;
    }
    if (event->text().size() != 1)
        return false;
    const QChar typed = event->text().front();
    const auto piece = std::ranges::find_if(m_pieces, [&](const PromPiece &one) {
        const bool goesOn = one.open || one.kind == PromPiece::Kind::Comment;
        return one.at < at && (one.end() > at || (goesOn && one.end() == at));
    });
    const bool inText =
        piece != m_pieces.end() && (piece->kind == PromPiece::Kind::String || piece->kind == PromPiece::Kind::Comment);
    if (closers.contains(typed) && typed == next) {
        const auto bracket = metrics::bracketAt(text, m_pieces, at + 1);
        const bool endsText = inText && !piece->open && piece->end() == at + 1 && text[piece->at] == typed;
        if (endsText || (!inText && bracket && bracket->at == at && bracket->other >= 0)) {
            cursor.movePosition(QTextCursor::NextCharacter);
            setTextCursor(cursor);
            // What was offered for the inside does not fit outside.
            m_wanted = false;
            m_completer.popup()->hide();
            return true;
        }
    }
    const qsizetype kind = openers.indexOf(typed);
    const bool isFree = next.isNull() || next.isSpace() || next == u',' || u")}]"_s.contains(next);
    if (kind < 0 || inText || !isFree)
        return false;
    cursor.insertText(QString(typed) + closers[kind]);
    cursor.movePosition(QTextCursor::PreviousCharacter);
    setTextCursor(cursor);
    return true;
}

void PromqlEdit::openCompletion()
{
    follow(true);
}

// `asked`: the user wants to see all that fits, else only when something is begun.
void PromqlEdit::follow(bool asked)
{
    const PromPlace place = metrics::promPlace(query(), textCursor().position());
    const bool begun = !place.prefix.isEmpty()
        || (place.kind != PromPlace::Kind::Expression && place.kind != PromPlace::Kind::Continuation);
    m_wanted = place.kind != PromPlace::Kind::None && (asked || begun);
    if (!m_wanted) {
        m_completer.popup()->hide();
        return;
    }
    m_completion.complete(query(), textCursor().position());
    offer();
}

void PromqlEdit::offer()
{
    QAbstractItemView &view = *m_completer.popup();
    const QList<metrics::PromOffer> &offers = m_completion.offers();
    const PromPlace &place = m_completion.place();
    // All of it is written already.
    const bool isWhole =
        offers.size() == 1 && offers.first().text == place.prefix && offers.first().toWrite() == offers.first().text;
    if (!m_wanted || offers.isEmpty() || isWhole || !hasFocus()) {
        view.hide();
        return;
    }
    const QString chosen = view.isVisible() ? view.currentIndex().data().toString() : QString();
    m_model.setOffers(offers);
    m_delegate->fit(offers);
    QRect at = cursorRect();
    QTextCursor start(document());
    start.setPosition(static_cast<int>(place.at));
    at.setLeft(cursorRect(start).left() - Metrics::space2);
    at.setWidth(std::min(m_delegate->width() + 2 * Metrics::space2, std::max(width(), 420)));
    // Below the frame of the last line.
    at.setHeight(at.height() + 2 * Metrics::space1);
    m_completer.complete(at);
    // What stays among the offers stays chosen. What is there already is run by Return.
    const auto kept = std::ranges::find(offers, chosen, &metrics::PromOffer::text);
    const qsizetype row = kept == offers.end() || chosen.isEmpty() ? 0 : kept - offers.begin();
    view.setCurrentIndex(
        offers[row].text == place.prefix ? QModelIndex() : m_completer.completionModel()->index(int(row), 0));
}

bool PromqlEdit::isOffering() const
{
    return m_completer.popup()->isVisible();
}

QStringList PromqlEdit::offered() const
{
    QStringList texts;
    if (isOffering()) {
        for (const metrics::PromOffer &offer : m_model.offers())
            texts.append(offer.text);
    }
    return texts;
}

void PromqlEdit::accept(int row)
{
    m_completer.popup()->hide();
    m_wanted = false;
    if (row < 0 || row >= m_model.offers().size())
        return;
    const metrics::PromOffer offer = m_model.offers()[row];
    const PromPlace place = m_completion.place();
    const QString text = query();
    const qsizetype end = std::min(place.at + place.length, text.size());
    const QChar next = end < text.size() ? text[end] : QChar();
    // Parentheses and signs that are there already are not written again.
    const bool isThere = (next == u'(' && offer.toWrite().endsWith("()"_L1))
        || (offer.kind == metrics::PromOffer::Kind::Label && (next == u'=' || next == u'!'));
    const QString written = isThere ? offer.text : offer.toWrite();
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.setPosition(static_cast<int>(place.at));
    cursor.setPosition(static_cast<int>(end), QTextCursor::KeepAnchor);
    cursor.insertText(written);
    // Past a quote that closes already, and into parentheses.
    const bool leavesQuotes = offer.kind == metrics::PromOffer::Kind::Value && place.closed && next == place.quote;
    if (isThere ? next == u'(' : leavesQuotes)
        cursor.movePosition(QTextCursor::NextCharacter);
    else if (!isThere)
        cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::MoveAnchor, static_cast<int>(offer.back));
    cursor.endEditBlock();
    setTextCursor(cursor);
    // Between new quotes, or in new parentheses, comes the next.
    if (offer.back > 0)
        QMetaObject::invokeMethod(this, [this] { follow(false); }, Qt::QueuedConnection);
}

PromqlEdit::~PromqlEdit()
{
    // The completer's popup hands the focus on when it goes, which would find this half gone.
    clearFocus();
}

void PromqlEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) {
        m_wanted = false;
        m_completer.popup()->hide();
    }
}

bool PromqlEdit::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString text = explanationAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), Qt::convertFromPlainText(text), this);
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

QString PromqlEdit::explanationAt(const QPoint &position) const
{
    const int at = cursorForPosition(position).position();
    for (const PromPiece &piece : m_pieces) {
        if (piece.at > at || piece.end() < at)
            continue;
        const metrics::PromFunction *function = metrics::promFunction(query().sliced(piece.at, piece.length));
        if (function && (piece.kind == PromPiece::Kind::Function || piece.kind == PromPiece::Kind::Aggregation))
            return function->signature() + u'\n' + function->explanation();
    }
    return {};
}

} // namespace kdra::ui
