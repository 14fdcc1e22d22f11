// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfigreader.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <yaml-cpp/yaml.h>

namespace kdra::kube {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::kube::Kubeconfig)
};

// Thrown inside of one entry, caught at its edge.
struct BrokenEntry {
    Error error;
};

QString fromUtf8(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// `budget` counts nodes: aliases may blow a small text up without bound.
QJsonValue toJson(const YAML::Node &node, int depth, int &budget)
{
    if (depth > 32 || --budget < 0)
        throw YAML::Exception(node.Mark(), "too much data in an extension");
    if (node.IsSequence()) {
        QJsonArray array;
        for (const YAML::Node &item : node)
            array.append(toJson(item, depth + 1, budget));
        return array;
    }
    if (node.IsMap()) {
        QJsonObject object;
        for (const auto &item : node)
            object.insert(fromUtf8(item.first.Scalar()), toJson(item.second, depth + 1, budget));
        return object;
    }
    if (!node.IsScalar())
        return QJsonValue::Null;
    const QString text = fromUtf8(node.Scalar());
    if (node.Tag() == "!") // quoted
        return text;
    if (text == QLatin1StringView("true") || text == QLatin1StringView("false"))
        return text == QLatin1StringView("true");
    bool number = false;
    const double value = text.toDouble(&number);
    return number ? QJsonValue(value) : QJsonValue(text);
}

} // namespace

KubeconfigReader::KubeconfigReader(const QString &file)
    : m_file(file)
    , m_dir(file.isEmpty() ? QDir() : QFileInfo(file).absoluteDir())
{
}

Error KubeconfigReader::error(const QString &what, const YAML::Mark &mark, const QString &remedy) const
{
    QString where = m_file;
    if (!mark.is_null())
        where += QStringLiteral(":%1:%2").arg(mark.line + 1).arg(mark.column + 1);
    return Error{.kind = Error::Kind::Configuration,
        .what = what,
        .where = where,
        .remedy = remedy.isEmpty() ? Text::tr("Correct the file, or fetch the kubeconfig again.") : remedy};
}

QString KubeconfigReader::string(const YAML::Node &map, const char *key) const
{
    const YAML::Node value = map[key];
    if (!value.IsDefined() || value.IsNull())
        return {};
    if (!value.IsScalar())
        throw BrokenEntry{error(Text::tr("“%1” must be text.").arg(QLatin1StringView(key)), value.Mark())};
    return fromUtf8(value.Scalar());
}

bool KubeconfigReader::boolean(const YAML::Node &map, const char *key) const
{
    const QString text = string(map, key);
    if (!text.isEmpty() && text != QLatin1StringView("true") && text != QLatin1StringView("false"))
        throw BrokenEntry{error(Text::tr("“%1” must be true or false.").arg(QLatin1StringView(key)), map[key].Mark())};
    return text == QLatin1StringView("true");
}

