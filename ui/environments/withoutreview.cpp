// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/withoutreview.h"

#include "ui/environments/createsheet.h"

#include <QCoreApplication>

namespace kdra::ui {
namespace {

using environments::Fit;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::WithoutReview)
};

// What the server has not said by then, the user decides.
constexpr std::chrono::seconds patience(5);

} // namespace

QString reasonToReview(const CreateSheet &sheet)
{
    const CreateContext &context = sheet.context();
    if (context.marks.readOnly)
        return Words::tr("You are asked because this cluster is marked read-only.");
    if (context.marks.production)
        return Words::tr("You are asked because this cluster is marked production.");
    if (context.purpose != CreateContext::Purpose::Create
        || context.defaults.kind == environments::Target::Kind::Environment)
        return Words::tr("You are asked because there is an environment already that it goes into.");
    if (!sheet.plan())
        return sheet.isPlanning() ? QString()
                                  : Words::tr("You are asked because something is missing. %1").arg(sheet.obstacle());
    if (const QStringList outside = sheet.plan()->clusterScoped(); !outside.isEmpty()) {
        return Words::tr("You are asked because it makes objects outside of its namespace: %1.")
            .arg(outside.join(QStringLiteral(", ")));
    }
    if (sheet.fit() == Fit::DoesNotFit)
        return Words::tr("You are asked because it does not fit.");
    return sheet.obstacle();
}

void createWithoutReview(CreateSheet &sheet, const std::function<void()> &ask)
{
    auto *waiting = new QObject(&sheet);
    const auto end = [waiting, &sheet, ask](const QString &reason) {
        delete waiting;
        sheet.tellWhyItAsks(reason);
        ask();
    };
    const auto decide = [waiting, &sheet, end] {
        if (const QString reason = reasonToReview(sheet); !reason.isEmpty()) {
            end(reason);
        } else if (sheet.plan() && sheet.fit() != Fit::Unknown) {
            delete waiting;
            sheet.create();
        }
    };
    QObject::connect(&sheet, &CreateSheet::judged, waiting, decide, Qt::QueuedConnection);
    QTimer::singleShot(
        patience, waiting, [end] { end(Words::tr("You are asked because it is not known yet whether it fits.")); });
    QMetaObject::invokeMethod(waiting, decide, Qt::QueuedConnection);
}

} // namespace kdra::ui
