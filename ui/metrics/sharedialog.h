// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "store/records.h"

#include <QDialog>
#include <QJsonObject>

#include <functional>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace kdra::ui {

class GlyphLabel;
class Theme;

// Shares something as an object of the cluster: into which namespace, what will be written there, and what the server
// says to it before it is. Deletes itself.
class ShareDialog : public QDialog {
    Q_OBJECT
public:
    // The object for a namespace.
    using Maker = std::function<Result<QJsonObject>(const QString &ns)>;
    ShareDialog(const Theme &theme, const QString &title, const QStringList &namespaces, const QString &ns, Maker maker,
        QWidget *parent);

    // What a dry run of the object came to; `replaces`: there is one of that name, which is written over.
    void setVerdict(const QJsonObject &object, const Result<bool> &replaces);
    // It could not be written after all: the dialog stays.
    void setFailure(const Error &error);

    QComboBox &namespaceBox() const { return *m_namespace; }
    QPlainTextEdit &objectView() const { return *m_object; }
    QPushButton &shareButton() const { return *m_share; }
    QString verdict() const;

Q_SIGNALS:
    // Ask the server, without writing anything.
    void checkRequested(const QJsonObject &object);
    void shareRequested(const QJsonObject &object);

private:
    void choose();
    void tell(store::Severity severity, const QString &text);

    Maker m_maker;
    QJsonObject m_shown;
    QComboBox *m_namespace;
    QPlainTextEdit *m_object;
    GlyphLabel *m_glyph;
    QLabel *m_verdict;
    QPushButton *m_share;
};

} // namespace kdra::ui
