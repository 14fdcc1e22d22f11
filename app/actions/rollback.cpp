// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/eachtarget.h"
#include "actions/revisions.h"

#include <QLocale>

namespace kdra::actions {
namespace {

constexpr int Attempts = 5;

// kubectl rollout undo: the template of an older revision becomes the wanted one again. Of the annotations only the
// change's cause goes back with it: others that were set since are not the rollout's.
class Rollback final : public EachTarget {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Rollback)
public:
    using EachTarget::EachTarget;

protected:
    void act(qsizetype index) override { read(index, Attempts); }
    std::optional<ActionId> undoId() const override { return ActionId::RolloutUndo; }
    QString doing(qsizetype index) const override
    {
        return tr("Looking for the revisions of %1.").arg(target(index).display());
    }

private:
    void read(qsizetype index, int attempts)
    {
        send(getRequest(target(index).path()), [this, index, attempts](const Result<QJsonObject> &workload) {
            if (!workload)
                failed(index, workload.error());
            else if (uidOf(*workload) != target(index).uid())
                failed(index, replacedError(target(index)));
            else if (workload->value(u"spec").toObject().value(u"paused").toBool())
                failed(index,
                    Error{.kind = Error::Kind::Invalid,
                        .what = tr("The rollout of %1 is paused.").arg(target(index).display()),
                        .where = target(index).path(),
                        .remedy = tr("Resume it first.")});
            else
                choose(index, *workload, attempts);
        });
    }

    void choose(qsizetype index, const QJsonObject &workload, int attempts)
    {
        send(revisionsRequest(workload, target(index)),
            [this, index, workload, attempts](const Result<QJsonObject> &list) {
                if (!list) {
                    failed(index, list.error());
                    return;
                }
                const QList<Revision> revisions = readRevisionList(*list, workload, target(index));
                const Result<Revision> chosen = revisionToRestore(revisions, order().of(index).revision, target(index));
                const auto current = std::ranges::find(revisions, true, &Revision::current);
                if (chosen)
                    restore(index, workload, *chosen,
                        current == revisions.end() ? 0 : static_cast<int>(current->number), attempts);
                else
                    failed(index, chosen.error());
            });
    }

    void restore(
        qsizetype index, const QJsonObject &workload, const Revision &revision, int currentNumber, int attempts)
    {
        const auto operation = [](const char *op, const QString &path, const QJsonValue &value) {
            return QJsonObject{{QStringLiteral("op"), QString::fromLatin1(op)}, {QStringLiteral("path"), path},
                {QStringLiteral("value"), value}};
        };
        QJsonArray operations{operation("replace", QStringLiteral("/metadata/uid"), target(index).uid()),
            operation("replace", QStringLiteral("/metadata/resourceVersion"), resourceVersionOf(workload)),
            operation("replace", QStringLiteral("/spec/template"), revision.podTemplate)};
        const QString cause = QStringLiteral("kubernetes.io/change-cause");
        const QJsonObject annotations = workload.value(u"metadata").toObject().value(u"annotations").toObject();
        const QString path = QStringLiteral("/metadata/annotations/kubernetes.io~1change-cause");
        if (!revision.changeCause.isEmpty() && !annotations.isEmpty())
            operations.append(operation("add", path, revision.changeCause));
        else if (annotations.contains(cause))
            operations.append(
                QJsonObject{{QStringLiteral("op"), QStringLiteral("remove")}, {QStringLiteral("path"), path}});
        const QString number = QLocale().toString(revision.number);
        send(jsonPatchRequest(target(index).path(), operations),
            [this, index, number, currentNumber, attempts](const Result<QJsonObject> &answer) {
                if (!answer && answer.error().kind == Error::Kind::Conflict && attempts > 1) {
                    read(index, attempts - 1); // it has changed, perhaps only its status: look again
                    return;
                }
                if (!answer) {
                    failed(index, answer.error());
                    return;
                }
                std::optional<Parameters> back;
                if (currentNumber > 0)
                    back = Parameters{.revision = currentNumber};
                succeeded(index, tr("%1 goes back to revision %2.").arg(target(index).display(), number), back);
            });
    }
};

} // namespace

std::unique_ptr<Procedure> makeRollback(Task &task, store::ClusterStore &store)
{
    return std::make_unique<Rollback>(task, store);
}

} // namespace kdra::actions
