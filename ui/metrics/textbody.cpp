// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/textbody.h"

#include "ui/common/theme.h"

#include <QDesktopServices>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace kdra::ui {

namespace {

// Pictures and style sheets of a text are not fetched, from disk neither.
class InertBrowser : public QTextBrowser {
public:
    using QTextBrowser::QTextBrowser;

protected:
    QVariant loadResource(int, const QUrl &) override { return {}; }
    void doSetSource(const QUrl &, QTextDocument::ResourceType) override { }
};

}

TextBody::TextBody(const Theme &theme, QWidget *parent)
    : PanelBody(parent)
    , m_text(new InertBrowser(this))
{
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->setFont(theme.font(Theme::FontRole::Body));
    m_text->viewport()->setAutoFillBackground(false);
    m_text->setStyleSheet(QStringLiteral("QTextBrowser { background: transparent; border: none; }"));
    connect(m_text, &QTextBrowser::anchorClicked, this, [](const QUrl &url) {
        if (url.scheme() == QLatin1StringView("https") || url.scheme() == QLatin1StringView("http"))
            QDesktopServices::openUrl(url);
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space2, 0, Metrics::space2, Metrics::space2);
    column->addWidget(m_text);
}

void TextBody::setContents(const metrics::Panel &panel, PanelContents)
{
    m_text->document()->setMarkdown(panel.text,
        QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
}

void TextBody::describe(const QString &title)
{
    m_text->setAccessibleName(title);
}

} // namespace kdra::ui
