// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/eachtarget.h"

#include <QLocale>

namespace kdra::actions {
namespace {

constexpr int Attempts = 5;

// Reads the scale subresource and writes it back with another number and its resourceVersion, so that nobody's change
// in between is overwritten (autoscaling/v1 Scale).
class Scaling final : public EachTarget {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Scale)
public:
    using EachTarget::EachTarget;

protected:
    void act(qsizetype index) override { read(index, Attempts); }
    std::optional<ActionId> undoId() const override { return ActionId::Scale; }
    QString doing(qsizetype index) const override { return tr("Scaling %1.").arg(target(index).display()); }

private:
    void read(qsizetype index, int attempts)
    {
        send(getRequest(target(index).path(QStringLiteral("scale"))),
            [this, index, attempts](const Result<QJsonObject> &scale) {
                if (!scale)
                    failed(index, scale.error());
                else if (uidOf(*scale) != target(index).uid())
                    failed(index, replacedError(target(index)));
                else
                    write(index, *scale, attempts);
            });
    }

    void write(qsizetype index, QJsonObject scale, int attempts)
    {
        QJsonObject spec = scale.value(u"spec").toObject();
        const int before = spec.value(u"replicas").toInt();
        const ScaleOptions &options = order().of(index).scale;
        const QString name = target(index).display();
        if (options.expected && *options.expected != before) {
            failed(index,
                Error{.kind = Error::Kind::Conflict,
                    .what = tr("Somebody else has scaled %1 meanwhile: it was at %2 and is at %3 now.")
                        .arg(name, QLocale().toString(*options.expected), QLocale().toString(before)),
                    .where = target(index).path(),
                    .remedy = tr("Look at the newest state, then scale again.")});
            return;
        }
        if (before == options.replicas) {
            succeeded(index, tr("%1 is at %2 already.").arg(name, QLocale().toString(before)));
            return;
        }
        spec.insert(QStringLiteral("replicas"), options.replicas);
        scale.insert(QStringLiteral("spec"), spec);
        send(putRequest(target(index).path(QStringLiteral("scale")), scale),
            [this, index, before, attempts, name](const Result<QJsonObject> &answer) {
                const ScaleOptions &wanted = order().of(index).scale;
                if (answer) {
                    Parameters back;
                    back.scale = {.replicas = before, .expected = wanted.replicas};
                    succeeded(index,
                        tr("%1 is scaled from %2 to %3.")
                            .arg(name, QLocale().toString(before), QLocale().toString(wanted.replicas)),
                        back);
                } else if (answer.error().kind == Error::Kind::Conflict && attempts > 1) {
                    // Its status changed in between; read() sees whether its size did too.
                    read(index, attempts - 1);
                } else {
                    failed(index, answer.error());
                }
            });
    }
};

} // namespace

std::unique_ptr<Procedure> makeScale(Task &task, store::ClusterStore &store)
{
    return std::make_unique<Scaling>(task, store);
}

} // namespace kdra::actions
