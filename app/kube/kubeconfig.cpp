// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig.h"

#include "kube/kubeconfigreader.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace kdra::kube {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::kube::Kubeconfig)
};

Error configuration(const QString &what, const QString &where, const QString &remedy)
{
    return Error{.kind = Error::Kind::Configuration, .what = what, .where = where, .remedy = remedy};
}

template <class Entry> const Entry *byName(const QList<Entry> &entries, const QString &name)
{
    const auto found = std::ranges::find(entries, name, &Entry::name);
    return found == entries.end() ? nullptr : &*found;
}

template <class Entry> void addMissing(QList<Entry> &entries, QList<Entry> others)
{
    for (Entry &other : others) {
        if (!byName(entries, other.name))
            entries.append(std::move(other));
    }
}

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(configuration(Text::tr("The kubeconfig cannot be read: %1.").arg(file.errorString()),
            path, Text::tr("Check that you may read the file.")));
    return file.read(KubeconfigReader::MaxBytes + 1);
}

} // namespace

Result<Kubeconfig> Kubeconfig::parse(const QByteArray &yaml, const QString &file)
{
    return KubeconfigReader(file).read(yaml);
}

Result<Kubeconfig> Kubeconfig::load(const QStringList &files)
{
    Kubeconfig merged;
    QList<Error> errors;
    bool any = false;
    for (const QString &path : files) {
        if (path.isEmpty() || (!QFileInfo::exists(path) && files.size() > 1))
            continue;
        if (!QFileInfo(path).isFile() && QFileInfo::exists(path) && QFileInfo(path).isDir()) {
            errors.append(configuration(
                Text::tr("This is a folder, not a kubeconfig file."), path, Text::tr("Choose a file in it.")));
            continue;
        }
        if (!QFileInfo::exists(path)) {
            errors.append(configuration(Text::tr("There is no kubeconfig file here."), path,
                Text::tr("Choose another file, or connect by URL and token.")));
            continue;
        }
        const Result<QByteArray> text = readFile(path);
        Result<Kubeconfig> one = text ? parse(*text, path) : std::unexpected(text.error());
        if (!one) {
            errors.append(one.error());
            continue;
        }
        any = true;
        merged.merge(*std::move(one));
    }
    if (!any) {
        if (!errors.isEmpty())
            return std::unexpected(errors.constFirst());
        return std::unexpected(configuration(Text::tr("There is no kubeconfig file."), files.join(QStringLiteral(", ")),
            Text::tr("Choose a kubeconfig file, or connect by URL and token.")));
    }
    merged.m_warnings.append(errors);
    return merged;
}

QStringList Kubeconfig::defaultFiles()
{
    const QStringList files = qEnvironmentVariable("KUBECONFIG").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    return files.isEmpty() ? QStringList{QDir::homePath() + QStringLiteral("/.kube/config")} : files;
}

void Kubeconfig::merge(Kubeconfig other)
{
    if (m_currentContext.isEmpty())
        m_currentContext = other.m_currentContext;
    addMissing(m_contexts, std::move(other.m_contexts));
    addMissing(m_clusters, std::move(other.m_clusters));
    addMissing(m_users, std::move(other.m_users));
    m_warnings.append(other.m_warnings);
    for (const auto &[name, error] : other.m_broken.asKeyValueRange()) {
        if (!m_broken.contains(name))
            m_broken.insert(name, error);
    }
    m_files.append(other.m_files);
}

QStringList Kubeconfig::contextNames() const
{
    QStringList names;
    for (const ContextEntry &context : m_contexts)
        names.append(context.name);
    return names;
}

Result<ClientConfig> Kubeconfig::resolve(const QString &context) const
{
    const QString where = m_files.join(QStringLiteral(", "));
    const QString name = context.isEmpty() ? m_currentContext : context;
    const QString known = contextNames().join(QStringLiteral(", "));
    if (m_contexts.isEmpty())
        return std::unexpected(configuration(Text::tr("The kubeconfig has no contexts."), where,
            Text::tr("Fetch a kubeconfig for your cluster, or connect by URL and token.")));
    if (name.isEmpty())
        return std::unexpected(configuration(
            Text::tr("The kubeconfig has no current context."), where, Text::tr("Choose one of: %1.").arg(known)));
    const ContextEntry *found = byName(m_contexts, name);
    if (!found) {
        if (const auto broken = m_broken.constFind(QStringLiteral("contexts/") + name); broken != m_broken.constEnd())
            return std::unexpected(*broken);
        return std::unexpected(configuration(Text::tr("There is no context “%1” in the kubeconfig.").arg(name), where,
            Text::tr("Choose one of: %1.").arg(known)));
    }
    ClientConfig config{.contextName = found->name, .ns = found->ns};
    if (const ClusterEntry *cluster = byName(m_clusters, found->cluster)) {
        config.cluster = *cluster;
    } else if (const auto broken = m_broken.constFind(QStringLiteral("clusters/") + found->cluster);
        broken != m_broken.constEnd()) {
        return std::unexpected(*broken);
    } else {
        QStringList names;
        for (const ClusterEntry &entry : m_clusters)
            names.append(entry.name);
        return std::unexpected(configuration(
            Text::tr("The context “%1” uses the cluster “%2”, which is not defined.").arg(found->name, found->cluster),
            where,
            names.isEmpty() ? Text::tr("Add the cluster to the kubeconfig.")
                            : Text::tr("Defined clusters: %1.").arg(names.join(QStringLiteral(", ")))));
    }
    if (found->user.isEmpty())
        return config; // anonymous
    if (const UserEntry *user = byName(m_users, found->user)) {
        config.user = *user;
    } else if (const auto broken = m_broken.constFind(QStringLiteral("users/") + found->user);
        broken != m_broken.constEnd()) {
        return std::unexpected(*broken);
    } else {
        QStringList names;
        for (const UserEntry &entry : m_users)
            names.append(entry.name);
        return std::unexpected(configuration(
            Text::tr("The context “%1” uses the user “%2”, who is not defined.").arg(found->name, found->user), where,
            names.isEmpty() ? Text::tr("Add the user to the kubeconfig.")
                            : Text::tr("Defined users: %1.").arg(names.join(QStringLiteral(", ")))));
    }
    return config;
}

} // namespace kdra::kube
