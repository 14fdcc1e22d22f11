// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/serverdialog.h"

#include "ui/common/widgets.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace kdra::ui {

ServerDialog::ServerDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_url(new QLineEdit)
    , m_token(new QLineEdit)
    , m_ca(new QLineEdit)
    , m_insecure(new QCheckBox(tr("Do not check the server's certificate")))
    , m_connect(makePrimaryButton(tr("Connect")))
{
    setWindowTitle(tr("Connect by URL and token"));
    setMinimumWidth(480);
    m_url->setPlaceholderText(QStringLiteral("https://192.168.1.10:6443"));
    m_token->setEchoMode(QLineEdit::Password);
    m_ca->setPlaceholderText(tr("Path of a PEM file; empty for the system's authorities"));

    auto *form = new QFormLayout;
    form->setSpacing(Metrics::space3);
    form->addRow(tr("&Server"), m_url);
    form->addRow(tr("&Token"), m_token);
    form->addRow(tr("Certificate &authority"), m_ca);
    form->addRow(QString(), m_insecure);
    QLabel *note =
        makeLabel(theme, Theme::FontRole::Small, tr("The token is kept in the desktop's keychain only."), true);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_connect, QDialogButtonBox::AcceptRole);
    m_connect->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(server(), m_token->text().trimmed(), m_ca->text().trimmed(), m_insecure->isChecked());
        accept();
    });
    connect(m_url, &QLineEdit::textChanged, this, &ServerDialog::validate);
    connect(m_token, &QLineEdit::textChanged, this, &ServerDialog::validate);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addLayout(form);
    column->addWidget(note);
    column->addSpacing(Metrics::space2);
    column->addWidget(buttons);
    validate();
}

QUrl ServerDialog::server() const
{
    const QString text = m_url->text().trimmed();
    return QUrl(text.contains(QLatin1StringView("://")) ? text : QStringLiteral("https://") + text, QUrl::StrictMode);
}

void ServerDialog::validate()
{
    const QUrl url = server();
    const bool known = url.scheme() == QLatin1StringView("https") || url.scheme() == QLatin1StringView("http");
    m_connect->setEnabled(url.isValid() && known && !url.host().isEmpty() && !m_token->text().trimmed().isEmpty());
}

} // namespace kdra::ui
