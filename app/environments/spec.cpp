// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/spec.h"

#include "environments/labels.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>
#include <optional>

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

std::optional<Placement> placementFromJson(const QJsonObject &json)
{
    const auto kind = std::ranges::find(placements, json.value("kind"_L1).toString(), &PlacementName::key);
    if (kind == placements.end())
        return {};
    Placement placement{.kind = kind->kind,
        .name = json.value("name"_L1).toString(),
        .label = json.value("label"_L1).toString(),
        .value = json.value("value"_L1).toString(),
        .tolerations = json.value("tolerations"_L1).toArray()};
    if (placement.kind != Placement::Kind::Anywhere && placement.label.isEmpty())
        return {};
    return placement;
}

// Values of secrets are kept in Secrets only.
QJsonObject valuesJson(const Part &part)
{
    QJsonObject values;
    for (const auto &[name, value] : part.values.asKeyValueRange()) {
        const Parameter *parameter = part.from ? part.from->parameter(name) : nullptr;
        if (parameter && parameter->type != ParameterType::Secret)
            values.insert(name, value);
    }
    return values;
}

Values valuesFromJson(const QJsonObject &json)
{
    Values values;
    for (auto one = json.begin(); one != json.end(); ++one)
        values.insert(one.key(), one.value());
    return values;
}

QJsonObject templateJson(const Template &from)
{
    return {{"name"_L1, from.name}, {"title"_L1, from.title}, {"version"_L1, from.version}, {"id"_L1, from.id}};
}

QJsonObject partJson(const Part &part)
{
    QJsonObject json{{"name"_L1, part.name}, {"values"_L1, valuesJson(part)},
        {"placement"_L1, placementJson(part.placement)}, {"host"_L1, part.host}};
    if (part.from)
        json.insert("template"_L1, templateJson(*part.from));
    return json;
}

std::optional<Part> partFromJson(const QJsonObject &json)
{
    const std::optional<Placement> placement = placementFromJson(json.value("placement"_L1).toObject());
    const QString name = json.value("name"_L1).toString();
    if (!placement || !nameProblem(name).isEmpty())
        return {};
    return Part{.name = name,
        .values = valuesFromJson(json.value("values"_L1).toObject()),
        .placement = *placement,
        .host = json.value("host"_L1).toString()};
}

// At most as long as a name may be, with room for the end.
QString shortened(QString stem, qsizetype end)
{
    stem.truncate(MaxName - end);
    while (stem.endsWith(u'-'))
        stem.chop(1);
    return stem;
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
    QJsonObject json{{"name"_L1, spec.name}, {"namespace"_L1, spec.ns}, {"ownNamespace"_L1, spec.ownNamespace},
        {"owner"_L1, spec.owner}, {"values"_L1, valuesJson(allParts(spec).first())},
        {"placement"_L1, placementJson(spec.placement)}, {"network"_L1, networkKey(spec.network)},
        {"host"_L1, spec.host}, {"timeToLiveSeconds"_L1, static_cast<qint64>(spec.timeToLive.count())}};
    if (spec.from)
        json.insert("template"_L1, templateJson(*spec.from));
    // As environments of one template have always been noted.
    if (spec.parts.isEmpty())
        return json;
    QJsonArray parts;
    for (const Part &part : spec.parts)
        parts.append(partJson(part));
    json.insert("parts"_L1, parts);
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
    spec.values = valuesFromJson(json.value("values"_L1).toObject());
    if (const QString problem = nameProblem(spec.name); !problem.isEmpty())
        return std::unexpected(broken(u"name"_s));
    if (spec.ns.isEmpty())
        return std::unexpected(broken(u"namespace"_s));
    const auto network = std::ranges::find(networks, json.value("network"_L1).toString(), &NetworkName::key);
    if (network == networks.end())
        return std::unexpected(broken(u"network"_s));
    spec.network = network->network;
    const std::optional<Placement> placement = placementFromJson(json.value("placement"_L1).toObject());
    if (!placement)
        return std::unexpected(broken(u"placement"_s));
    spec.placement = *placement;
    for (const QJsonArray parts = json.value("parts"_L1).toArray(); const QJsonValue &one : parts) {
        const std::optional<Part> part = partFromJson(one.toObject());
        if (!part)
            return std::unexpected(broken(u"parts"_s));
        spec.parts.append(*part);
    }
    return spec;
}

QList<Part> allParts(const Spec &spec)
{
    QList<Part> all{
        {.name = spec.name, .from = spec.from, .values = spec.values, .placement = spec.placement, .host = spec.host}};
    return all + spec.parts;
}

const Part *partOf(const Spec &spec, const QString &name)
{
    const auto at = std::ranges::find(spec.parts, name, &Part::name);
    return at == spec.parts.end() ? nullptr : &*at;
}

QString proposedPartName(const Spec &spec, const QString &templateName, const QStringList &taken)
{
    QStringList others = taken;
    for (const Part &part : allParts(spec))
        others.append(part.name);
    const QString stem = spec.name + u'-' + templateName;
    QString name = shortened(stem, 0);
    for (int number = 2; others.contains(name); ++number) {
        const QString end = u'-' + QString::number(number);
        name = shortened(stem, end.size()) + end;
    }
    return name;
}

Spec renamed(Spec spec, const QString &name)
{
    const QString before = std::exchange(spec.name, name);
    if (before == name)
        return spec;
    for (Part &part : spec.parts) {
        const QString end = part.name.startsWith(before + u'-') ? part.name.mid(before.size()) : u'-' + part.name;
        part.name = shortened(name, std::min(end.size(), MaxName - 1)) + end;
    }
    return spec;
}

QString templateKey(const Spec &spec, const Part &part)
{
    return part.name == spec.name ? QString(TemplateKey) : TemplateKey + u'.' + part.name;
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
