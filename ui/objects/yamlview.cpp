// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/yamlview.h"

#include "ui/common/theme.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/SyntaxHighlighter>
#include <KSyntaxHighlighting/Theme>

#include <QScrollBar>

namespace kdra::ui {

YamlView::YamlView(const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
{
    setReadOnly(true);
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setFont(theme.font(Theme::FontRole::Mono));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    connect(&theme, &Theme::changed, this, &YamlView::colour);
}

YamlView::~YamlView() = default;

void YamlView::colour()
{
    if (!m_highlighter)
        return;
    m_highlighter->setTheme(m_repository->defaultTheme(
        m_theme.isDark() ? KSyntaxHighlighting::Repository::DarkTheme : KSyntaxHighlighting::Repository::LightTheme));
    m_highlighter->rehighlight();
}

void YamlView::setYaml(const QString &yaml, bool sameObject)
{
    if (yaml == toPlainText())
        return;
    // A ten megabyte object is readable, but not worth colouring.
    constexpr qsizetype colouredLimit = 512 * 1024;
    if (!yaml.isEmpty() && yaml.size() < colouredLimit && !m_highlighter) {
        m_repository = std::make_unique<KSyntaxHighlighting::Repository>();
        m_highlighter = new KSyntaxHighlighting::SyntaxHighlighter(document());
        m_highlighter->setDefinition(m_repository->definitionForName(QStringLiteral("YAML")));
        colour();
    }
    if (m_highlighter)
        m_highlighter->setDocument(yaml.size() < colouredLimit ? document() : nullptr);
    const int place = verticalScrollBar()->value();
    setPlainText(yaml);
    if (sameObject)
        verticalScrollBar()->setValue(place);
}

} // namespace kdra::ui
