// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/kubeconfig.h"

#include <QDir>

namespace YAML {
class Node;
struct Mark;
}

namespace kdra::kube {

// One kubeconfig document. An entry that cannot be read becomes a warning; the others stay usable.
class KubeconfigReader {
public:
    explicit KubeconfigReader(const QString &file);

    Result<Kubeconfig> read(const QByteArray &yaml);

    static constexpr qint64 MaxBytes = 8 << 20;

private:
    template <class Read> void readList(const YAML::Node &root, const char *section, const char *member, Read read);
    void readCluster(const QString &name, const YAML::Node &node);
    void readUser(const QString &name, const YAML::Node &node);
    void readContext(const QString &name, const YAML::Node &node);
    ExecEntry readExec(const YAML::Node &node) const;
    QByteArray readExecConfig(const YAML::Node &cluster) const;

    QString string(const YAML::Node &map, const char *key) const;
    bool boolean(const YAML::Node &map, const char *key) const;
    QByteArray base64(const YAML::Node &map, const char *key) const;
    QString path(const YAML::Node &map, const char *key) const;
    QStringList strings(const YAML::Node &map, const char *key) const;
    QUrl url(const YAML::Node &map, const char *key) const;
    QString absolute(const QString &path) const;
    Error error(const QString &what, const YAML::Mark &mark, const QString &remedy = {}) const;

    QString m_file;
    QDir m_dir;
    Kubeconfig m_result;
};

} // namespace kdra::kube
