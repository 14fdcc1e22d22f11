// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/placementbox.h"

#include "ui/common/widgets.h"
#include "ui/environments/checkline.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kdra::ui {

using environments::Placement;
using environments::Target;

namespace {

constexpr QLatin1StringView hostnameLabel("kubernetes.io/hostname");
constexpr QLatin1StringView zoneLabel("topology.kubernetes.io/zone");

// core/v1 Toleration of exactly this taint.
QJsonObject tolerationOf(const NodeTaint &taint)
{
    QJsonObject toleration{{u"key"_s, taint.key}, {u"effect"_s, taint.effect}};
    if (taint.value.isEmpty()) {
        toleration.insert(u"operator"_s, u"Exists"_s);
    } else {
        toleration.insert(u"operator"_s, u"Equal"_s);
        toleration.insert(u"value"_s, taint.value);
    }
    return toleration;
}

// As kubectl writes it.
QString textOf(const NodeTaint &taint)
{
    const QString pair = taint.value.isEmpty() ? taint.key : taint.key + u'=' + taint.value;
    return pair + u':' + taint.effect;
}

// What a user can agree to. The others say that a node is in a bad state, which no environment should put up with; and
// what is only preferred keeps nothing away.
bool isOffered(const NodeTaint &taint)
{
    return taint.effect != "PreferNoSchedule"_L1 && !taint.key.startsWith("node.kubernetes.io/"_L1);
}

} // namespace

