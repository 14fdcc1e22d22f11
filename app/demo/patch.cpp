// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/patch.h"

#include <QJsonDocument>
#include <QStringList>

#include <yaml-cpp/yaml.h>

namespace kdra::demo {
namespace {

using L = QLatin1StringView;

std::unexpected<ApiStatus> failed(const QString &message)
{
    return std::unexpected(ApiStatus{422, QStringLiteral("Invalid"), message, {}});
}

QStringList pointer(const QString &text)
{
    QStringList parts = text.split(QLatin1Char('/')).sliced(1);
    for (QString &part : parts)
        part.replace(L("~1"), L("/")).replace(L("~0"), L("~"));
    return parts;
}

QJsonValue valueAt(const QJsonValue &root, const QStringList &path)
{
    QJsonValue at = root;
    for (const QString &part : path) {
        if (at.isObject())
            at = at.toObject().value(part);
        else if (at.isArray())
            at = at.toArray().at(part == L("-") ? at.toArray().size() : part.toInt());
        else
            return QJsonValue(QJsonValue::Undefined);
    }
    return at;
}

// Rebuilds the values along `path` with what `op` does at its end. False when the path leads nowhere.
bool edit(QJsonValue &at, const QStringList &path, qsizetype depth, const QString &op, const QJsonValue &value)
{
    const QString part = path.value(depth);
    const bool last = depth + 1 == path.size();
    if (at.isObject()) {
        QJsonObject object = at.toObject();
        if (!last) {
            QJsonValue child = object.value(part);
            if (child.isUndefined() || !edit(child, path, depth + 1, op, value))
                return false;
            object.insert(part, child);
        } else if (op == L("remove")) {
            if (!object.contains(part))
                return false;
            object.remove(part);
        } else {
            if (op == L("replace") && !object.contains(part))
                return false;
            object.insert(part, value);
        }
        at = object;
        return true;
    }
    if (!at.isArray())
        return false;
    QJsonArray array = at.toArray();
    bool isNumber = true;
    const qsizetype index = part == L("-") ? array.size() : part.toLongLong(&isNumber);
    const bool inside = index >= 0 && index < array.size();
    if (!isNumber || index < 0 || index > array.size())
        return false;
    if (!last) {
        if (!inside)
            return false;
        QJsonValue child = array.at(index);
        if (!edit(child, path, depth + 1, op, value))
            return false;
        array.replace(index, child);
    } else if (op == L("add")) {
        array.insert(index, value);
    } else if (!inside) {
        return false;
    } else if (op == L("remove")) {
        array.removeAt(index);
    } else {
        array.replace(index, value);
    }
    at = array;
    return true;
}

QJsonValue fromYaml(const YAML::Node &node)
{
    switch (node.Type()) {
    case YAML::NodeType::Map: {
        QJsonObject object;
        for (const auto &entry : node)
            object.insert(QString::fromStdString(entry.first.as<std::string>()), fromYaml(entry.second));
        return object;
    }
    case YAML::NodeType::Sequence: {
        QJsonArray array;
        for (const YAML::Node &entry : node)
            array.append(fromYaml(entry));
        return array;
    }
    case YAML::NodeType::Scalar: {
        const QString text = QString::fromStdString(node.Scalar());
        if (node.Tag() == "!") // quoted
            return text;
        if (text == L("true") || text == L("false"))
            return text == L("true");
        if (text.isEmpty() || text == L("null") || text == L("~"))
            return QJsonValue();
        bool ok = false;
        if (const qint64 whole = text.toLongLong(&ok); ok)
            return whole;
        if (const double real = text.toDouble(&ok); ok)
            return real;
        return text;
    }
    default:
        return QJsonValue();
    }
}

} // namespace

QJsonValue mergePatch(const QJsonValue &target, const QJsonValue &patch)
{
    if (!patch.isObject())
        return patch;
    QJsonObject result = target.toObject();
    const QJsonObject changes = patch.toObject();
    for (auto it = changes.begin(); it != changes.end(); ++it) {
        if (it.value().isNull())
            result.remove(it.key());
        else
            result.insert(it.key(), mergePatch(result.value(it.key()), it.value()));
    }
    return result;
}

ApiResult<QJsonObject> jsonPatch(const QJsonObject &target, const QJsonArray &operations)
{
    QJsonValue root = target;
    for (const QJsonValue &entry : operations) {
        const QJsonObject operation = entry.toObject();
        const QString op = operation.value(L("op")).toString();
        const QString path = operation.value(L("path")).toString();
        const QStringList at = pointer(path);
        const QJsonValue value = operation.value(L("value"));
        if (op == L("test")) {
            if (valueAt(root, at) != value)
                return failed(QStringLiteral("testing value %1 failed: test failed").arg(path));
            continue;
        }
        QJsonValue moved = value;
        if (op == L("move") || op == L("copy")) {
            const QStringList from = pointer(operation.value(L("from")).toString());
            moved = valueAt(root, from);
            if (moved.isUndefined() || (op == L("move") && !edit(root, from, 0, QStringLiteral("remove"), {})))
                return failed(
                    QStringLiteral("%1 operation does not apply: doc is missing from path: %2").arg(op, path));
        } else if (op != L("add") && op != L("remove") && op != L("replace")) {
            return failed(QStringLiteral("Unexpected kind: %1").arg(op));
        }
        const QString edition = op == L("move") || op == L("copy") ? QStringLiteral("add") : op;
        if (!edit(root, at, 0, edition, moved))
            return failed(QStringLiteral("%1 operation does not apply: doc is missing path: \"%2\": missing value")
                    .arg(op, path));
    }
    return root.toObject();
}

ApiResult<QJsonObject> parseBody(const QByteArray &body)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error == QJsonParseError::NoError && document.isObject())
        return document.object();
    if (body.trimmed().startsWith('{'))
        return status::badRequest(
            QStringLiteral("couldn't get version/kind; json parse error: %1").arg(error.errorString()));
    try {
        const QJsonValue value = fromYaml(YAML::Load(body.toStdString()));
        if (value.isObject())
            return value.toObject();
        return status::badRequest(QStringLiteral("couldn't get version/kind; json parse error: not an object"));
    } catch (const YAML::Exception &exception) {
        return status::badRequest(
            QStringLiteral("error converting YAML to JSON: %1").arg(QString::fromStdString(exception.what())));
    }
}

} // namespace kdra::demo
