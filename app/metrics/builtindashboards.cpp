// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/builtindashboards.h"

#include "metrics/dashboardfile.h"

#include <QDir>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

Result<QList<Dashboard>> builtInDashboards(const QString &language)
{
    QList<Dashboard> out;
    const QDir folder(u":/kdra/dashboards"_s);
    for (const QStringList names = folder.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
        const QString &name : names) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return std::unexpected(Error{.what = file.errorString(), .where = file.fileName()});
        auto read = readDashboard(file.readAll(), file.fileName(), language);
        if (!read)
            return std::unexpected(read.error());
        out.append(*std::move(read));
    }
    return out;
}

} // namespace kdra::metrics
