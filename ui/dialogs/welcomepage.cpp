// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/welcomepage.h"

#include "ui/common/icons.h"
#include "ui/common/widgets.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>

namespace kdra::ui {

WelcomePage::WelcomePage(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_banner(new Banner(theme))
{
    setObjectName(QStringLiteral("page"));
    setAcceptDrops(true);
    auto *logo = new QLabel;
    logo->setPixmap(QIcon(QStringLiteral(":/kdra/icons/kdra.svg")).pixmap(QSize(64, 64)));
    logo->setAlignment(Qt::AlignCenter);
    QLabel *title = makeLabel(theme, Theme::FontRole::Huge, tr("Welcome to KDRA"));
    title->setAlignment(Qt::AlignCenter);
    QLabel *text = makeLabel(theme, Theme::FontRole::Body,
        tr("See your Kubernetes cluster and its Raspberry Pis live. Choose how to begin."), true);
    text->setAlignment(Qt::AlignCenter);

    auto *doors = new QHBoxLayout;
    doors->setSpacing(Metrics::space4);
    doors->addStretch();
    m_demo = addDoor(*doors, QStringLiteral("play"), tr("Demo cluster"),
        tr("24 nodes, 16 of them Raspberry Pis, run on this computer. Nothing leaves it."), tr("Start the demo"), true);
    m_file = addDoor(*doors, QStringLiteral("file"), tr("Kubeconfig file"),
        tr("The file that kubectl uses. You can also drop it onto this window."), tr("Open a file…"), false);
    m_server = addDoor(*doors, QStringLiteral("key"), tr("URL and token"),
        tr("Address of an API server, and a token, which is kept in the desktop's keychain."), tr("Connect…"), false);
    doors->addStretch();
    connect(m_demo, &QPushButton::clicked, this, &WelcomePage::demoRequested);
    connect(m_server, &QPushButton::clicked, this, &WelcomePage::serverRequested);
    connect(m_file, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Open a kubeconfig file"), QDir::homePath() + QStringLiteral("/.kube"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, &WelcomePage::kubeconfigRequested);
        dialog->open();
    });

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Metrics::space2);
    column->addWidget(m_banner);
    column->addStretch(2);
    column->addWidget(logo);
    column->addSpacing(Metrics::space2);
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(Metrics::space5);
    column->addLayout(doors);
    column->addStretch(3);
}

QPushButton *WelcomePage::addDoor(QHBoxLayout &row, const QString &iconName, const QString &title, const QString &text,
    const QString &button, bool primary)
{
    auto *card = new QFrame;
    card->setObjectName(QStringLiteral("card"));
    card->setFixedSize(264, 208);
    auto *picture = new QLabel;
    const QIcon shape = icon(m_theme, iconName);
    const auto draw = [picture, shape] { picture->setPixmap(shape.pixmap(QSize(28, 28), QIcon::Normal, QIcon::On)); };
    draw();
    connect(&m_theme, &Theme::changed, picture, draw);
    QLabel *words = makeLabel(m_theme, Theme::FontRole::Body, text, true);
    words->setWordWrap(true);
    QPushButton *open = primary ? makePrimaryButton(button) : new QPushButton(button);
    open->setAccessibleName(QStringLiteral("%1: %2").arg(title, button));
    open->setAutoDefault(true);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(Metrics::space4, Metrics::space4, Metrics::space4, Metrics::space4);
    column->setSpacing(Metrics::space2);
    column->addWidget(picture);
    column->addWidget(makeLabel(m_theme, Theme::FontRole::Title, title));
    column->addWidget(words);
    column->addStretch();
    column->addWidget(open);
    row.addWidget(card);
    return open;
}

void WelcomePage::tellError(const QString &text)
{
    m_banner->tell(store::Severity::Failing, text);
}

void WelcomePage::clearError()
{
    m_banner->clear();
}

void WelcomePage::setBusy(bool busy)
{
    for (QPushButton *button : {m_demo, m_file, m_server})
        button->setEnabled(!busy);
}

void WelcomePage::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile())
        event->acceptProposedAction();
}

void WelcomePage::dropEvent(QDropEvent *event)
{
    Q_EMIT kubeconfigRequested(event->mimeData()->urls().first().toLocalFile());
}

} // namespace kdra::ui
