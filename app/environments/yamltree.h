// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonValue>

#include <vector>

namespace kdra::environments {

// A key of a mapping.
struct YamlKey {
    QString text = {};
    int line = 0; // counted from 1
    bool merged = false; // came by "<<"
};

// A node of a YAML document as a value: aliases and merge keys ("<<") are resolved, each node knows its line. What a
// template needs and yaml-cpp's nodes (shared, mutable, without quotes) do not give.
struct YamlNode {
    enum class Type : quint8 { Null, Plain, Quoted, Sequence, Mapping };

    Type type = Type::Null;
    int line = 0; // counted from 1
    QString text = {}; // of scalars, as written
    QString tag = {}; // of scalars with a local tag ("!metrics"), which YAML takes an unquoted "!" for
    std::vector<YamlKey> keys = {}; // of mappings: of children[i]
    std::vector<YamlNode> children = {};
    // What the node holds in all with its aliases resolved: nodes, and characters of scalars and keys.
    qint64 nodes = 1;
    qint64 characters = 0;

    bool isScalar() const { return type == Type::Null || type == Type::Plain || type == Type::Quoted; }
    bool isMapping() const { return type == Type::Mapping; }
    bool isSequence() const { return type == Type::Sequence; }
    // The value of a mapping's key; null when there is none.
    const YamlNode *find(QStringView key) const;
};

// The documents of a file without the empty ones. Refuses, with file:line: what is not YAML or not UTF-8, keys that are
// not scalars or stand there twice, tags other than YAML's own, more than 100 levels, and what aliases blow up beyond
// 100,000 nodes or 4 Mi characters. Any thread.
Result<std::vector<YamlNode>> parseYaml(const QByteArray &text, const QString &file);

// What an unquoted scalar stands for, as kubectl reads it (sigs.k8s.io/yaml on YAML 1.1): also yes, no, on, off, y and
// n are booleans, 0x1F, 0o17, 017, 0b11 and 1_000 are integers. Integers come as such where they fit into 64 bits.
QJsonValue plainScalar(const QString &text);

// The node as it is, without a look at placeholders.
QJsonValue toJson(const YamlNode &node);

// "manifests/10-web.yaml:12", as Error::where has it.
QString fileAndLine(const QString &file, int line);

} // namespace kdra::environments
