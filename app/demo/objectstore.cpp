// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/objectstore.h"

#include "demo/extract.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QUuid>

namespace kdra::demo {
namespace {

// The history that watches may resume from. A real server keeps about five minutes; at full scale that is bounded by
// memory first.
constexpr std::size_t HistoryLength = 200000;
constexpr qsizetype HistoryBytes = 384 * 1024 * 1024;

QJsonObject metadataOf(const QJsonObject &object)
{
    return object.value(QLatin1StringView("metadata")).toObject();
}

// Everything that the generation counts: neither metadata nor status.
QJsonObject desired(QJsonObject object)
{
    object.remove(QLatin1StringView("metadata"));
    object.remove(QLatin1StringView("status"));
    object.remove(QLatin1StringView("apiVersion"));
    object.remove(QLatin1StringView("kind"));
    return object;
}

// Kinds whose generation the real server counts; others have none.
bool hasGeneration(const ResourceType &type)
{
    static const QSet<QString> groups{QStringLiteral("apps"), QStringLiteral("batch"), QStringLiteral("policy"),
        QStringLiteral("networking.k8s.io"), QStringLiteral("autoscaling"), QStringLiteral("apiextensions.k8s.io")};
    return type.custom || type.id == kind::Pod || type.id == kind::ReplicationController
        || (groups.contains(type.group) && type.id != kind::ControllerRevision);
}

} // namespace

struct ObjectStore::Extractor : demo::Extractor { };

QJsonObject StoredObject::object() const
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray StoredObject::label(QByteArrayView wanted) const
{
    for (const auto &[key, value] : labels) {
        if (key == wanted)
            return value;
    }
    return {};
}

bool StoredObject::hasLabel(QByteArrayView wanted) const
{
    return std::ranges::any_of(labels, [wanted](const auto &label) { return label.first == wanted; });
}

QByteArray StoredObject::field(const Resources &resources, QByteArrayView path) const
{
    const QByteArrayList &paths = resources.at(type).fieldPaths;
    for (qsizetype i = 0; i < paths.size(); ++i) {
        if (paths.at(i) == path)
            return fields[static_cast<std::size_t>(i)];
    }
    return {};
}

ObjectStore::ObjectStore(QObject *parent)
    : QObject(parent)
    , m_extractor(std::make_unique<Extractor>())
{
}

ObjectStore::~ObjectStore() = default;

const ObjectStore::Objects *ObjectStore::objects(TypeId type) const
{
    const auto index = static_cast<std::size_t>(m_resources.at(type).storage);
    return index < m_objects.size() ? &m_objects[index] : nullptr;
}

ObjectStore::Objects &ObjectStore::objects(TypeId type)
{
    const auto index = static_cast<std::size_t>(m_resources.at(type).storage);
    if (index >= m_objects.size())
        m_objects.resize(m_resources.all().size());
    return m_objects[index];
}

ObjectPtr ObjectStore::get(TypeId type, const QByteArray &ns, const QByteArray &name) const
{
    const Objects *all = objects(type);
    if (!all)
        return nullptr;
    const auto found = all->find(ns.isEmpty() ? name : ns + '/' + name);
    return found == all->end() ? nullptr : found->second;
}

ObjectPtr ObjectStore::byUid(const QByteArray &uid) const
{
    return m_byUid.value(uid);
}

std::vector<ObjectPtr> ObjectStore::list(TypeId type, const QByteArray &ns) const
{
    std::vector<ObjectPtr> result;
    const Objects *all = objects(type);
    if (!all)
        return result;
    if (ns.isEmpty()) {
        result.reserve(all->size());
        for (const auto &[key, object] : *all)
            result.push_back(object);
        return result;
    }
    const QByteArray prefix = ns + '/';
    for (auto it = all->lower_bound(prefix); it != all->end() && it->first.startsWith(prefix); ++it)
        result.push_back(it->second);
    return result;
}

qsizetype ObjectStore::count(TypeId type) const
{
    const Objects *all = objects(type);
    return all ? static_cast<qsizetype>(all->size()) : 0;
}

std::vector<ObjectPtr> ObjectStore::ownedBy(const QByteArray &uid) const
{
    std::vector<ObjectPtr> result;
    for (const auto children = m_owned.values(uid); const QByteArray &child : children) {
        if (ObjectPtr object = byUid(child))
            result.push_back(std::move(object));
    }
    return result;
}

QByteArray ObjectStore::serialize(TypeId type, const QJsonObject &object, quint64 revision) const
{
    QJsonObject metadata = metadataOf(object);
    metadata.remove(QLatin1StringView("resourceVersion"));
    QJsonObject rest = object;
    rest.remove(QLatin1StringView("apiVersion"));
    rest.remove(QLatin1StringView("kind"));
    rest.remove(QLatin1StringView("metadata"));
    QByteArray json = m_resources.at(type).head() + QByteArray::number(revision) + '"';
    const auto append = [&json](const QJsonObject &part) {
        if (part.isEmpty()) {
            json += '}';
            return;
        }
        const QByteArray text = QJsonDocument(part).toJson(QJsonDocument::Compact);
        json += ',';
        json += QByteArrayView(text).mid(1);
    };
    append(metadata);
    append(rest);
    return json;
}

ObjectPtr ObjectStore::makeObject(TypeId type, QByteArray json, quint64 revision)
{
    auto object = std::make_shared<StoredObject>();
    object->type = type;
    object->revision = revision;
    object->json = std::move(json);
    m_extractor->extract(m_resources.at(type), *object);
    return object;
}

ObjectPtr ObjectStore::withRevision(const StoredObject &object, quint64 revision) const
{
    auto copy = std::make_shared<StoredObject>(object);
    const qsizetype from = m_resources.at(object.type).head().size();
    const qsizetype end = object.json.indexOf('"', from);
    copy->revision = revision;
    copy->json.clear();
    copy->json.reserve(object.json.size() + 8);
    copy->json += QByteArrayView(object.json).first(from);
    copy->json += QByteArray::number(revision);
    copy->json += QByteArrayView(object.json).sliced(end);
    return copy;
}

void ObjectStore::index(const ObjectPtr &object)
{
    m_byUid.insert(object->uid, object);
    for (const QByteArray &owner : object->owners)
        m_owned.insert(owner, object->uid);
}

void ObjectStore::unindex(const ObjectPtr &object)
{
    m_byUid.remove(object->uid);
    for (const QByteArray &owner : object->owners)
        m_owned.remove(owner, object->uid);
}

void ObjectStore::commit(Change change)
{
    Objects &all = objects(change.type);
    // Taking an object from its owner's list costs the length of the list: only when something is different there.
    const bool sameIndex = change.kind == Change::Kind::Modified && change.old && change.old->uid == change.now->uid
        && change.old->owners == change.now->owners;
    if (change.old && !sameIndex)
        unindex(change.old);
    if (change.kind == Change::Kind::Deleted) {
        all.erase(change.now->key());
    } else {
        all.insert_or_assign(change.now->key(), change.now);
        if (sameIndex)
            m_byUid.insert(change.now->uid, change.now);
        else
            index(change.now);
    }
    m_historyBytes += change.now->json.size();
    m_history.push_back(change);
    trim();
    Q_EMIT changed(change);
}

void ObjectStore::trim()
{
    while (m_history.size() > HistoryLength || (m_historyBytes > HistoryBytes && m_history.size() > 1)) {
        m_historyBytes -= m_history.front().now->json.size();
        m_compacted = m_history.front().revision;
        m_history.pop_front();
        ++m_firstPosition;
    }
}

void ObjectStore::compact()
{
    m_firstPosition += m_history.size();
    m_history.clear();
    m_historyBytes = 0;
    m_compacted = m_revision;
}

ApiResult<ObjectPtr> ObjectStore::create(TypeId type, QJsonObject object)
{
    const ResourceType &resource = m_resources.at(type);
    if (resource.storage != type)
        return create(resource.storage, std::move(object));
    QJsonObject metadata = metadataOf(object);
    QString name = metadata.value(QLatin1StringView("name")).toString();
    if (name.isEmpty()) {
        static const QString letters = QStringLiteral("bcdfghjklmnpqrstvwxz2456789");
        name = metadata.value(QLatin1StringView("generateName")).toString();
        for (int i = 0; i < 5; ++i)
            name += letters.at(QRandomGenerator::global()->bounded(static_cast<int>(letters.size())));
        metadata.insert(QStringLiteral("name"), name);
    }
    const QByteArray ns =
        resource.namespaced ? metadata.value(QLatin1StringView("namespace")).toString().toUtf8() : QByteArray();
    if (get(type, ns, name.toUtf8()))
        return status::alreadyExists(resource, name);
    metadata.insert(QStringLiteral("uid"), newUid());
    metadata.insert(QStringLiteral("creationTimestamp"), timestamp());
    if (hasGeneration(resource))
        metadata.insert(QStringLiteral("generation"), 1);
    object.insert(QStringLiteral("metadata"), metadata);
    const quint64 revision = ++m_revision;
    ObjectPtr created = makeObject(type, serialize(type, object, revision), revision);
    commit(Change{Change::Kind::Added, type, revision, nullptr, created});
    return created;
}

ApiResult<ObjectPtr> ObjectStore::replace(const ObjectPtr &old, QJsonObject object)
{
    const ResourceType &resource = m_resources.at(old->type);
    const QJsonObject before = old->object();
    const QJsonObject oldMetadata = metadataOf(before);
    QJsonObject metadata = metadataOf(object);
    const QString revisionText = metadata.value(QLatin1StringView("resourceVersion")).toString();
    if (!revisionText.isEmpty() && revisionText.toULongLong() != old->revision)
        return status::objectModified(resource, QString::fromUtf8(old->name));
    for (const QString &key : {QStringLiteral("name"), QStringLiteral("namespace"), QStringLiteral("uid"),
             QStringLiteral("creationTimestamp"), QStringLiteral("resourceVersion"), QStringLiteral("generation"),
             QStringLiteral("deletionTimestamp"), QStringLiteral("deletionGracePeriodSeconds"),
             QStringLiteral("generateName")}) {
        // Set by a deletion (deletion.cpp), shortened by another one, never taken back.
        if (key.startsWith(QLatin1StringView("deletion")) && metadata.contains(key))
            continue;
        if (oldMetadata.contains(key))
            metadata.insert(key, oldMetadata.value(key));
        else
            metadata.remove(key);
    }
    object.insert(QStringLiteral("metadata"), metadata);
    object.insert(QStringLiteral("apiVersion"), resource.apiVersion());
    object.insert(QStringLiteral("kind"), resource.kind);
    if (object == before)
        return old;
    if (hasGeneration(resource) && desired(object) != desired(before)) {
        metadata.insert(
            QStringLiteral("generation"), oldMetadata.value(QLatin1StringView("generation")).toInteger() + 1);
        object.insert(QStringLiteral("metadata"), metadata);
    }
    const quint64 revision = ++m_revision;
    ObjectPtr now = makeObject(old->type, serialize(old->type, object, revision), revision);
    // A pod goes when its kubelet says so, not when its last finalizer goes.
    const bool graceful = metadata.value(QLatin1StringView("deletionGracePeriodSeconds")).toInteger() > 0;
    const bool finalized = metadata.value(QLatin1StringView("finalizers")).toArray().isEmpty()
        && (old->type != kind::Namespace
            || object.value(QLatin1StringView("spec"))
                .toObject()
                .value(QLatin1StringView("finalizers"))
                .toArray()
                .isEmpty());
    const bool hadFinalizers =
        !oldMetadata.value(QLatin1StringView("finalizers")).toArray().isEmpty() || old->type == kind::Namespace;
    const bool gone = old->terminating && now->terminating && finalized && hadFinalizers && !graceful;
    commit(Change{gone ? Change::Kind::Deleted : Change::Kind::Modified, old->type, revision, old, now});
    return now;
}

ApiResult<ObjectPtr> ObjectStore::update(TypeId type, QJsonObject object)
{
    const QJsonObject metadata = metadataOf(object);
    const QString name = metadata.value(QLatin1StringView("name")).toString();
    const QByteArray ns = m_resources.at(type).namespaced
        ? metadata.value(QLatin1StringView("namespace")).toString().toUtf8()
        : QByteArray();
    const ObjectPtr old = get(type, ns, name.toUtf8());
    if (!old)
        return status::notFound(m_resources.at(type), name);
    return replace(old, std::move(object));
}

ApiResult<ObjectPtr> ObjectStore::updateStatus(TypeId type, const QJsonObject &object)
{
    const QJsonObject metadata = metadataOf(object);
    const QString name = metadata.value(QLatin1StringView("name")).toString();
    const QByteArray ns = m_resources.at(type).namespaced
        ? metadata.value(QLatin1StringView("namespace")).toString().toUtf8()
        : QByteArray();
    const ObjectPtr old = get(type, ns, name.toUtf8());
    if (!old)
        return status::notFound(m_resources.at(type), name);
    QJsonObject whole = old->object();
    whole.insert(QStringLiteral("status"), object.value(QLatin1StringView("status")));
    if (metadata.contains(QLatin1StringView("resourceVersion"))) {
        QJsonObject expected = metadataOf(whole);
        expected.insert(QStringLiteral("resourceVersion"), metadata.value(QLatin1StringView("resourceVersion")));
        whole.insert(QStringLiteral("metadata"), expected);
    }
    return replace(old, whole);
}

ApiResult<ObjectPtr> ObjectStore::modify(
    TypeId type, const QByteArray &ns, const QByteArray &name, const std::function<void(QJsonObject &)> &change)
{
    const ObjectPtr old = get(type, ns, name);
    if (!old)
        return status::notFound(m_resources.at(type), QString::fromUtf8(name));
    QJsonObject object = old->object();
    change(object);
    return replace(old, std::move(object));
}

ObjectPtr ObjectStore::rewrite(const ObjectPtr &old, const QByteArray &json)
{
    if (get(old->type, old->ns, old->name) != old)
        return nullptr;
    const quint64 revision = ++m_revision;
    const qsizetype from = m_resources.at(old->type).head().size();
    const QByteArray stamped = json.first(from) + QByteArray::number(revision) + json.sliced(json.indexOf('"', from));
    const ObjectPtr now = makeObject(old->type, stamped, revision);
    commit(Change{Change::Kind::Modified, old->type, revision, old, now});
    return now;
}

bool ObjectStore::remove(TypeId type, const QByteArray &ns, const QByteArray &name)
{
    const ObjectPtr old = get(type, ns, name);
    if (!old)
        return false;
    const quint64 revision = ++m_revision;
    commit(Change{Change::Kind::Deleted, old->type, revision, old, withRevision(*old, revision)});
    return true;
}

QByteArray ObjectStore::begin(TypeId type)
{
    return m_resources.at(type).head() + QByteArray::number(++m_revision) + "\",";
}

void ObjectStore::load(TypeId type, QByteArray json)
{
    const char *digits = json.constData() + m_resources.at(type).head().size();
    const quint64 revision = std::strtoull(digits, nullptr, 10);
    const ObjectPtr object = makeObject(type, std::move(json), revision);
    Objects &all = objects(type);
    all.insert_or_assign(all.end(), object->key(), object);
    index(object);
    m_compacted = std::max(m_compacted, revision);
}

quint64 ObjectStore::positionAfter(quint64 revision) const
{
    const auto found = std::ranges::upper_bound(m_history, revision, {}, &Change::revision);
    return m_firstPosition + static_cast<quint64>(found - m_history.begin());
}

std::vector<ObjectPtr> ObjectStore::listAt(
    TypeId type, const QByteArray &ns, quint64 revision, const QByteArray &after) const
{
    std::vector<ObjectPtr> result;
    const Objects *all = objects(type);
    if (!all)
        return result;
    // What was there then under a key that changed since: the old side of its first change after `revision`.
    const TypeId storage = m_resources.at(type).storage;
    const QByteArray prefix = ns.isEmpty() ? QByteArray() : ns + '/';
    std::map<QByteArray, ObjectPtr> then;
    for (quint64 position = positionAfter(revision); position < endPosition(); ++position) {
        const Change &change = this->change(position);
        if (change.type == storage)
            then.try_emplace(change.now->key(), change.old);
    }
    const auto inRange = [&](const QByteArray &key) {
        return key.startsWith(prefix) && (after.isEmpty() || key > after);
    };
    auto old = then.lower_bound(std::max(prefix, after));
    const auto takeOld = [&] {
        if (old->second && inRange(old->first))
            result.push_back(old->second);
        ++old;
    };
    for (auto it = all->lower_bound(std::max(prefix, after)); it != all->end() && it->first.startsWith(prefix); ++it) {
        while (old != then.end() && old->first < it->first)
            takeOld();
        if (old != then.end() && old->first == it->first)
            takeOld();
        else if (inRange(it->first))
            result.push_back(it->second);
    }
    while (old != then.end() && old->first.startsWith(prefix))
        takeOld();
    return result;
}

QString ObjectStore::timestamp()
{
    return QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ssZ"));
}

QString ObjectStore::newUid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace kdra::demo
