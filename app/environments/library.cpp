// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/library.h"

#include "environments/libraryreader.h"

#include <QCollator>
#include <QStandardPaths>
#include <QThread>

#include <algorithm>

namespace kdra::environments {

QString TemplateLibrary::userFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/kdra/templates");
}

TemplateLibrary::TemplateLibrary(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_thread(new QThread(this))
    , m_reader(new LibraryReader(folder))
{
    m_thread->setObjectName(QStringLiteral("templates"));
    m_reader->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_reader, &QObject::deleteLater);
    connect(m_reader, &LibraryReader::builtInRead, this, [this](const Shelf &shelf) { put(Source::BuiltIn, shelf); });
    connect(m_reader, &LibraryReader::folderRead, this, [this](const Shelf &shelf) { put(Source::Folder, shelf); });
    connect(m_reader, &LibraryReader::sharedRead, this, [this](const Shelf &shelf, quint64 number) {
        if (number == m_shared)
            put(Source::Cluster, shelf);
    });
    m_thread->start();
    QMetaObject::invokeMethod(m_reader, &LibraryReader::start);
}

TemplateLibrary::~TemplateLibrary()
{
    m_reader->disconnect(this);
    m_thread->quit();
    m_thread->wait();
}

TemplatePtr TemplateLibrary::find(const QString &id) const
{
    const auto at = std::ranges::find(m_templates, id, [](const TemplatePtr &one) { return one->id; });
    return at == m_templates.end() ? nullptr : *at;
}

bool TemplateLibrary::isRead() const
{
    return m_shelves[static_cast<size_t>(Source::BuiltIn)].read && m_shelves[static_cast<size_t>(Source::Folder)].read;
}

void TemplateLibrary::setShared(const QList<QJsonObject> &configMaps)
{
    QMetaObject::invokeMethod(
        m_reader, [reader = m_reader, configMaps, number = ++m_shared] { reader->readShared(configMaps, number); });
}

void TemplateLibrary::put(Source source, const Shelf &shelf)
{
    m_shelves[static_cast<size_t>(source)] = shelf;
    m_templates.clear();
    m_problems.clear();
    for (const Shelf &one : m_shelves) {
        m_templates += one.templates;
        m_problems += one.problems;
    }
    QCollator collator;
    collator.setNumericMode(true);
    std::ranges::stable_sort(m_templates, [&collator](const TemplatePtr &a, const TemplatePtr &b) {
        if (const int order = collator.compare(a->category, b->category); order != 0)
            return order < 0;
        return collator.compare(a->title, b->title) < 0;
    });
    Q_EMIT changed();
}

} // namespace kdra::environments
