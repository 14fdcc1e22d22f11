// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/networkbox.h"

#include "ui/common/widgets.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace kdra::ui {

using environments::Network;

NetworkBox::NetworkBox(const Theme &theme, bool ingress, QWidget *parent)
    : QWidget(parent)
    , m_ingress(ingress)
    , m_choices(new QComboBox)
    , m_explanation(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_hostTitle(makeLabel(theme, Theme::FontRole::Body, tr("Host name")))
    , m_host(new QLineEdit)
    , m_problem(makeLabel(theme, Theme::FontRole::Small))
{
    m_choices->setAccessibleName(tr("Network"));
    m_choices->view()->setAccessibleName(m_choices->accessibleName());
    m_choices->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    const std::pair<QString, Network> all[] = {{tr("Closed"), Network::Closed},
        {tr("Same namespace"), Network::SameNamespace}, {tr("Same cluster"), Network::SameCluster},
        {tr("Open"), Network::Open}};
    for (const auto &[text, network] : all)
        m_choices->addItem(text, int(network));
    m_explanation->setWordWrap(true);
    m_host->setAccessibleName(tr("Host name"));
    m_host->setPlaceholderText(QStringLiteral("shop.example.com"));
    m_host->setToolTip(tr("The name under which a browser finds the environment, by the cluster's ingress."));
    m_problem->setObjectName(QStringLiteral("failing"));
    m_problem->setWordWrap(true);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_hostTitle, m_host})
        widget->setVisible(ingress);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Metrics::space1);
    m_hostTitle->setContentsMargins(0, Metrics::space2, 0, 0);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_choices, m_explanation, m_hostTitle, m_host, m_problem})
        column->addWidget(widget);
    connect(m_choices, &QComboBox::currentIndexChanged, this, &NetworkBox::update);
    connect(m_host, &QLineEdit::textChanged, this, &NetworkBox::update);
    setNetwork(Network::SameNamespace);
    update();
}

void NetworkBox::setNetwork(Network network)
{
    m_choices->setCurrentIndex(m_choices->findData(int(network)));
}

Network NetworkBox::network() const
{
    return static_cast<Network>(m_choices->currentData().toInt());
}

void NetworkBox::fixNetwork()
{
    m_choices->hide();
    m_explanation->hide();
    m_hostTitle->hide();
}

void NetworkBox::setHost(const QString &host)
{
    m_host->setText(host);
}

QString NetworkBox::host() const
{
    return m_ingress ? m_host->text().trimmed() : QString();
}

QString NetworkBox::problem() const
{
    // RFC 1123, with a wildcard as networking.k8s.io/v1 IngressRule.host has it.
    static const QRegularExpression name(
        QStringLiteral("\\A(\\*\\.)?([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\\z"));
    const QString typed = host();
    return typed.isEmpty() || name.match(typed).hasMatch() ? QString()
                                                           : tr("“%1” cannot be the name of a host.").arg(typed);
}

void NetworkBox::update()
{
    switch (network()) {
    case Network::Closed:
        m_explanation->setText(tr("Its pods talk among themselves only, and to the name service."));
        break;
    case Network::SameNamespace:
        m_explanation->setText(tr("Its pods also talk to everything in their namespace, and to nothing outside."));
        break;
    case Network::SameCluster:
        m_explanation->setText(tr("Its pods also talk to every pod in the cluster, and to nothing outside."));
        break;
    case Network::Open:
        m_explanation->setText(tr("Its pods talk to everybody, and everybody who reaches the cluster to them."));
        break;
    }
    m_problem->setText(problem());
    m_problem->setVisible(!problem().isEmpty());
    Q_EMIT changed();
}

} // namespace kdra::ui
