// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/json.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace kdra::store::json {
namespace {

// The digits of text[from, from+size), or -1.
int digits(std::string_view text, size_t from, size_t size)
{
    int number = 0;
    for (size_t i = from; i < from + size; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

quint64 resourceVersion(std::string_view text)
{
    quint64 number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size())
        return number;
    return std::hash<std::string_view>()(text);
}

void owners(Value value, DecodeContext &context, Meta &meta)
{
    elements(value, [&](Value element) {
        std::string_view uid;
        std::string_view kind;
        bool controller = false;
        fields(element, [&](std::string_view key, Value field) {
            if (key == "uid")
                uid = string(field);
            else if (key == "kind")
                kind = string(field);
            else if (key == "controller")
                controller = boolean(field);
        });
        if (controller) {
            meta.owner = Uid::parse(uid);
            meta.ownerKind = context.strings.intern(kind);
        }
    });
}

// One more field of the JSON object that is being written.
void member(std::string &object, std::string_view key, std::string_view value)
{
    if (object.empty())
        object = '{';
    else
        object.back() = ',';
    object.append("\"").append(key).append("\":").append(value).append("}");
}

} // namespace

qint64 timeMs(std::string_view text)
{
    // "2026-11-22T17:00:00" and then a fraction, Z or an offset.
    if (text.size() < 20)
        return 0;
    const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || minute < 0 || second < 0)
        return 0;
    using namespace std::chrono;
    const sys_days date = std::chrono::year(year) / month / day;
    qint64 ms =
        duration_cast<milliseconds>(date.time_since_epoch()).count() + ((hour * 60LL + minute) * 60 + second) * 1000;
    size_t at = 19;
    if (text[at] == '.') {
        int scale = 100;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
            ms += (text[at] - '0') * scale;
    }
    if (at + 6 <= text.size() && (text[at] == '+' || text[at] == '-')) {
        const qint64 offset = (digits(text, at + 1, 2) * 60LL + digits(text, at + 4, 2)) * 60000;
        ms += text[at] == '+' ? -offset : offset;
    }
    return ms;
}

std::string_view raw(Value value)
{
    std::string_view text = simdjson::to_json_string(value);
    return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

StringId labelSet(Value value, DecodeContext &context)
{
    auto &pairs = context.pairs;
    pairs.clear();
    fields(value, [&](std::string_view key, Value field) { pairs.emplace_back(key, string(field)); });
    if (pairs.empty())
        return StringId::Empty;
    std::ranges::sort(pairs);
    std::string &set = context.scratch;
    set.clear();
    for (const auto &[key, text] : pairs)
        set.append(key).append("=").append(text).append("\n");
    return context.strings.intern(set);
}

std::string_view label(std::string_view set, std::string_view key)
{
    while (!set.empty()) {
        const size_t end = std::min(set.find('\n'), set.size());
        const std::string_view line = set.substr(0, end);
        if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == '=')
            return line.substr(key.size() + 1);
        set.remove_prefix(std::min(end + 1, set.size()));
    }
    return {};
}

qint64 meta(Value value, DecodeContext &context, Meta &meta, std::string &text, Annotations *annotations)
{
    qint64 generation = 0;
    fields(value, [&](std::string_view key, Value field) {
        if (key == "name") {
            const std::string_view name = string(field);
            meta.name = {static_cast<quint32>(text.size()), static_cast<quint32>(name.size())};
            text.append(name);
        } else if (key == "namespace") {
            meta.ns = context.strings.intern(string(field));
        } else if (key == "uid") {
            meta.uid = Uid::parse(string(field));
        } else if (key == "resourceVersion") {
            context.resourceVersion = string(field);
            meta.resourceVersion = resourceVersion(context.resourceVersion);
        } else if (key == "creationTimestamp") {
            meta.created = timeSeconds(string(field));
        } else if (key == "deletionTimestamp") {
            meta.deleted = timeSeconds(string(field));
        } else if (key == "labels") {
            meta.labels = labelSet(field, context);
        } else if (key == "ownerReferences") {
            owners(field, context, meta);
        } else if (key == "annotations" && annotations) {
            fields(field, [&](std::string_view name, Value annotation) {
                if (annotations->object) {
                    if (name != "kubectl.kubernetes.io/last-applied-configuration")
                        member(*annotations->object, name, raw(annotation));
                } else if (name == "deployment.kubernetes.io/revision") {
                    const std::string_view number = string(annotation);
                    std::from_chars(number.data(), number.data() + number.size(), annotations->revision);
                }
            });
        } else if (key == "generation") {
            generation = integer(field);
        }
    });
    return generation;
}

} // namespace kdra::store::json
