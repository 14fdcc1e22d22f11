// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/series.h"

#include <QByteArray>

#include <simdjson.h>

#include <string_view>

// Reading JSON of the Prometheus and Alertmanager APIs leniently: a value of an unexpected type reads as empty. Include
// it only in sources that are compiled for simdjson (see CMakeLists.txt).
namespace kdra::metrics::json {

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

inline std::string_view text(Value value)
{
    std::string_view string;
    return value.get_string().get(string) == simdjson::SUCCESS ? string : std::string_view();
}

inline QString string(Value value)
{
    const std::string_view utf8 = text(value);
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

inline double number(Value value)
{
    double result = 0;
    return value.get_double().get(result) == simdjson::SUCCESS ? result : 0;
}

inline bool boolean(Value value)
{
    bool flag = false;
    return value.get_bool().get(flag) == simdjson::SUCCESS && flag;
}

// Calls function(key, value) for each field when it is an object; nothing otherwise. Keys are not unescaped.
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

// A map of strings: labels, annotations. Label names may be any UTF-8 since Prometheus 3, so keys are unescaped here.
inline Labels labels(Value value)
{
    Labels result;
    Object object;
    if (value.get_object().get(object) != simdjson::SUCCESS)
        return result;
    for (auto field : object) {
        const std::string_view key = field.unescaped_key();
        const QString name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
        result.insert(name, string(unwrap(field.value())));
    }
    return result;
}

inline QStringList strings(Value value)
{
    QStringList result;
    elements(value, [&](Value element) { result += string(element); });
    return result;
}

// RFC 3339 with any fraction and offset to milliseconds since the epoch; 0 when it is not, and for Go's zero time.
qint64 timeMs(std::string_view text);
inline qint64 time(Value value)
{
    return timeMs(text(value));
}

} // namespace kdra::metrics::json
