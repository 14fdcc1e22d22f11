// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/sharedialog.h"

#include "models/yaml.h"
#include "ui/common/widgets.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kdra::ui {

ShareDialog::ShareDialog(const Theme &theme, const QString &title, const QStringList &namespaces, const QString &ns,
    Maker maker, QWidget *parent)
    : QDialog(parent)
    , m_maker(std::move(maker))
    , m_namespace(new QComboBox)
    , m_object(new QPlainTextEdit)
    , m_glyph(new GlyphLabel(theme))
    , m_verdict(makeLabel(theme, Theme::FontRole::Small))
    , m_share(makePrimaryButton(tr("&Share")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    m_namespace->addItems(namespaces);
    m_namespace->setCurrentIndex(std::max(0, m_namespace->findText(ns)));
    m_namespace->setAccessibleName(tr("Namespace"));
    m_namespace->view()->setAccessibleName(m_namespace->accessibleName());
    m_object->setReadOnly(true);
    m_object->setFont(theme.font(Theme::FontRole::Mono));
    m_object->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_object->setAccessibleName(tr("What will be written"));
    m_object->setMinimumSize(560, 260);
    m_verdict->setWordWrap(true);

    auto *form = new QFormLayout;
    form->addRow(tr("Namespace"), m_namespace);
    auto *line = new QHBoxLayout;
    line->addWidget(m_glyph, 0, Qt::AlignTop);
    line->addWidget(m_verdict, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_share, QDialogButtonBox::ActionRole);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addWidget(makeLabel(theme, Theme::FontRole::Title, title));
    QLabel *about =
        makeLabel(theme, Theme::FontRole::Small, tr("Everybody who may read ConfigMaps of this namespace finds it."));
    about->setObjectName(QStringLiteral("dim"));
    column->addWidget(about);
    column->addLayout(form);
    column->addWidget(m_object, 1);
    column->addLayout(line);
    column->addWidget(buttons);
    connect(m_namespace, &QComboBox::currentIndexChanged, this, &ShareDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_share, &QPushButton::clicked, this, [this] {
        m_share->setEnabled(false);
        Q_EMIT shareRequested(m_shown);
    });
    // Whoever opens it connects first.
    QMetaObject::invokeMethod(this, &ShareDialog::choose, Qt::QueuedConnection);
}

void ShareDialog::choose()
{
    m_share->setEnabled(false);
    m_shown = {};
    m_object->clear();
    if (m_namespace->currentText().isEmpty()) {
        tell(store::Severity::Failing, tr("There is no namespace to write to."));
        return;
    }
    const Result<QJsonObject> made = m_maker(m_namespace->currentText());
    if (!made) {
        tell(store::Severity::Failing, made.error().text());
        return;
    }
    m_shown = *made;
    m_object->setPlainText(models::toYaml(m_shown));
    tell(store::Severity::Progressing, tr("The server is asked whether it would take it."));
    Q_EMIT checkRequested(m_shown);
}

void ShareDialog::setVerdict(const QJsonObject &object, const Result<bool> &replaces)
{
    if (object != m_shown)
        return;
    m_share->setEnabled(replaces.has_value());
    if (!replaces)
        tell(store::Severity::Failing, replaces.error().text());
    else if (*replaces)
        tell(store::Severity::Warning, tr("There is one of this name already: it will be changed to this."));
    else
        tell(store::Severity::Healthy, tr("The server would take it."));
}

void ShareDialog::setFailure(const Error &error)
{
    m_share->setEnabled(true);
    tell(store::Severity::Failing, error.text());
}

QString ShareDialog::verdict() const
{
    return m_verdict->text();
}

void ShareDialog::tell(store::Severity severity, const QString &text)
{
    m_glyph->setSeverity(severity);
    m_verdict->setText(text);
}

} // namespace kdra::ui
