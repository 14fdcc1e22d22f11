// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/informer.h"

#include "store/json.h"
#include "store/tablewriter.h"

#include <QCoreApplication>
#include <QDateTime>

namespace kdra::store {
namespace {

using simdjson::ondemand::document;
using simdjson::ondemand::object;

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(kdra::store::Informer)
};

Error malformed(Kind kind, const char *why)
{
    return {.kind = Error::Kind::Protocol,
        .what = Messages::tr("The server sent something that is not a watch event of %1: %2.")
            .arg(kindName(kind), QString::fromLatin1(why)),
        .where = kindName(kind),
        .remedy = Messages::tr("KDRA lists this kind again. If it goes on, a proxy may be changing the answers.")};
}

// The metav1.Status of an ERROR event.
Error statusError(simdjson::ondemand::value value, Kind kind)
{
    Error error{.kind = Error::Kind::Server, .what = {}, .where = kindName(kind), .remedy = {}};
    json::fields(value, [&](std::string_view key, json::Value field) {
        if (key == "code")
            error.httpStatus = static_cast<int>(json::integer(field));
        else if (key == "message")
            error.what = toQString(json::string(field));
        else if (key == "reason")
            error.reason = toQString(json::string(field));
    });
    if (error.httpStatus)
        error.kind = errorKindOf(error.httpStatus);
    if (error.what.isEmpty())
        error.what = Messages::tr("The server ended the watch with an error.");
    return error;
}

template <Kind K> class KindInformer final : public Informer {
    using Record = typename RecordOf<K>::Type;

public:
    explicit KindInformer(StringPool &strings)
        : m_context{.strings = strings, .scratch = {}, .pairs = {}, .nowMs = 0, .resourceVersion = {}}
    {
    }

    void beginList() override
    {
        m_writer.beginList();
        m_listing = true;
    }

    Applied applyEvent(simdjson::padded_string_view json) override
    {
        Applied applied;
        try {
            document doc = m_parser.iterate(json);
            object root = doc.get_object();
            const EventType type = parseEventType(std::string_view(root["type"]));
            simdjson::ondemand::value value = json::unwrap(root["object"]);
            switch (type) {
            case EventType::Added:
            case EventType::Modified:
                put(value.get_object(), applied);
                break;
            case EventType::Deleted:
                remove(value.get_object(), applied);
                break;
            case EventType::Bookmark:
                bookmark(value, applied);
                break;
            case EventType::Error:
                applied.isError = true;
                applied.error = statusError(value, K);
                break;
            case EventType::Unknown:
                applied.malformed = 1;
                break;
            }
            if (!m_listing && !m_context.resourceVersion.empty() && type != EventType::Error)
                m_resourceVersion = m_context.resourceVersion;
        } catch (const simdjson::simdjson_error &error) {
            applied.isError = true;
            applied.error = malformed(K, error.what());
        }
        return applied;
    }

    Applied applyPage(simdjson::padded_string_view json) override
    {
        Applied applied;
        try {
            document doc = m_parser.iterate(json);
            std::string version;
            for (auto field : doc.get_object()) {
                const std::string_view key = field.escaped_key();
                simdjson::ondemand::value value = json::unwrap(field.value());
                if (key == "metadata") {
                    json::fields(value, [&](std::string_view name, json::Value part) {
                        if (name == "resourceVersion")
                            version = json::string(part);
                        else if (name == "continue")
                            applied.continueToken = toQString(json::string(part));
                    });
                } else if (key == "items") {
                    json::elements(value, [&](json::Value item) { put(item.get_object(), applied); });
                }
            }
            applied.listComplete = applied.continueToken.isEmpty();
            if (applied.listComplete)
                endList(version);
        } catch (const simdjson::simdjson_error &error) {
            applied.isError = true;
            applied.error = malformed(K, error.what());
        }
        return applied;
    }

    void clear() override
    {
        m_writer.clear();
        m_resourceVersion.clear();
    }

    qint64 tick(qint64 nowMs) override
    {
        if constexpr (K == Kind::Pod) {
            // A pod that has been starting for long without getting ready is not progressing any more, though no event
            // says so.
            std::erase_if(m_young, [&](const Young &young) {
                if (young.untilMs > nowMs)
                    return false;
                const Slot slot = m_writer.find(young.uid);
                if (slot != noSlot && m_writer.table().at(slot)->meta.resourceVersion == young.resourceVersion)
                    m_writer.modify(slot, [](PodRecord &pod) { pod.meta.severity = Severity::Warning; });
                return true;
            });
            qint64 next = 0;
            for (const Young &young : m_young)
                next = next ? std::min(next, young.untilMs) : young.untilMs;
            return next;
        }
        return 0;
    }

    bool isDirty() const override { return m_writer.isDirty(); }

    void publish(Snapshot &snapshot, KindDelta &delta) override
    {
        std::get<static_cast<size_t>(K)>(snapshot.tables) = m_writer.publish(delta);
    }

private:
    struct Young {
        Uid uid;
        quint64 resourceVersion;
        qint64 untilMs;
    };

    bool decodeInto(object item)
    {
        m_decoded.reset();
        m_context.resourceVersion.clear();
        m_context.nowMs = QDateTime::currentMSecsSinceEpoch();
        if constexpr (std::is_same_v<Record, WorkloadRecord>)
            decode(item, m_context, m_decoded, K);
        else
            decode(item, m_context, m_decoded);
        return !m_decoded.record.meta.uid.isNull();
    }

    void put(object item, Applied &applied)
    {
        if (!decodeInto(item)) {
            ++applied.malformed;
            return;
        }
        if constexpr (K == Kind::Lease) {
            if (const Slot slot = m_writer.find(m_decoded.record.meta.uid); slot != noSlot) {
                const LeaseRecord &known = *m_writer.table().at(slot);
                if (known.renewedMs == m_decoded.record.renewedMs)
                    m_decoded.record.seenMs = known.seenMs;
            }
        }
        if constexpr (K == Kind::Pod) {
            const PodRecord &pod = m_decoded.record;
            if (pod.meta.severity == Severity::Progressing && pod.phase == PodRecord::Phase::Running
                && !pod.meta.deleted)
                m_young.push_back({pod.meta.uid, pod.meta.resourceVersion, (pod.started + 120) * 1000LL});
        }
        m_writer.put(m_decoded.record, m_decoded.text);
        ++applied.objects;
    }

    void remove(object item, Applied &applied)
    {
        if (!decodeInto(item))
            ++applied.malformed;
        else if (m_writer.remove(m_decoded.record.meta.uid) != noSlot)
            ++applied.objects;
    }

    void bookmark(simdjson::ondemand::value value, Applied &applied)
    {
        m_context.resourceVersion.clear();
        bool initialEventsEnd = false;
        json::fields(value, [&](std::string_view key, json::Value part) {
            if (key != "metadata")
                return;
            json::fields(part, [&](std::string_view name, json::Value field) {
                if (name == "resourceVersion") {
                    m_context.resourceVersion = json::string(field);
                } else if (name == "annotations") {
                    json::fields(field, [&](std::string_view annotation, json::Value flag) {
                        if (annotation == "k8s.io/initial-events-end")
                            initialEventsEnd = json::string(flag) == "true";
                    });
                }
            });
        });
        if (m_listing && initialEventsEnd) {
            endList(m_context.resourceVersion);
            applied.listComplete = true;
        }
    }

    void endList(const std::string &resourceVersion)
    {
        m_writer.endList();
        m_listing = false;
        m_resourceVersion = resourceVersion;
        if constexpr (K == Kind::Lease)
            judgeFirstSight();
    }

    // At first sight of a lease nobody knows when it was renewed by our clock. The freshest of all leases stands for
    // now: that keeps a node that died long ago late, and a clock that is off by an hour harmless.
    void judgeFirstSight()
    {
        if constexpr (K == Kind::Lease) {
            const qint64 now = QDateTime::currentMSecsSinceEpoch();
            qint64 freshest = 0;
            m_writer.table().forEach([&](Ref<LeaseRecord> lease) { freshest = std::max(freshest, lease->renewedMs); });
            for (Slot slot = 0; slot < m_writer.table().slotCount(); ++slot) {
                if (const Ref<LeaseRecord> lease = m_writer.table().at(slot)) {
                    const qint64 seen = std::min(lease->seenMs, now - (freshest - lease->renewedMs));
                    if (seen != lease->seenMs)
                        m_writer.modify(slot, [seen](LeaseRecord &record) { record.seenMs = seen; });
                }
            }
        }
    }

    simdjson::ondemand::parser m_parser;
    DecodeContext m_context;
    Decoded<Record> m_decoded;
    TableWriter<Record> m_writer;
    std::vector<Young> m_young;
    bool m_listing = false;
};

template <size_t... I> std::unique_ptr<Informer> createFor(Kind kind, StringPool &strings, std::index_sequence<I...>)
{
    std::unique_ptr<Informer> informer;
    (void)((static_cast<size_t>(kind) == I
               && (informer = std::make_unique<KindInformer<static_cast<Kind>(I)>>(strings), true))
        || ...);
    return informer;
}

} // namespace

std::unique_ptr<Informer> Informer::create(Kind kind, StringPool &strings)
{
    return createFor(kind, strings, std::make_index_sequence<kindCount>());
}

} // namespace kdra::store
