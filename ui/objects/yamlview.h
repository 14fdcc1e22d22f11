// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

#include <memory>

namespace KSyntaxHighlighting {
class Repository;
class SyntaxHighlighter;
}

namespace kdra::ui {

class Theme;

// Read-only YAML in colours.
class YamlView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit YamlView(const Theme &theme, QWidget *parent = nullptr);
    ~YamlView() override;

    // Keeps the place when the text is a new version of the same object.
    void setYaml(const QString &yaml, bool sameObject);

private:
    void colour();

    const Theme &m_theme;
    std::unique_ptr<KSyntaxHighlighting::Repository> m_repository; // made when first needed: reads its definitions
    KSyntaxHighlighting::SyntaxHighlighter *m_highlighter = nullptr;
};

} // namespace kdra::ui
