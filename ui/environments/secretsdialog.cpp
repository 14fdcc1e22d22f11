// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/secretsdialog.h"

#include "ui/common/widgets.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

namespace kdra::ui {

namespace {

void copySecret(const QString &value)
{
    auto *content = new QMimeData;
    content->setText(value);
    // What clipboard histories leave out (Klipper's convention, honoured by others).
    content->setData(QStringLiteral("x-kde-passwordManagerHint"), "secret");
    QGuiApplication::clipboard()->setMimeData(content);
}

} // namespace

QList<GeneratedSecret> generatedSecrets(const environments::Spec &spec, const QString &part)
{
    using environments::Parameter;
    QList<GeneratedSecret> secrets;
    for (const environments::Part &one : environments::allParts(spec)) {
        if (!one.from || (!part.isEmpty() && one.name != part))
            continue;
        for (const Parameter &parameter : one.from->parameters) {
            if (parameter.type != environments::ParameterType::Secret || parameter.given
                || !one.values.contains(parameter.name))
                continue;
            const QString title = parameter.title.isEmpty() ? parameter.name : parameter.title;
            // Several may have a "Password".
            secrets.append(
                {spec.parts.isEmpty() ? title : SecretsDialog::tr("%1: %2", "part and secret").arg(one.name, title),
                    one.values.value(parameter.name).toString()});
        }
    }
    return secrets;
}

SecretsDialog::SecretsDialog(
    const Theme &theme, const QString &environment, const QList<GeneratedSecret> &secrets, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Secrets of %1").arg(environment));
    setMinimumWidth(480);
    QLabel *title = makeLabel(theme, Theme::FontRole::Title, windowTitle());
    QLabel *about = makeLabel(theme, Theme::FontRole::Body,
        tr("They were made for this environment. Copy what you need now: KDRA does not show them again. They stay in "
           "the cluster, in the environment's Secret objects."));
    for (QLabel *label : {title, about})
        label->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addWidget(title);
    column->addWidget(about);
    for (const GeneratedSecret &secret : secrets) {
        auto *value = new QLineEdit(secret.value);
        value->setReadOnly(true);
        value->setEchoMode(QLineEdit::Password);
        value->setFont(theme.font(Theme::FontRole::Mono));
        value->setAccessibleName(secret.title);
        auto *show = new QPushButton(tr("Show"));
        show->setCheckable(true);
        show->setAccessibleName(tr("Show %1").arg(secret.title));
        auto *copy = new QPushButton(tr("Copy"));
        copy->setAccessibleName(tr("Copy %1").arg(secret.title));
        for (QPushButton *button : {show, copy})
            button->setAutoDefault(false);
        connect(show, &QPushButton::toggled, value, [value, show](bool on) {
            value->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
            show->setText(on ? tr("Hide") : tr("Show"));
        });
        connect(copy, &QPushButton::clicked, value, [text = secret.value, copy] {
            copySecret(text);
            copy->setText(tr("Copied"));
        });
        QLabel *name = makeLabel(theme, Theme::FontRole::Body, secret.title);
        name->setWordWrap(true);
        auto *row = new QHBoxLayout;
        row->setSpacing(Metrics::space2);
        row->addWidget(value, 1);
        row->addWidget(show);
        row->addWidget(copy);
        auto *field = new QVBoxLayout;
        field->setSpacing(Metrics::space1);
        field->addWidget(name);
        field->addLayout(row);
        column->addLayout(field);
    }
    column->addStretch(1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace kdra::ui
