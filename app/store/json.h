// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/quantity.h"
#include "store/decoder.h"

#include <algorithm>

// Reading JSON values of the Kubernetes API leniently: a value of an unexpected type reads as empty.
namespace kdra::store::json {

using Value = simdjson::ondemand::value;
using Object = simdjson::ondemand::object;

// The value of a result; throws when there is none (the text is not JSON).
inline Value unwrap(simdjson::simdjson_result<Value> result)
{
    Value value;
    if (const simdjson::error_code error = result.get(value))
        throw simdjson::simdjson_error(error);
    return value;
}

// Valid until the parser's next document.
inline std::string_view string(Value value)
{
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS)
        return {};
    return text;
}

inline qint64 integer(Value value)
{
    int64_t number = 0;
    return value.get_int64().get(number) == simdjson::SUCCESS ? number : 0;
}

inline quint32 count(Value value)
{
    return static_cast<quint32>(std::clamp<qint64>(integer(value), 0, 0xffffffff));
}

inline bool boolean(Value value)
{
    bool flag = false;
    return value.get_bool().get(flag) == simdjson::SUCCESS && flag;
}

// Calls function(key, value) for each field when it is an object; nothing otherwise. Keys are unescaped only as far as
// Kubernetes field names need it (never).
template <class Function> void fields(Value value, Function function)
{
    Object object;
    if (value.get_object().get(object) != simdjson::SUCCESS)
        return;
    for (auto field : object) {
        const std::string_view key = field.escaped_key();
        function(key, unwrap(field.value()));
    }
}

// Calls function(element) for each element when it is an array; nothing otherwise.
template <class Function> void elements(Value value, Function function)
{
    simdjson::ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS)
        return;
    for (auto element : array)
        function(unwrap(element));
}

// RFC 3339 as metav1.Time and MicroTime write it ("2026-11-22T17:00:00Z", with fraction or offset); 0 when it is not.
qint64 timeMs(std::string_view text);
inline quint32 timeSeconds(std::string_view text)
{
    return static_cast<quint32>(std::clamp<qint64>(timeMs(text) / 1000, 0, 0xffffffff));
}

inline quint32 milliCores(std::string_view text)
{
    return static_cast<quint32>(std::clamp<qint64>(parseQuantityMilli(text).value_or(0), 0, 0xffffffff));
}

inline quint64 bytes(std::string_view text)
{
    return static_cast<quint64>(std::max<qint64>(parseQuantity(text).value_or(0), 0));
}

// resources.requests / allocatable / capacity: a number or a string.
inline std::string_view quantity(Value value)
{
    simdjson::ondemand::json_type type;
    if (value.type().get(type) == simdjson::SUCCESS && type == simdjson::ondemand::json_type::number) {
        const std::string_view token = value.raw_json_token();
        return token.substr(0, token.find_first_of(" \t\r\n"));
    }
    return string(value);
}

// The JSON text of a value that nobody has read yet.
std::string_view raw(Value value);

// A map of strings as one interned id: "key=value\n" lines sorted by key.
StringId labelSet(Value value, DecodeContext &context);

// The value of a key in a label set, empty when it is not in there.
std::string_view label(std::string_view set, std::string_view key);

// What some kinds need of metadata.annotations.
struct Annotations {
    quint32 revision = 0; // deployment.kubernetes.io/revision
    std::string *object = nullptr; // becomes all of them as a JSON object, without kubectl's last-applied-configuration
};

// metadata. The Texts go to `text`. Returns metadata.generation.
qint64 meta(Value value, DecodeContext &context, Meta &meta, std::string &text, Annotations *annotations = nullptr);

// Calls function(key, value) for the fields of the object (spec, status, data), and reads metadata.
template <class Record, class Function>
void sections(
    Object object, DecodeContext &context, Decoded<Record> &out, Function function, Annotations *annotations = nullptr)
{
    for (auto field : object) {
        const std::string_view key = field.escaped_key();
        if (key == "metadata")
            meta(unwrap(field.value()), context, out.record.meta, out.text, annotations);
        else
            function(key, unwrap(field.value()));
    }
}

// What a status condition says.
struct Condition {
    std::string_view type;
    std::string_view status;
    std::string_view reason;
    std::string_view message;
    std::string_view heartbeat; // Node conditions
    std::string_view transition;
    bool isTrue() const { return status == "True"; }
    bool isFalse() const { return status == "False"; }
};
template <class Function> void conditions(Value value, Function function)
{
    elements(value, [&](Value element) {
        Condition condition;
        fields(element, [&](std::string_view key, Value field) {
            if (key == "type")
                condition.type = string(field);
            else if (key == "status")
                condition.status = string(field);
            else if (key == "reason")
                condition.reason = string(field);
            else if (key == "message")
                condition.message = string(field);
            else if (key == "lastHeartbeatTime")
                condition.heartbeat = string(field);
            else if (key == "lastTransitionTime")
                condition.transition = string(field);
        });
        function(condition);
    });
}

} // namespace kdra::store::json
