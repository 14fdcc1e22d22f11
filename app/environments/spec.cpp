// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/spec.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace kdra::environments {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Spec)
};

constexpr qsizetype MaxName = 40; // room for what templates add to it: names of pods end up as labels of 63

struct NetworkName {
    Network network;
    QLatin1StringView key;
};
constexpr std::array<NetworkName, 4> networks = {
    {{Network::Closed, "closed"_L1}, {Network::SameNamespace, "same-namespace"_L1},
        {Network::SameCluster, "same-cluster"_L1}, {Network::Open, "open"_L1}}};

struct PlacementName {
    Placement::Kind kind;
    QLatin1StringView key;
};
constexpr std::array<PlacementName, 3> placements = {{{Placement::Kind::Anywhere, "anywhere"_L1},
    {Placement::Kind::Site, "site"_L1}, {Placement::Kind::Node, "node"_L1}}};

QJsonObject placementJson(const Placement &placement)
{
    QJsonObject json{{"kind"_L1, std::ranges::find(placements, placement.kind, &PlacementName::kind)->key}};
    if (placement.kind == Placement::Kind::Anywhere && placement.tolerations.isEmpty())
        return json;
    json.insert("name"_L1, placement.name);
    json.insert("label"_L1, placement.label);
    json.insert("value"_L1, placement.value);
    json.insert("tolerations"_L1, placement.tolerations);
    return json;
}

Error broken(const QString &field)
{
    return Error{.kind = Error::Kind::Protocol,
        .what = Text::tr("What KDRA has noted about this environment cannot be read: \"%1\" is missing or has been "
                         "edited.")
            .arg(field),
        .remedy = Text::tr("It can still be deleted; to change it, make it anew.")};
}

} // namespace

QString networkKey(Network network)
{
    return std::ranges::find(networks, network, &NetworkName::network)->key;
}

QJsonObject toJson(const Spec &spec)
{
    QJsonObject values;
    for (const auto &[name, value] : spec.values.asKeyValueRange()) {
        const Parameter *parameter = spec.from ? spec.from->parameter(name) : nullptr;
        if (parameter && parameter->type != ParameterType::Secret)
            values.insert(name, value);
    }
    QJsonObject json{{"name"_L1, spec.name}, {"namespace"_L1, spec.ns}, {"ownNamespace"_L1, spec.ownNamespace},
        {"owner"_L1, spec.owner}, {"values"_L1, values}, {"placement"_L1, placementJson(spec.placement)},
        {"network"_L1, networkKey(spec.network)}, {"host"_L1, spec.host},
        {"timeToLiveSeconds"_L1, static_cast<qint64>(spec.timeToLive.count())}};
    if (spec.from) {
        json.insert("template"_L1,
            QJsonObject{{"name"_L1, spec.from->name}, {"title"_L1, spec.from->title},
                {"version"_L1, spec.from->version}, {"id"_L1, spec.from->id}});
    }
    return json;
}

Result<Spec> specFromJson(const QJsonObject &json)
{
    Spec spec;
    spec.name = json.value("name"_L1).toString();
    spec.ns = json.value("namespace"_L1).toString();
    spec.ownNamespace = json.value("ownNamespace"_L1).toBool();
    spec.owner = json.value("owner"_L1).toString();
    spec.host = json.value("host"_L1).toString();
    spec.timeToLive = std::chrono::seconds(json.value("timeToLiveSeconds"_L1).toInteger());
    const QJsonObject values = json.value("values"_L1).toObject();
    for (auto one = values.begin(); one != values.end(); ++one)
        spec.values.insert(one.key(), one.value());
    if (const QString problem = nameProblem(spec.name); !problem.isEmpty())
        return std::unexpected(broken(u"name"_s));
    if (spec.ns.isEmpty())
        return std::unexpected(broken(u"namespace"_s));
    const auto network = std::ranges::find(networks, json.value("network"_L1).toString(), &NetworkName::key);
    if (network == networks.end())
        return std::unexpected(broken(u"network"_s));
    spec.network = network->network;
    const QJsonObject place = json.value("placement"_L1).toObject();
    const auto kind = std::ranges::find(placements, place.value("kind"_L1).toString(), &PlacementName::key);
    if (kind == placements.end())
        return std::unexpected(broken(u"placement"_s));
    spec.placement = {.kind = kind->kind,
        .name = place.value("name"_L1).toString(),
        .label = place.value("label"_L1).toString(),
        .value = place.value("value"_L1).toString(),
        .tolerations = place.value("tolerations"_L1).toArray()};
    if (kind->kind != Placement::Kind::Anywhere && spec.placement.label.isEmpty())
        return std::unexpected(broken(u"placement"_s));
    return spec;
}

QString nameProblem(const QString &name)
{
    static const QRegularExpression label(u"^[a-z]([-a-z0-9]*[a-z0-9])?$"_s);
    if (name.isEmpty())
        return Text::tr("Give it a name.");
    if (name.size() > MaxName)
        return Text::tr(
            "At most %n characters: the names of pods are made from it.", nullptr, static_cast<int>(MaxName));
    if (!label.match(name).hasMatch())
        return Text::tr("Lower case letters, digits and \"-\" only; a letter first, no \"-\" last.");
    return {};
}

QString labelValueOf(const QString &text)
{
    static const QRegularExpression unwanted(u"[^A-Za-z0-9_.-]+"_s);
    static const QRegularExpression edges(u"^[^A-Za-z0-9]+|[^A-Za-z0-9]+$"_s);
    // Letters with marks lose the marks: "José" is "Jose".
    QString value = text.normalized(QString::NormalizationForm_KD);
    value.removeIf([](QChar one) { return one.isMark(); });
    value.replace(unwanted, u"-"_s);
    value.remove(edges);
    value.truncate(63);
    value.remove(edges);
    return value;
}

} // namespace kdra::environments
