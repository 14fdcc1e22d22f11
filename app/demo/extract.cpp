// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/extract.h"

#include <simdjson.h>

namespace kdra::demo {
namespace {

QByteArray bytes(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

struct Extractor::Private {
    simdjson::dom::parser parser;
    QSet<QByteArray> shared;

    QByteArray share(std::string_view text)
    {
        const auto found = shared.constFind(QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())));
        if (found != shared.cend())
            return *found;
        if (shared.size() > 200000) // free-form values must not pile up for ever
            shared.clear();
        return *shared.insert(bytes(text));
    }

    // The value at "spec.nodeName" as text; empty when it is not there.
    QByteArray field(simdjson::dom::element root, QByteArrayView path)
    {
        simdjson::dom::element at = root;
        for (const QByteArrayView part : QLatin1StringView(path).tokenize(QLatin1Char('.'))) {
            const std::string_view name(part.data(), static_cast<std::size_t>(part.size()));
            if (at[name].get(at) != simdjson::SUCCESS)
                return {};
        }
        std::string_view text;
        if (at.get(text) == simdjson::SUCCESS)
            return share(text);
        if (bool flag = false; at.get(flag) == simdjson::SUCCESS)
            return flag ? QByteArrayLiteral("true") : QByteArrayLiteral("false");
        if (int64_t number = 0; at.get(number) == simdjson::SUCCESS)
            return QByteArray::number(static_cast<qint64>(number));
        return {};
    }
};

Extractor::Extractor()
    : d(std::make_unique<Private>())
{
}

Extractor::~Extractor() = default;

void Extractor::extract(const ResourceType &type, StoredObject &object)
{
    object.fields.assign(static_cast<std::size_t>(type.fieldPaths.size()), QByteArray());
    simdjson::dom::element root;
    const auto size = static_cast<std::size_t>(object.json.size());
    if (d->parser.parse(object.json.constData(), size, true).get(root) != simdjson::SUCCESS)
        return;
    simdjson::dom::object metadata;
    if (root["metadata"].get(metadata) == simdjson::SUCCESS) {
        for (const auto &[key, value] : metadata) {
            std::string_view text;
            if (key == "name" && value.get(text) == simdjson::SUCCESS) {
                object.name = bytes(text);
            } else if (key == "uid" && value.get(text) == simdjson::SUCCESS) {
                object.uid = bytes(text);
            } else if (key == "namespace" && value.get(text) == simdjson::SUCCESS) {
                object.ns = type.namespaced ? d->share(text) : QByteArray();
            } else if (key == "deletionTimestamp") {
                object.terminating = value.get(text) == simdjson::SUCCESS;
            } else if (key == "labels") {
                simdjson::dom::object labels;
                if (value.get(labels) != simdjson::SUCCESS)
                    continue;
                object.labels.reserve(labels.size());
                for (const auto &[label, labelValue] : labels) {
                    if (labelValue.get(text) == simdjson::SUCCESS)
                        object.labels.emplace_back(d->share(label), d->share(text));
                }
            } else if (key == "ownerReferences") {
                simdjson::dom::array owners;
                if (value.get(owners) != simdjson::SUCCESS)
                    continue;
                for (const simdjson::dom::element owner : owners) {
                    if (owner["uid"].get(text) == simdjson::SUCCESS)
                        object.owners.push_back(d->share(text));
                }
            }
        }
    }
    for (std::size_t i = 0; i < object.fields.size(); ++i)
        object.fields[i] = d->field(root, type.fieldPaths.at(static_cast<qsizetype>(i)));
}

} // namespace kdra::demo
