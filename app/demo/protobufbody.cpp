// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/protobufbody.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace kdra::demo {
namespace {

enum class Form { Text, Number, Flag, Bytes, Message, TextMap, BytesMap };

struct Field {
    quint64 number;
    const char *name;
    Form form = Form::Text;
    bool repeated = false;
    const char *message = "";
};

using Fields = QList<Field>;

const QHash<QByteArray, Fields> &messages()
{
    static const Field metadata{1, "metadata", Form::Message, false, "ObjectMeta"};
    static const QHash<QByteArray, Fields> all{
        {"TypeMeta", {{1, "apiVersion"}, {2, "kind"}}},
        {"Unknown", {{1, "typeMeta", Form::Message, false, "TypeMeta"}, {2, "raw", Form::Bytes}}},
        {"ObjectMeta",
            {{1, "name"}, {2, "generateName"}, {3, "namespace"}, {5, "uid"}, {6, "resourceVersion"},
                {11, "labels", Form::TextMap}, {12, "annotations", Form::TextMap},
                {14, "finalizers", Form::Text, true}}},
        {"Namespace", {metadata}},
        {"ServiceAccount", {metadata}},
        {"ConfigMap",
            {metadata, {2, "data", Form::TextMap}, {3, "binaryData", Form::BytesMap}, {4, "immutable", Form::Flag}}},
        {"Secret",
            {metadata, {2, "data", Form::BytesMap}, {3, "type"}, {4, "stringData", Form::TextMap},
                {5, "immutable", Form::Flag}}},
        {"SelfSubjectReview", {metadata}},
        {"SelfSubjectRulesReview", {metadata, {2, "spec", Form::Message, false, "RulesReviewSpec"}}},
        {"RulesReviewSpec", {{1, "namespace"}}},
        {"SelfSubjectAccessReview", {metadata, {2, "spec", Form::Message, false, "AccessReviewSpec"}}},
        {"AccessReviewSpec",
            {{1, "resourceAttributes", Form::Message, false, "ResourceAttributes"},
                {2, "nonResourceAttributes", Form::Message, false, "NonResourceAttributes"}}},
        {"ResourceAttributes",
            {{1, "namespace"}, {2, "verb"}, {3, "group"}, {4, "version"}, {5, "resource"}, {6, "subresource"},
                {7, "name"}}},
        {"NonResourceAttributes", {{1, "path"}, {2, "verb"}}},
        {"Eviction", {metadata, {2, "deleteOptions", Form::Message, false, "DeleteOptions"}}},
        {"DeleteOptions",
            {{1, "gracePeriodSeconds", Form::Number}, {2, "preconditions", Form::Message, false, "Preconditions"},
                {3, "orphanDependents", Form::Flag}, {4, "propagationPolicy"}, {5, "dryRun", Form::Text, true}}},
        {"Preconditions", {{1, "uid"}, {2, "resourceVersion"}}},
        {"Scale", {metadata, {2, "spec", Form::Message, false, "ScaleSpec"}}},
        {"ScaleSpec", {{1, "replicas", Form::Number}}},
        {"Deployment", {metadata, {2, "spec", Form::Message, false, "DeploymentSpec"}}},
        {"DeploymentSpec",
            {{1, "replicas", Form::Number}, {2, "selector", Form::Message, false, "LabelSelector"},
                {3, "template", Form::Message, false, "PodTemplateSpec"}}},
        {"Job", {metadata, {2, "spec", Form::Message, false, "JobSpec"}}},
        {"JobSpec",
            {{1, "parallelism", Form::Number}, {2, "completions", Form::Number},
                {3, "activeDeadlineSeconds", Form::Number}, {6, "template", Form::Message, false, "PodTemplateSpec"},
                {7, "backoffLimit", Form::Number}, {8, "ttlSecondsAfterFinished", Form::Number}, {9, "completionMode"},
                {10, "suspend", Form::Flag}}},
        {"CronJob", {metadata, {2, "spec", Form::Message, false, "CronJobSpec"}}},
        {"CronJobSpec",
            {{1, "schedule"}, {2, "startingDeadlineSeconds", Form::Number}, {3, "concurrencyPolicy"},
                {4, "suspend", Form::Flag}, {5, "jobTemplate", Form::Message, false, "JobTemplateSpec"},
                {6, "successfulJobsHistoryLimit", Form::Number}, {7, "failedJobsHistoryLimit", Form::Number},
                {8, "timeZone"}}},
        {"JobTemplateSpec", {metadata, {2, "spec", Form::Message, false, "JobSpec"}}},
        {"LabelSelector", {{1, "matchLabels", Form::TextMap}}},
        {"PodTemplateSpec", {metadata, {2, "spec", Form::Message, false, "PodSpec"}}},
        {"PodSpec", {{2, "containers", Form::Message, true, "Container"}, {3, "restartPolicy"}}},
        {"Container",
            {{1, "name"}, {2, "image"}, {3, "command", Form::Text, true}, {4, "args", Form::Text, true},
                {6, "ports", Form::Message, true, "ContainerPort"}, {14, "imagePullPolicy"}}},
        {"ContainerPort", {{1, "name"}, {3, "containerPort", Form::Number}, {4, "protocol"}}},
    };
    return all;
}

// Reads the wire format; stops at the first thing that makes no sense.
class Reader {
public:
    explicit Reader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    bool atEnd() const { return m_at >= m_bytes.size(); }
    bool failed() const { return m_failed; }

