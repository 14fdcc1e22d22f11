// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/eachtarget.h"
#include "actions/metadata.h"

namespace kdra::actions {
namespace {

constexpr int Attempts = 5;

// A merge patch of labels or annotations with the resourceVersion at which the touched ones were as the user saw them:
// whoever changed one of them in between is not overwritten, and changes of anything else are not in the way.
class Edit final : public EachTarget {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Edit)
public:
    using EachTarget::EachTarget;

protected:
    void act(qsizetype index) override { read(index, Attempts); }
    std::optional<ActionId> undoId() const override { return order().id; }

private:
    bool isLabels() const { return order().id == ActionId::EditLabels; }
    QString field() const { return isLabels() ? QStringLiteral("labels") : QStringLiteral("annotations"); }

    void read(qsizetype index, int attempts)
    {
        kube::Request request = getRequest(target(index).path());
        request.accept = MetadataOnly;
        send(std::move(request), [this, index, attempts](const Result<QJsonObject> &object) {
            if (!object) {
                failed(index, object.error());
                return;
            }
            if (uidOf(*object) != target(index).uid()) {
                failed(index, replacedError(target(index)));
                return;
            }
            const QMap<QString, QString> now = textsOf(*object, field());
            if (const std::optional<Error> conflict = conflictOf(index, now))
                failed(index, *conflict);
            else
                write(index, resourceVersionOf(*object), now, attempts);
        });
    }

    std::optional<Error> conflictOf(qsizetype index, const QMap<QString, QString> &now) const
    {
        const MetadataEdit &edit = order().of(index).edit;
        for (const QString &key : edit.set.keys() + edit.removed) {
            const bool was = edit.seen.contains(key);
            const bool is = now.contains(key);
            if (was == is && edit.seen.value(key) == now.value(key))
                continue;
            Error error{.kind = Error::Kind::Conflict,
                .where = target(index).path(),
                .remedy = tr("Look at the newest state, then edit again."),
                .httpStatus = 409,
                .reason = QStringLiteral("Conflict")};
            const QString name = target(index).display();
            error.what = !is ? tr("Somebody else has taken “%1” off %2 meanwhile.").arg(key, name)
                : !was
                ? tr("Somebody else has given %1 “%2” with the value “%3” meanwhile.").arg(name, key, now.value(key))
                : tr("Somebody else has changed “%1” of %2 meanwhile, from “%3” to “%4”.")
                      .arg(key, name, edit.seen.value(key), now.value(key));
            return error;
        }
        return {};
    }

    void write(qsizetype index, const QString &resourceVersion, const QMap<QString, QString> &now, int attempts)
    {
        const MetadataEdit &edit = order().of(index).edit;
        QJsonObject changes;
        MetadataEdit back{.seen = now};
        for (const auto &[key, value] : edit.set.asKeyValueRange()) {
            changes.insert(key, value);
            if (now.contains(key))
                back.set.insert(key, now.value(key));
            else
                back.removed.append(key);
            back.seen.insert(key, value);
        }
        for (const QString &key : edit.removed) {
            changes.insert(key, QJsonValue::Null);
            if (now.contains(key))
                back.set.insert(key, now.value(key));
            back.seen.remove(key);
        }
        const QJsonObject patch{{QStringLiteral("metadata"),
            QJsonObject{{QStringLiteral("resourceVersion"), resourceVersion}, {field(), changes}}}};
        send(mergePatchRequest(target(index).path(), patch, target(index).uid()),
            [this, index, attempts, back](const Result<QJsonObject> &answer) {
                if (answer) {
                    Parameters parameters;
                    parameters.edit = back;
                    succeeded(index,
                        (isLabels() ? tr("The labels of %1 are changed.") : tr("The annotations of %1 are changed."))
                            .arg(target(index).display()),
                        parameters);
                } else if (answer.error().kind == Error::Kind::Conflict && attempts > 1) {
                    read(index, attempts - 1);
                } else {
                    failed(index, answer.error());
                }
            });
    }
};

} // namespace

std::unique_ptr<Procedure> makeEdit(Task &task, store::ClusterStore &store)
{
    return std::make_unique<Edit>(task, store);
}

} // namespace kdra::actions
