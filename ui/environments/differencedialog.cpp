// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/differencedialog.h"

#include "base/whenfinished.h"
#include "models/fieldchanges.h"
#include "models/roles.h"
#include "models/yaml.h"
#include "ui/common/celldelegate.h"
#include "ui/common/widgets.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLocale>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QSyntaxHighlighter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace kdra::ui {

using environments::Difference;

namespace {

// Lines that begin with a sign, in the theme's colours; the sign itself says the same.
class SignColours : public QSyntaxHighlighter {
public:
    SignColours(const Theme &theme, QTextDocument *document)
        : QSyntaxHighlighter(document)
        , m_theme(theme)
    {
        connect(&theme, &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
    }

protected:
    void highlightBlock(const QString &text) override
    {
        if (text.startsWith(u"+ "))
            setFormat(0, static_cast<int>(text.size()), m_theme.palette().healthy);
        else if (text.startsWith(u"- "))
            setFormat(0, static_cast<int>(text.size()), m_theme.palette().failing);
    }

private:
    const Theme &m_theme;
};

QString kindText(Difference::Kind kind)
{
    switch (kind) {
    case Difference::Kind::Created:
        return DifferenceDialog::tr("made anew");
    case Difference::Kind::Changed:
        return DifferenceDialog::tr("changed");
    case Difference::Kind::Pruned:
        return DifferenceDialog::tr("deleted");
    case Difference::Kind::Refused:
        return DifferenceDialog::tr("refused");
    case Difference::Kind::Unchanged:
        break;
    }
    return DifferenceDialog::tr("stays as it is");
}

store::Severity severityOf(Difference::Kind kind)
{
    switch (kind) {
    case Difference::Kind::Created:
    case Difference::Kind::Changed:
        return store::Severity::Progressing;
    case Difference::Kind::Pruned:
        return store::Severity::Warning;
    case Difference::Kind::Refused:
        return store::Severity::Failing;
    case Difference::Kind::Unchanged:
        break;
    }
    return store::Severity::Healthy;
}

QString signedLines(QChar sign, const QJsonObject &object)
{
    QString text;
    for (const auto lines = models::toYaml(models::readable(object)).split(u'\n', Qt::SkipEmptyParts);
        const QString &line : lines)
        text += sign + u' ' + line + u'\n';
    return text;
}

QString textOf(const Difference &difference)
{
    switch (difference.kind) {
    case Difference::Kind::Created:
        return signedLines(u'+', difference.after);
    case Difference::Kind::Pruned:
        return signedLines(u'-', difference.before);
    case Difference::Kind::Changed: {
        const QString diff = models::asDiff(models::changesBetween(difference.before, difference.after));
        return diff.isEmpty() ? DifferenceDialog::tr("Only what the server notes for itself changes.") : diff;
    }
    case Difference::Kind::Refused:
        return difference.error ? difference.error->text() : QString();
    case Difference::Kind::Unchanged:
        break;
    }
    return models::toYaml(models::readable(difference.after.isEmpty() ? difference.before : difference.after));
}

} // namespace

DifferenceDialog::DifferenceDialog(const Theme &theme, const QFuture<Answer> &answer, QWidget *parent)
    : QDialog(parent)
    , m_glyph(new GlyphLabel(theme))
    , m_summary(makeLabel(theme, Theme::FontRole::Body, tr("Asking the server…")))
    , m_objects(new QTreeWidget)
    , m_text(new QPlainTextEdit)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("What the server would do"));
    resize(880, 560);
    m_glyph->setSeverity(store::Severity::Progressing);
    m_summary->setWordWrap(true);
    m_objects->setAccessibleName(tr("Objects"));
    m_objects->setHeaderLabels({tr("Object"), tr("What becomes of it")});
    m_objects->setRootIsDecorated(false);
    m_objects->setUniformRowHeights(true);
    m_objects->setItemDelegate(new CellDelegate(theme, m_objects));
    m_text->setAccessibleName(tr("Changes of the object"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(theme.font(Theme::FontRole::Mono));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    new SignColours(theme, m_text->document());

    auto *head = new QHBoxLayout;
    head->setSpacing(Metrics::space2);
    head->addWidget(m_glyph);
    head->addWidget(m_summary, 1);
    auto *parts = new QSplitter;
    parts->addWidget(m_objects);
    parts->addWidget(m_text);
    parts->setSizes({360, 480});
    parts->setStretchFactor(1, 1);
    parts->setChildrenCollapsible(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space4, Metrics::space4, Metrics::space4, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addLayout(head);
    column->addWidget(parts, 1);
    column->addWidget(buttons);
    connect(m_objects, &QTreeWidget::currentItemChanged, this, &DifferenceDialog::showCurrent);
    whenFinished(QFuture<Answer>(answer), this, [this](const Answer &differences) { tell(differences); });
}

QString DifferenceDialog::summary() const
{
    return m_summary->text();
}

void DifferenceDialog::tell(const Answer &answer)
{
    if (!answer) {
        m_glyph->setSeverity(store::Severity::Failing);
        m_summary->setText(answer.error().text());
        return;
    }
    m_differences = *answer;
    // What was refused is what somebody has to look at.
    std::ranges::stable_partition(
        m_differences, [](const Difference &one) { return one.kind == Difference::Kind::Refused; });
    QMap<Difference::Kind, int> counts;
    for (const Difference &one : std::as_const(m_differences)) {
        ++counts[one.kind];
        auto *item = new QTreeWidgetItem(m_objects, {one.display, kindText(one.kind)});
        item->setData(0, models::SeverityRole, static_cast<int>(severityOf(one.kind)));
    }
    const int refused = counts.value(Difference::Kind::Refused);
    m_glyph->setSeverity(refused ? store::Severity::Failing : store::Severity::Healthy);
    QStringList parts;
    const std::pair<int, QString> words[] = {{refused, tr("%n refused", "objects", refused)},
        {counts.value(Difference::Kind::Created),
            tr("%n made anew", "objects", counts.value(Difference::Kind::Created))},
        {counts.value(Difference::Kind::Changed), tr("%n changed", "objects", counts.value(Difference::Kind::Changed))},
        {counts.value(Difference::Kind::Pruned), tr("%n deleted", "objects", counts.value(Difference::Kind::Pruned))},
        {counts.value(Difference::Kind::Unchanged),
            tr("%n as before", "objects", counts.value(Difference::Kind::Unchanged))}};
    for (const auto &[count, text] : words) {
        if (count)
            parts.append(text);
    }
    m_summary->setText(parts.isEmpty()
            ? tr("There is nothing to do.")
            : tr("The server has checked it, and nothing was changed: %1.").arg(parts.join(QStringLiteral(", "))));
    m_objects->resizeColumnToContents(0);
    if (m_objects->topLevelItemCount())
        m_objects->setCurrentItem(m_objects->topLevelItem(0));
}

void DifferenceDialog::showCurrent()
{
    const int row = m_objects->indexOfTopLevelItem(m_objects->currentItem());
    if (row < 0)
        return;
    // An error is a sentence, not code.
    const bool refused = m_differences[row].kind == Difference::Kind::Refused;
    m_text->setLineWrapMode(refused ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    m_text->setPlainText(textOf(m_differences[row]));
}

} // namespace kdra::ui