    quint64 varint()
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64 && !atEnd(); shift += 7) {
            const auto byte = static_cast<quint8>(m_bytes.at(m_at++));
            value |= quint64(byte & 0x7f) << shift;
            if (!(byte & 0x80))
                return value;
        }
        m_failed = true;
        return 0;
    }

    QByteArrayView bytes()
    {
        const quint64 size = varint();
        if (m_failed || size > static_cast<quint64>(m_bytes.size() - m_at)) {
            m_failed = true;
            return {};
        }
        const QByteArrayView view = m_bytes.sliced(m_at, static_cast<qsizetype>(size));
        m_at += static_cast<qsizetype>(size);
        return view;
    }

    void skipFixed(qsizetype size)
    {
        m_failed = m_failed || m_bytes.size() - m_at < size;
        m_at += size;
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_failed = false;
};

bool decode(QByteArrayView bytes, const char *message, QJsonObject &out);

bool addField(const Field &field, QByteArrayView bytes, QJsonObject &out)
{
    const QString name = QString::fromLatin1(field.name);
    QJsonValue value;
    if (field.form == Form::Message) {
        QJsonObject child;
        if (!decode(bytes, field.message, child))
            return false;
        value = child;
    } else if (field.form == Form::TextMap || field.form == Form::BytesMap) {
        QByteArrayView key;
        QByteArrayView entry;
        for (Reader reader(bytes); !reader.atEnd();) {
            const bool isKey = reader.varint() >> 3 == 1;
            (isKey ? key : entry) = reader.bytes();
            if (reader.failed())
                return false;
        }
        QJsonObject map = out.value(name).toObject();
        map.insert(QString::fromUtf8(key),
            field.form == Form::TextMap ? QString::fromUtf8(entry)
                                        : QString::fromLatin1(entry.toByteArray().toBase64()));
        value = map;
    } else {
        value =
            field.form == Form::Bytes ? QString::fromLatin1(bytes.toByteArray().toBase64()) : QString::fromUtf8(bytes);
        if (value.toString().isEmpty() && !field.repeated) // proto2 writes what JSON leaves out
            return true;
    }
    if (field.repeated) {
        QJsonArray list = out.value(name).toArray();
        list.append(value);
        value = list;
    }
    out.insert(name, value);
    return true;
}

bool decode(QByteArrayView bytes, const char *message, QJsonObject &out)
{
    const Fields fields = messages().value(message);
    for (Reader reader(bytes); !reader.atEnd();) {
        const quint64 tag = reader.varint();
        const auto field = std::ranges::find(fields, tag >> 3, &Field::number);
        switch (tag & 7) {
        case 0: {
            const quint64 number = reader.varint();
            if (field != fields.end())
                out.insert(QString::fromLatin1(field->name),
                    field->form == Form::Flag ? QJsonValue(number != 0) : QJsonValue(static_cast<qint64>(number)));
            break;
        }
        case 1:
            reader.skipFixed(8);
            break;
        case 2: {
            const QByteArrayView value = reader.bytes();
            if (!reader.failed() && field != fields.end() && !addField(*field, value, out))
                return false;
            break;
        }
        case 5:
            reader.skipFixed(4);
            break;
        default:
            return false;
        }
        if (reader.failed())
            return false;
    }
    return true;
}

} // namespace

ApiResult<QByteArray> jsonFromProtobuf(const QByteArray &body)
{
    static const QByteArray magic("k8s\0", 4);
    QJsonObject envelope;
    if (!body.startsWith(magic) || !decode(QByteArrayView(body).sliced(magic.size()), "Unknown", envelope))
        return status::badRequest(QStringLiteral("provided data does not appear to be a protobuf message"));
    const QJsonObject typeMeta = envelope.value(QLatin1StringView("typeMeta")).toObject();
    const QByteArray kind = typeMeta.value(QLatin1StringView("kind")).toString().toLatin1();
    QJsonObject object = typeMeta;
    if (!messages().contains(kind))
        return status::unsupportedMediaType(
            QStringLiteral("the body of the request was in an unknown format - accepted media types include: "
                           "application/json, application/yaml"));
    if (!decode(QByteArray::fromBase64(envelope.value(QLatin1StringView("raw")).toString().toLatin1()),
            kind.constData(), object))
        return status::badRequest(QStringLiteral("unable to decode a protobuf %1").arg(QString::fromLatin1(kind)));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace kdra::demo
