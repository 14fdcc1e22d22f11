// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/library.h"

#include <QFileSystemWatcher>
#include <QTimer>

namespace kdra::environments {

// Reads templates and watches the user's folder, on the library's thread.
class LibraryReader : public QObject {
    Q_OBJECT

public:
    explicit LibraryReader(const QString &folder);

    void start(); // reads the built-in ones and the folder
    void readShared(const QList<QJsonObject> &configMaps, quint64 number);

Q_SIGNALS:
    void builtInRead(const kdra::environments::Shelf &shelf);
    void folderRead(const kdra::environments::Shelf &shelf);
    void sharedRead(const kdra::environments::Shelf &shelf, quint64 number);

private:
    void readFolder();
    void watch(const QString &path);

    QString m_folder;
    QFileSystemWatcher m_watcher;
    QTimer m_soon; // several changes at once are one
    QStringList m_wanted; // paths that the last reading depends on
};

} // namespace kdra::environments
