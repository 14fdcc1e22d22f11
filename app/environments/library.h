// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "environments/template.h"

#include <QJsonObject>
#include <QObject>

#include <array>

class QThread;

namespace kdra::environments {

class LibraryReader;

// A template that was refused.
struct TemplateProblem {
    QString origin = {}; // folder, "ConfigMap team/web"
    Error error = {};
    bool operator==(const TemplateProblem &other) const
    {
        return origin == other.origin && error.text() == other.error.text();
    }
};

// What one source holds.
struct Shelf {
    QList<TemplatePtr> templates = {};
    QList<TemplateProblem> problems = {};
    bool read = false;
};

// All templates of all sources: the built-in ones, the user's folder (watched; it may also be made later), and those
// shared in the cluster. Lives on the GUI thread; reads and watches on a thread of its own.
class TemplateLibrary : public QObject {
    Q_OBJECT

public:
    // Starts to read. `folder` is usually userFolder(); it need not exist.
    explicit TemplateLibrary(const QString &folder, QObject *parent = nullptr);
    ~TemplateLibrary() override; // joins the thread

    // $XDG_DATA_HOME/kdra/templates.
    static QString userFolder();

    // By category and title, in the order of the user's language.
    const QList<TemplatePtr> &templates() const { return m_templates; }
    TemplatePtr find(const QString &id) const; // null when there is none
    const QList<TemplateProblem> &problems() const { return m_problems; }
    // False until the built-in ones and the folder have been read for the first time.
    bool isRead() const;

    // The ConfigMaps labelled kdra.dev/template=true of the cluster shown; replaces the former ones. Their ids are
    // "cluster:NAMESPACE/NAME" of the ConfigMap.
    void setShared(const QList<QJsonObject> &configMaps);

Q_SIGNALS:
    void changed();

private:
    void put(Source source, const Shelf &shelf);

    QThread *m_thread;
    LibraryReader *m_reader; // lives on m_thread
    std::array<Shelf, 3> m_shelves = {}; // of BuiltIn, Folder, Cluster
    QList<TemplatePtr> m_templates;
    QList<TemplateProblem> m_problems;
    quint64 m_shared = 0; // counts setShared(): the newest wins
};

} // namespace kdra::environments
