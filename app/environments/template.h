// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonValue>
#include <QMap>
#include <QStringList>

#include <memory>
#include <optional>

namespace kdra::environments {

// What a parameter's value may be, and how a form asks for it.
enum class ParameterType : quint8 {
    String,
    Integer,
    Number,
    Boolean,
    Enum, // one of `choices`
    Quantity, // "250m", "1Gi" (apimachinery resource.Quantity)
    Secret, // kept in Secrets only; made at random when the environment is created, unless `given`
    Image, // an OCI image reference
    List, // of strings; for $forEach
};

// One entry of template.yaml's `parameters`: a subset of JSON Schema.
struct Parameter {
    QString name = {}; // [a-z][A-Za-z0-9]*
    QString title = {};
    QString help = {};
    ParameterType type = ParameterType::String;
    QJsonValue defaultValue = {}; // of the type; undefined: the user has to give one. Never for secrets.
    QString pattern = {}; // anchored regular expression; empty: any
    QString minimum = {}; // of integers, numbers, quantities (as written there); empty: none
    QString maximum = {};
    QStringList choices = {};
    int length = 0; // of secrets that are made at random: characters
    bool given = false; // of secrets: the user types it, as a token of some other system
};

// Values by parameter name: string, double (integral for Integer), bool, or array of strings.
using Values = QMap<QString, QJsonValue>;

// Where a template comes from.
enum class Source : quint8 { BuiltIn, Folder, Cluster, Kustomize, Helm };

// A file of a template. `path` is relative to its folder: "template.yaml", "manifests/10-web.yaml".
struct TemplateFile {
    QString path = {};
    QByteArray content = {};
    bool operator==(const TemplateFile &) const = default;
};

// An environment template, read and checked. A value.
struct Template {
    QString id = {}; // unique among all templates: source and name, "builtin:web-postgresql"
    QString name = {}; // a DNS label
    QString title = {}; // in the user's language when the template has it
    QString description = {};
    QString icon = {}; // a name of ui/common/icons.h or the desktop's icon theme
    QString category = {};
    QStringList tags = {};
    QString version = {};
    QList<Parameter> parameters = {};
    // What it needs of the cluster.
    QStringList architectures = {}; // of kubernetes.io/arch that its images exist for; empty: any
    QStringList capabilities = {}; // "storage", "ingress"
    QStringList clusterScoped = {}; // kinds outside of its namespace, as "ClusterRole.rbac.authorization.k8s.io"
    bool edge = false; // made for Raspberry Pis: those are proposed first
    Source source = Source::BuiltIn;
    QString origin = {}; // folder, "ConfigMap team/web", ...: for messages
    QList<TemplateFile> files = {}; // all of them: what render() reads, and what an environment keeps

    const Parameter *parameter(const QString &name) const;
    // The defaults; without the parameters that have none.
    Values defaults() const;
};
using TemplatePtr = std::shared_ptr<const Template>;

// Reads and checks a template from its files; also renders it once with its defaults, so that what cannot be rendered
// is refused here. Any thread. Errors name "file:line".
Result<Template> readTemplate(const QList<TemplateFile> &files, Source source, const QString &origin);

// template.yaml and manifests/*.yaml of a folder. Refuses links that lead out of it, and more than 512 KiB in
// all. Blocks on the disk: on a worker.
Result<QList<TemplateFile>> readTemplateFolder(const QString &folder);

} // namespace kdra::environments
