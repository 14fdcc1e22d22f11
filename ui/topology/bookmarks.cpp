// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/bookmarks.h"

#include <QLineF>
#include <QSettings>
#include <QUrl>

#include <limits>

namespace kdra::ui {

namespace {

// Names of contexts may hold slashes, which settings take for groups.
QString groupOf(const QString &cluster)
{
    return QStringLiteral("bookmarks/") + QString::fromLatin1(QUrl::toPercentEncoding(cluster));
}

} // namespace

Bookmark bookmarkOf(const Scene &scene, QPointF centre, double scale)
{
    Bookmark bookmark;
    bookmark.scale = scale;
    double nearest = std::numeric_limits<double>::max();
    for (const int tile : scene.layout().order()) {
        const QPointF middle = scene.layout().tileRect(tile).center();
        const double distance = QLineF(middle, centre).length();
        if (scene.tile(tile).isTray() || distance >= nearest)
            continue;
        nearest = distance;
        bookmark.anchor = scene.tile(tile).name;
        bookmark.offset = centre - middle;
    }
    bookmark.name = bookmark.anchor;
    return bookmark;
}

std::optional<QPointF> centreOf(const Scene &scene, const Bookmark &bookmark)
{
    for (const int tile : scene.layout().order()) {
        if (scene.tile(tile).name == bookmark.anchor && !scene.tile(tile).isTray())
            return scene.layout().tileRect(tile).center() + bookmark.offset;
    }
    return {};
}

void Bookmarks::setCluster(const QString &cluster)
{
    m_cluster = cluster;
    m_all.clear();
    if (cluster.isEmpty())
        return;
    QSettings settings;
    const int count = settings.beginReadArray(groupOf(cluster));
    for (int i = 0; i < count && !isFull(); ++i) {
        settings.setArrayIndex(i);
        Bookmark bookmark;
        bookmark.name = settings.value(QStringLiteral("name")).toString();
        bookmark.grouping = settings.value(QStringLiteral("grouping")).toString();
        bookmark.label = settings.value(QStringLiteral("label")).toString();
        bookmark.anchor = settings.value(QStringLiteral("anchor")).toString();
        bookmark.offset = settings.value(QStringLiteral("offset")).toPointF();
        bookmark.scale = settings.value(QStringLiteral("scale")).toDouble();
        m_all.push_back(bookmark);
    }
}

void Bookmarks::add(const Bookmark &bookmark)
{
    if (isFull())
        return;
    m_all.push_back(bookmark);
    save();
}

void Bookmarks::rename(size_t index, const QString &name)
{
    if (index >= m_all.size() || name.trimmed().isEmpty())
        return;
    m_all[index].name = name.trimmed();
    save();
}

void Bookmarks::remove(size_t index)
{
    if (index >= m_all.size())
        return;
    m_all.erase(m_all.begin() + static_cast<std::ptrdiff_t>(index));
    save();
}

void Bookmarks::save() const
{
    if (m_cluster.isEmpty())
        return;
    QSettings settings;
    settings.remove(groupOf(m_cluster));
    settings.beginWriteArray(groupOf(m_cluster), static_cast<int>(m_all.size()));
    for (size_t i = 0; i < m_all.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue(QStringLiteral("name"), m_all[i].name);
        settings.setValue(QStringLiteral("grouping"), m_all[i].grouping);
        settings.setValue(QStringLiteral("label"), m_all[i].label);
        settings.setValue(QStringLiteral("anchor"), m_all[i].anchor);
        settings.setValue(QStringLiteral("offset"), m_all[i].offset);
        settings.setValue(QStringLiteral("scale"), m_all[i].scale);
    }
    settings.endArray();
}

} // namespace kdra::ui
