// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/json.h"

#include <algorithm>
#include <optional>

// What parts a cluster among people: quotas, limits, and the ConfigMaps that stand for environments and templates.
namespace kdra::store {
namespace {

using json::Value;
using Quota = QuotaRecord;

std::optional<Quota::Resource> quotaResource(std::string_view name)
{
    static constexpr std::pair<std::string_view, Quota::Resource> names[] = {
        {"cpu", Quota::RequestsCpu},
        {"requests.cpu", Quota::RequestsCpu},
        {"memory", Quota::RequestsMemory},
        {"requests.memory", Quota::RequestsMemory},
        {"limits.cpu", Quota::LimitsCpu},
        {"limits.memory", Quota::LimitsMemory},
        {"pods", Quota::Pods},
        {"count/pods", Quota::Pods},
        {"persistentvolumeclaims", Quota::Claims},
        {"count/persistentvolumeclaims", Quota::Claims},
        {"requests.storage", Quota::RequestsStorage},
    };
    const auto *const found = std::ranges::find(names, name, &std::pair<std::string_view, Quota::Resource>::first);
    return found == std::end(names) ? std::nullopt : std::optional(found->second);
}

qint64 quotaAmount(Quota::Resource resource, std::string_view text)
{
    const bool milli = resource == Quota::RequestsCpu || resource == Quota::LimitsCpu;
    return std::max<qint64>((milli ? parseQuantityMilli(text) : parseQuantity(text)).value_or(0), 0);
}

// Two names of one resource in a quota ("cpu" and "requests.cpu"): the one that leaves less counts.
struct QuotaAmounts {
    quint8 present = 0;
    std::array<qint64, Quota::resourceCount> amounts{};
};

QuotaAmounts quotaAmounts(Value value, bool smaller)
{
    QuotaAmounts read;
    json::fields(value, [&](std::string_view key, Value field) {
        const std::optional<Quota::Resource> resource = quotaResource(key);
        if (!resource)
            return;
        const auto bit = static_cast<quint8>(1U << *resource);
        const qint64 amount = quotaAmount(*resource, json::quantity(field));
        qint64 &known = read.amounts[*resource];
        known = !(read.present & bit) ? amount : smaller ? std::min(known, amount) : std::max(known, amount);
        read.present |= bit;
    });
    return read;
}

void limits(Value value, LimitRangeRecord::Amount &amount)
{
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "cpu")
            amount.cpuMilli = json::milliCores(json::quantity(field));
        else if (key == "memory")
            amount.memory = static_cast<qint64>(json::bytes(json::quantity(field)));
    });
}

struct RangeItem {
    std::string_view type;
    LimitRangeRecord::Amount defaultRequest;
    LimitRangeRecord::Amount defaultLimit;
    LimitRangeRecord::Amount max;
    LimitRangeRecord::Amount min;
};

RangeItem rangeItem(Value value)
{
    RangeItem item;
    json::fields(value, [&](std::string_view key, Value field) {
        if (key == "type")
            item.type = json::string(field);
        else if (key == "defaultRequest")
            limits(field, item.defaultRequest);
        else if (key == "default")
            limits(field, item.defaultLimit);
        else if (key == "max")
            limits(field, item.max);
        else if (key == "min")
            limits(field, item.min);
    });
    return item;
}

Severity severityOf(const Meta &meta)
{
    return meta.deleted ? Severity::Progressing : Severity::Healthy;
}

} // namespace

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<QuotaRecord> &out)
{
    QuotaRecord &quota = out.record;
    QuotaAmounts wanted;
    QuotaAmounts enforced;
    json::sections(object, context, out, [&](std::string_view section, Value value) {
        json::fields(value, [&](std::string_view key, Value field) {
            if (section == "spec" && key == "hard")
                wanted = quotaAmounts(field, true);
            else if (section == "spec" && (key == "scopes" || key == "scopeSelector"))
                quota.scoped = true;
            else if (section == "status" && key == "hard")
                enforced = quotaAmounts(field, true);
            else if (section == "status" && key == "used")
                quota.used = quotaAmounts(field, false).amounts;
        });
    });
    const QuotaAmounts &hard = enforced.present ? enforced : wanted;
    quota.present = hard.present;
    quota.hard = hard.amounts;
    quota.meta.severity = severityOf(quota.meta);
}

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<LimitRangeRecord> &out)
{
    LimitRangeRecord &range = out.record;
    json::sections(object, context, out, [&](std::string_view section, Value value) {
        if (section != "spec")
            return;
        json::fields(value, [&](std::string_view, Value items) {
            json::elements(items, [&](Value element) {
                const RangeItem item = rangeItem(element);
                if (item.type != "Container")
                    return;
                range.defaultRequest = item.defaultRequest;
                range.defaultLimit = item.defaultLimit;
                range.max = item.max;
                range.min = item.min;
            });
        });
    });
    range.meta.severity = severityOf(range.meta);
}

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<ApplySetRecord> &out)
{
    ApplySetRecord &set = out.record;
    std::string annotations;
    json::Annotations wanted;
    wanted.object = &annotations;
    json::sections(
        object, context, out,
        [&](std::string_view section, Value value) {
            if (section != "data")
                return;
            const std::string_view data = json::raw(value);
            set.dataLeftOut = data.size() > ApplySetRecord::mostData;
            if (!set.dataLeftOut && data.starts_with('{'))
                set.data = out.keep(data);
        },
        &wanted);
    set.annotations = out.keep(annotations);
    set.meta.severity = severityOf(set.meta);
}

void decode(simdjson::ondemand::object object, DecodeContext &context, Decoded<SharedTemplateRecord> &out)
{
    json::sections(object, context, out, [](std::string_view, Value) { });
    out.record.meta.severity = severityOf(out.record.meta);
}

} // namespace kdra::store
