// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/templateheader.h"

#include "environments/yamlfields.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace kdra::environments {
namespace {

using L = QLatin1StringView;

constexpr size_t MaxParameters = 100;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::environments::Template)
};

void readNeeds(Template &into, const YamlNode &node)
{
    const YamlFields fields(
        node, Text::tr("What the template needs"), {u"architectures", u"capabilities", u"clusterScoped"});
    into.architectures = fields.texts(u"architectures");
    into.capabilities = fields.texts(u"capabilities");
    into.clusterScoped = fields.texts(u"clusterScoped");
    static const QStringList architectures = {QStringLiteral("amd64"), QStringLiteral("arm64"), QStringLiteral("arm"),
        QStringLiteral("386"), QStringLiteral("ppc64le"), QStringLiteral("s390x"), QStringLiteral("riscv64")};
    static const QStringList capabilities = {QStringLiteral("storage"), QStringLiteral("ingress")};
    static const QRegularExpression kind(QStringLiteral(R"(\A[A-Z][A-Za-z0-9]*(\.[a-z0-9-]+)*\z)"));
    for (const QString &one : std::as_const(into.architectures)) {
        if (!architectures.contains(one))
            fields.refuse(Text::tr("“%1” is not known.").arg(one.left(60)), u"architectures",
                Text::tr("There are: %1.").arg(architectures.join(QStringLiteral(", "))));
    }
    for (const QString &one : std::as_const(into.capabilities)) {
        if (!capabilities.contains(one))
            fields.refuse(Text::tr("“%1” is not known.").arg(one.left(60)), u"capabilities",
                Text::tr("There are: %1.").arg(capabilities.join(QStringLiteral(", "))));
    }
    for (const QString &one : std::as_const(into.clusterScoped)) {
        if (!kind.match(one).hasMatch())
            fields.refuse(Text::tr("“%1” is not a kind.").arg(one.left(60)), u"clusterScoped",
                Text::tr("Write it as ClusterRole.rbac.authorization.k8s.io."));
    }
}

void readParameters(Template &into, const YamlNode &node)
{
    if (!node.isSequence() || node.children.size() > MaxParameters)
        throw refusal(Text::tr("The parameters have to be a list of at most %n.", nullptr, int(MaxParameters)),
            QStringLiteral("template.yaml"), node.line);
    for (const YamlNode &child : node.children) {
        const Parameter parameter = readParameter(child);
        if (into.parameter(parameter.name))
            throw refusal(Text::tr("There are two parameters “%1”.").arg(parameter.name),
                QStringLiteral("template.yaml"), child.line);
        into.parameters.append(parameter);
    }
}

// "de", "pt-BR".
bool isWanted(const QString &language)
{
    const QStringList wanted = QLocale().uiLanguages();
    return !wanted.isEmpty() && !language.isEmpty()
        && (wanted.contains(language) || wanted.constFirst().startsWith(language + QLatin1Char('-')));
}

void readTranslation(Template &into, const YamlNode &node, const QString &language)
{
    const YamlFields fields(
        node, Text::tr("Translation “%1”").arg(language), {u"title", u"description", u"parameters"});
    const bool wanted = isWanted(language);
    const auto use = [wanted](QString &text, const QString &translated) {
        if (wanted && !translated.isEmpty())
            text = translated;
    };
    use(into.title, fields.text(u"title", 100));
    use(into.description, fields.text(u"description", 1000));
    const YamlNode *parameters = fields.find(u"parameters");
    if (!parameters)
        return;
    if (!parameters->isMapping())
        fields.refuse(Text::tr("this has to be a mapping."), u"parameters");
    for (size_t i = 0; i < parameters->children.size(); ++i) {
        const YamlKey &key = parameters->keys[i];
        const auto at = std::ranges::find(into.parameters, key.text, &Parameter::name);
        if (at == into.parameters.end())
            throw refusal(Text::tr("There is no parameter “%1”.").arg(key.text.left(60)),
                QStringLiteral("template.yaml"), key.line);
        const YamlFields own(parameters->children[i], Text::tr("Parameter “%1”").arg(key.text), {u"title", u"help"});
        use(at->title, own.text(u"title", 100));
        use(at->help, own.text(u"help", 1000));
    }
}

} // namespace

Template readTemplateHeader(const YamlNode &root)
{
    const YamlFields fields(root, Text::tr("Template"),
        {u"apiVersion", u"kind", u"name", u"title", u"description", u"icon", u"category", u"tags", u"version", u"edge",
            u"needs", u"parameters", u"translations"});
    if (const QString version = fields.requiredText(u"apiVersion"); version != L("kdra.dev/v1"))
        fields.refuse(Text::tr("“%1” is not known.").arg(version), u"apiVersion",
            Text::tr("Write kdra.dev/v1, or use the version of KDRA that this template is made for."));
    if (const QString kind = fields.requiredText(u"kind"); kind != L("EnvironmentTemplate"))
        fields.refuse(Text::tr("“%1” is not known.").arg(kind), u"kind", Text::tr("Write EnvironmentTemplate."));
    Template result;
    result.name = fields.requiredText(u"name", 63);
    static const QRegularExpression label(QStringLiteral(R"(\A[a-z0-9]([a-z0-9-]*[a-z0-9])?\z)"));
    if (!label.match(result.name).hasMatch())
        fields.refuse(Text::tr("a name is made of small letters, digits and “-”."), u"name");
    result.title = fields.requiredText(u"title", 100);
    result.description = fields.text(u"description", 1000);
    result.icon = fields.text(u"icon", 60);
    result.category = fields.text(u"category", 40);
    result.tags = fields.texts(u"tags");
    result.version = fields.text(u"version", 60);
    result.edge = fields.boolean(u"edge");
    if (const YamlNode *needs = fields.find(u"needs"))
        readNeeds(result, *needs);
    if (const YamlNode *parameters = fields.find(u"parameters"))
        readParameters(result, *parameters);
    if (const YamlNode *translations = fields.find(u"translations")) {
        if (!translations->isMapping())
            fields.refuse(Text::tr("this has to be a mapping."), u"translations");
        for (size_t i = 0; i < translations->children.size(); ++i)
            readTranslation(result, translations->children[i], translations->keys[i].text);
    }
    return result;
}

} // namespace kdra::environments