QByteArray KubeconfigReader::base64(const YAML::Node &map, const char *key) const
{
    QByteArray text = string(map, key).toLatin1();
    text.removeIf([](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    if (text.isEmpty())
        return {};
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        throw BrokenEntry{error(Text::tr("“%1” is not base64.").arg(QLatin1StringView(key)), map[key].Mark())};
    return *decoded;
}

QString KubeconfigReader::absolute(const QString &path) const
{
    return path.isEmpty() ? path : QDir::cleanPath(m_dir.absoluteFilePath(path));
}

QString KubeconfigReader::path(const YAML::Node &map, const char *key) const
{
    return absolute(string(map, key));
}

QStringList KubeconfigReader::strings(const YAML::Node &map, const char *key) const
{
    const YAML::Node list = map[key];
    QStringList result;
    if (!list.IsDefined() || list.IsNull())
        return result;
    if (!list.IsSequence())
        throw BrokenEntry{error(Text::tr("“%1” must be a list.").arg(QLatin1StringView(key)), list.Mark())};
    for (const YAML::Node &item : list) {
        if (!item.IsScalar())
            throw BrokenEntry{
                error(Text::tr("“%1” must be a list of texts.").arg(QLatin1StringView(key)), item.Mark())};
        result.append(fromUtf8(item.Scalar()));
    }
    return result;
}

QUrl KubeconfigReader::url(const YAML::Node &map, const char *key) const
{
    const QString text = string(map, key).trimmed();
    if (text.isEmpty())
        return {};
    // "host:port" is allowed, and would be read as a scheme.
    const QUrl url = text.contains(QLatin1StringView("://")) ? QUrl(text) : QUrl(QStringLiteral("https://") + text);
    if (!url.isValid() || url.host().isEmpty())
        throw BrokenEntry{error(Text::tr("“%1” is not a URL.").arg(QLatin1StringView(key)), map[key].Mark(),
            Text::tr("Write it as https://host:port."))};
    return url;
}

QByteArray KubeconfigReader::readExecConfig(const YAML::Node &cluster) const
{
    const YAML::Node extensions = cluster["extensions"];
    if (!extensions.IsDefined() || !extensions.IsSequence())
        return {};
    for (const YAML::Node &extension : extensions) {
        if (!extension.IsMap() || string(extension, "name") != QLatin1StringView("client.authentication.k8s.io/exec"))
            continue;
        int budget = 10'000;
        const QJsonValue value = toJson(extension["extension"], 0, budget);
        // QJsonDocument takes objects and arrays only, and client-go an object.
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    }
    return {};
}

void KubeconfigReader::readCluster(const QString &name, const YAML::Node &node)
{
    ClusterEntry entry{.name = name};
    const QString server = string(node, "server").trimmed();
    entry.server = url(node, "server");
    if (entry.server.isEmpty())
        throw BrokenEntry{error(Text::tr("The cluster “%1” has no server address.").arg(name), node.Mark(),
            Text::tr("Add “server: https://host:port”."))};
    const QString scheme = entry.server.scheme();
    if (scheme != QLatin1StringView("https") && scheme != QLatin1StringView("http"))
        throw BrokenEntry{
            error(Text::tr("The cluster “%1” has an address that is neither https:// nor http://.").arg(name),
                node["server"].Mark(), Text::tr("Write it as https://host:port."))};
    entry.tlsServerName = string(node, "tls-server-name");
    entry.insecureSkipTlsVerify = boolean(node, "insecure-skip-tls-verify");
    entry.certificateAuthorityData = base64(node, "certificate-authority-data");
    if (entry.certificateAuthorityData.isEmpty())
        entry.certificateAuthority = path(node, "certificate-authority");
    entry.proxyUrl = url(node, "proxy-url");
    entry.disableCompression = boolean(node, "disable-compression");
    entry.execConfig = readExecConfig(node);
    // client-go: an address without a scheme means TLS only if something about TLS is configured.
    if (!server.contains(QLatin1StringView("://")) && entry.certificateAuthority.isEmpty()
        && entry.certificateAuthorityData.isEmpty() && !entry.insecureSkipTlsVerify)
        entry.server.setScheme(QStringLiteral("http"));
    m_result.m_clusters.append(std::move(entry));
}

ExecEntry KubeconfigReader::readExec(const YAML::Node &node) const
{
    ExecEntry exec;
    exec.command = string(node, "command");
    if (exec.command.isEmpty())
        throw BrokenEntry{error(Text::tr("The exec plugin names no command."), node.Mark())};
    if (exec.command.contains(QLatin1Char('/'))) // else it is looked for in PATH
        exec.command = absolute(exec.command);
    exec.args = strings(node, "args");
    exec.apiVersion = string(node, "apiVersion");
    exec.installHint = string(node, "installHint").trimmed();
    exec.interactiveMode = string(node, "interactiveMode");
    exec.provideClusterInfo = boolean(node, "provideClusterInfo");
    const YAML::Node env = node["env"];
    if (env.IsDefined() && env.IsSequence()) {
        for (const YAML::Node &variable : env) {
            if (variable.IsMap())
                exec.env.append({string(variable, "name"), string(variable, "value")});
        }
    }
    return exec;
}

void KubeconfigReader::readUser(const QString &name, const YAML::Node &node)
{
    UserEntry entry{.name = name};
    entry.clientCertificateData = base64(node, "client-certificate-data");
    if (entry.clientCertificateData.isEmpty())
        entry.clientCertificate = path(node, "client-certificate");
    entry.clientKeyData = base64(node, "client-key-data");
    if (entry.clientKeyData.isEmpty())
        entry.clientKey = path(node, "client-key");
    entry.token = string(node, "token");
    entry.tokenFile = path(node, "tokenFile");
    entry.username = string(node, "username");
    entry.password = string(node, "password");
    entry.impersonateUser = string(node, "as");
    entry.impersonateUid = string(node, "as-uid");
    entry.impersonateGroups = strings(node, "as-groups");
    if (const YAML::Node extra = node["as-user-extra"]; extra.IsDefined() && extra.IsMap()) {
        for (const auto &item : extra)
            entry.impersonateExtra.insert(fromUtf8(item.first.Scalar()), strings(extra, item.first.Scalar().c_str()));
    }
    if (const YAML::Node exec = node["exec"]; exec.IsDefined() && exec.IsMap())
        entry.exec = readExec(exec);
    if (const YAML::Node provider = node["auth-provider"]; provider.IsDefined() && provider.IsMap()) {
        entry.authProvider = string(provider, "name");
        if (const YAML::Node config = provider["config"]; config.IsDefined() && config.IsMap()) {
            for (const auto &item : config)
                entry.authProviderConfig.insert(
                    fromUtf8(item.first.Scalar()), string(config, item.first.Scalar().c_str()));
        }
        if (const QString ca = entry.authProviderConfig.value(QStringLiteral("idp-certificate-authority"));
            !ca.isEmpty())
            entry.authProviderConfig.insert(QStringLiteral("idp-certificate-authority"), absolute(ca));
    }
    m_result.m_users.append(std::move(entry));
}

void KubeconfigReader::readContext(const QString &name, const YAML::Node &node)
{
    m_result.m_contexts.append(ContextEntry{
        .name = name,
        .cluster = string(node, "cluster"),
        .user = string(node, "user"),
        .ns = string(node, "namespace"),
    });
}

template <class Read>
void KubeconfigReader::readList(const YAML::Node &root, const char *section, const char *member, Read read)
{
    const YAML::Node list = root[section];
    if (!list.IsDefined() || list.IsNull())
        return;
    if (!list.IsSequence()) {
        m_result.m_warnings.append(
            error(Text::tr("“%1” must be a list.").arg(QLatin1StringView(section)), list.Mark()));
        return;
    }
    QStringList seen;
    for (const YAML::Node &item : list) {
        QString name;
        try {
            if (!item.IsMap())
                throw BrokenEntry{
                    error(Text::tr("An entry of “%1” is not a mapping.").arg(QLatin1StringView(section)), item.Mark())};
            name = string(item, "name");
            if (name.isEmpty())
                throw BrokenEntry{
                    error(Text::tr("An entry of “%1” has no name.").arg(QLatin1StringView(section)), item.Mark())};
            if (seen.contains(name))
                throw BrokenEntry{
                    error(Text::tr("“%1” is defined twice; the first one counts.").arg(name), item.Mark())};
            seen.append(name);
            const YAML::Node body = item[member];
            // "user: null" and "user: {}" are users without credentials.
            if (body.IsDefined() && !body.IsNull() && !body.IsMap())
                throw BrokenEntry{
                    error(Text::tr("“%1” must be a mapping.").arg(QLatin1StringView(member)), body.Mark())};
            read(name, body.IsDefined() && body.IsMap() ? body : YAML::Node(YAML::NodeType::Map));
        } catch (const BrokenEntry &broken) {
            m_result.m_warnings.append(broken.error);
            if (!name.isEmpty())
                m_result.m_broken.insert(QLatin1StringView(section) + QLatin1Char('/') + name, broken.error);
        } catch (const YAML::Exception &exception) {
            m_result.m_warnings.append(error(fromUtf8(exception.msg), exception.mark));
        }
    }
}

Result<Kubeconfig> KubeconfigReader::read(const QByteArray &yaml)
{
    if (yaml.size() > MaxBytes)
        return std::unexpected(error(Text::tr("The file is far too large for a kubeconfig."), YAML::Mark::null_mark(),
            Text::tr("Choose a kubeconfig file.")));
    try {
        const YAML::Node root = YAML::Load(yaml.toStdString());
        m_result.m_files.append(m_file);
        if (!root.IsDefined() || root.IsNull())
            return std::move(m_result); // an empty file is an empty kubeconfig, as for kubectl
        if (!root.IsMap())
            return std::unexpected(error(Text::tr("This is not a kubeconfig file."), root.Mark(),
                Text::tr("A kubeconfig has clusters, users and contexts; choose another file.")));
        const QString kind = string(root, "kind");
        const bool known = root["clusters"].IsDefined() || root["contexts"].IsDefined() || root["users"].IsDefined()
            || root["current-context"].IsDefined();
        if ((!kind.isEmpty() && kind != QLatin1StringView("Config")) || (kind.isEmpty() && !known))
            return std::unexpected(error(Text::tr("This is not a kubeconfig file."), root.Mark(),
                Text::tr("A kubeconfig has clusters, users and contexts; choose another file.")));
        m_result.m_currentContext = string(root, "current-context");
        readList(root, "clusters", "cluster",
            [this](const QString &name, const YAML::Node &node) { readCluster(name, node); });
        readList(root, "users", "user", [this](const QString &name, const YAML::Node &node) { readUser(name, node); });
        readList(root, "contexts", "context",
            [this](const QString &name, const YAML::Node &node) { readContext(name, node); });
    } catch (const BrokenEntry &broken) {
        return std::unexpected(broken.error);
    } catch (const YAML::Exception &exception) {
        return std::unexpected(
            error(Text::tr("The file is not valid YAML: %1.").arg(fromUtf8(exception.msg)), exception.mark));
    }
    return std::move(m_result);
}

} // namespace kdra::kube