PlacementBox::PlacementBox(const Theme &theme, const QStringList &sites, QList<NodeChoice> nodes, QWidget *parent)
    : QWidget(parent)
    , m_nodes(std::move(nodes))
    , m_theme(theme)
    , m_kind(new QComboBox)
    , m_site(new QComboBox)
    , m_node(new QComboBox)
    , m_reason(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_problem(makeLabel(theme, Theme::FontRole::Small))
    , m_taintColumn(new QVBoxLayout)
    , m_taintTitle(makeLabel(theme, Theme::FontRole::Small, {}, true))
{
    m_kind->setAccessibleName(tr("Placement"));
    m_kind->addItem(tr("Wherever there is room"), int(Placement::Kind::Anywhere));
    if (!sites.isEmpty())
        m_kind->addItem(tr("At a site"), int(Placement::Kind::Site));
    if (!m_nodes.isEmpty())
        m_kind->addItem(tr("On one node"), int(Placement::Kind::Node));
    m_site->setAccessibleName(tr("Site"));
    m_site->addItems(sites);
    m_node->setAccessibleName(tr("Node"));
    // Thousands of them: found by typing.
    m_node->setEditable(true);
    m_node->setInsertPolicy(QComboBox::NoInsert);
    m_node->lineEdit()->setPlaceholderText(tr("Type part of a name"));
    QStringList names;
    for (const NodeChoice &one : m_nodes)
        names.append(one.name);
    m_node->addItems(names);
    m_node->setCurrentIndex(-1);
    m_node->completer()->setFilterMode(Qt::MatchContains);
    m_node->completer()->setCompletionMode(QCompleter::PopupCompletion);
    for (QComboBox *box : {m_kind, m_site, m_node}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->view()->setAccessibleName(box->accessibleName());
    }
    m_reason->setWordWrap(true);
    m_reason->hide();
    m_problem->setObjectName(u"failing"_s);
    m_problem->setWordWrap(true);
    m_taintTitle->setText(tr("Nodes there keep pods away, unless the pods tolerate:"));
    m_taintTitle->setWordWrap(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Metrics::space1);
    column->addWidget(m_kind);
    column->addWidget(m_site);
    column->addWidget(m_node);
    column->addWidget(m_reason);
    column->addWidget(m_problem);
    column->addWidget(m_taintTitle);
    column->addLayout(m_taintColumn);

    connect(m_kind, &QComboBox::currentIndexChanged, this, &PlacementBox::update);
    connect(m_site, &QComboBox::currentIndexChanged, this, &PlacementBox::update);
    connect(m_node, &QComboBox::currentTextChanged, this, &PlacementBox::update);
    update();
}

void PlacementBox::setPlacement(const Placement &placement)
{
    m_tolerations = placement.tolerations;
    // It may have been written when there was such a site or node.
    const QVariant kind(int(placement.kind));
    if (m_kind->findData(kind) < 0)
        m_kind->addItem(placement.kind == Placement::Kind::Site ? tr("At a site") : tr("On one node"), kind);
    if (placement.kind == Placement::Kind::Site) {
        if (m_site->findText(placement.name) < 0)
            m_site->addItem(placement.name);
        m_site->setCurrentText(placement.name);
    } else if (placement.kind == Placement::Kind::Node) {
        m_node->setCurrentText(placement.name);
    }
    m_kind->setCurrentIndex(m_kind->findData(kind));
    for (qsizetype i = 0; i < m_taintLines.size(); ++i)
        m_taintLines[i]->box().setChecked(placement.tolerations.contains(tolerationOf(m_taints[i])));
}

void PlacementBox::setTarget(const Target &target)
{
    Placement placement;
    if (target.kind == Target::Kind::Site || target.kind == Target::Kind::Node) {
        placement.kind = target.kind == Target::Kind::Site ? Placement::Kind::Site : Placement::Kind::Node;
        placement.name = target.name;
    }
    setPlacement(placement);
}

void PlacementBox::setReason(const QString &reason)
{
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
}

QList<QCheckBox *> PlacementBox::taintBoxes() const
{
    QList<QCheckBox *> boxes;
    for (const CheckLine *line : m_taintLines)
        boxes.append(&line->box());
    return boxes;
}

Placement::Kind PlacementBox::kind() const
{
    return static_cast<Placement::Kind>(m_kind->currentData().toInt());
}

const NodeChoice *PlacementBox::node() const
{
    const auto at = std::ranges::find(m_nodes, m_node->currentText().trimmed(), &NodeChoice::name);
    return at == m_nodes.end() ? nullptr : &*at;
}

Placement PlacementBox::placement() const
{
    Placement placement{.kind = kind()};
    if (placement.kind == Placement::Kind::Site) {
        placement.name = m_site->currentText();
        placement.label = siteLabel();
        placement.value = placement.name;
    } else if (placement.kind == Placement::Kind::Node) {
        placement.name = m_node->currentText().trimmed();
        placement.label = hostnameLabel;
        const NodeChoice *one = node();
        placement.value = one && !one->hostname.isEmpty() ? one->hostname : placement.name;
    }
    if (placement.kind != Placement::Kind::Anywhere) {
        for (qsizetype i = 0; i < m_taintLines.size(); ++i) {
            if (m_taintLines[i]->box().isChecked())
                placement.tolerations.append(tolerationOf(m_taints[i]));
        }
    }
    return placement;
}

// By which pods are sent to the site: that of its nodes (environments::siteLabel()).
QString PlacementBox::siteLabel() const
{
    QString label = zoneLabel;
    for (const NodeChoice &one : m_nodes) {
        if (one.site != m_site->currentText())
            continue;
        label = one.siteLabel;
        if (label == zoneLabel)
            break;
    }
    return label;
}

Target PlacementBox::target() const
{
    switch (kind()) {
    case Placement::Kind::Site:
        return {.kind = Target::Kind::Site, .name = m_site->currentText()};
    case Placement::Kind::Node:
        return {.kind = Target::Kind::Node, .name = m_node->currentText().trimmed()};
    case Placement::Kind::Anywhere:
        break;
    }
    return {};
}

QString PlacementBox::problem() const
{
    if (kind() != Placement::Kind::Node || node())
        return {};
    const QString typed = m_node->currentText().trimmed();
    return typed.isEmpty() ? tr("Choose a node.") : tr("There is no node %1.").arg(typed);
}

QList<NodeTaint> PlacementBox::taints() const
{
    QList<NodeTaint> all;
    const auto add = [&all](const NodeChoice &one) {
        for (const NodeTaint &taint : one.taints) {
            if (isOffered(taint) && !all.contains(taint))
                all.append(taint);
        }
    };
    if (kind() == Placement::Kind::Node) {
        if (const NodeChoice *one = node())
            add(*one);
    } else if (kind() == Placement::Kind::Site) {
        for (const NodeChoice &one : m_nodes) {
            if (one.site == m_site->currentText())
                add(one);
        }
    }
    // More than that is no question any more.
    constexpr qsizetype most = 12;
    return all.first(qMin(most, all.size()));
}

void PlacementBox::update()
{
    m_site->setVisible(kind() == Placement::Kind::Site);
    m_node->setVisible(kind() == Placement::Kind::Node);
    showTaints();
    // Half a name is no mistake while it is being typed into an empty box.
    const QString text = m_node->currentText().isEmpty() ? QString() : problem();
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    Q_EMIT changed();
}

void PlacementBox::showTaints()
{
    const QList<NodeTaint> wanted = taints();
    m_taintTitle->setVisible(!wanted.isEmpty());
    if (wanted == m_taints)
        return;
    qDeleteAll(m_taintLines);
    m_taintLines.clear();
    m_taints = wanted;
    for (const NodeTaint &taint : wanted) {
        auto *line = new CheckLine(m_theme, textOf(taint));
        line->box().setChecked(m_tolerations.contains(tolerationOf(taint)));
        connect(&line->box(), &QCheckBox::toggled, this, &PlacementBox::changed);
        m_taintColumn->addWidget(line);
        m_taintLines.append(line);
    }
}

} // namespace kdra::ui
