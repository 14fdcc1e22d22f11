// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/offer.h"

#include "base/whenfinished.h"
#include "kube/apiclient.h"

#include <QCoreApplication>

namespace kdra::actions {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::actions::Offer)
};

using Asked = QFuture<Result<kube::AccessAnswer>>;

// "deployments/scale"
QString resourceOf(const kube::AccessQuestion &question)
{
    return question.subresource.isEmpty() ? question.resource
                                          : question.resource + QLatin1Char('/') + question.subresource;
}

QString refusal(const kube::AccessQuestion &question, const QString &why)
{
    QString text = question.ns.isEmpty()
        ? Text::tr("You may not %1 %2").arg(question.verb, resourceOf(question))
        : Text::tr("You may not %1 %2 in the namespace %3").arg(question.verb, resourceOf(question), question.ns);
    if (!why.isEmpty())
        text += QStringLiteral(": ") + why;
    return text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

Offer judged(ActionId id, const QList<kube::AccessQuestion> &questions, const QList<Asked> &answers)
{
    Offer offer{.id = id, .allowed = true};
    for (qsizetype i = 0; i < answers.size(); ++i) {
        if (answers[i].resultCount() == 0)
            continue; // cancelled: the cluster is being closed
        const Result<kube::AccessAnswer> answer = answers[i].result();
        if (!answer) {
            offer.reason = Text::tr("Whether you may do this is not known: %1").arg(answer.error().what);
        } else if (!answer->allowed) {
            offer.allowed = false;
            offer.reason = refusal(questions[i], answer->reason);
            break;
        }
    }
    return offer;
}

} // namespace

Offers::Offers(kube::ApiClient &client)
    : m_client(client)
    , m_review(client)
{
}

QFuture<Offer> Offers::ask(ActionId id, const QList<Target> &targets)
{
    if (m_client.isReadOnly())
        return QtFuture::makeReadyValueFuture(
            Offer{.id = id, .allowed = false, .reason = Text::tr("This cluster is marked read-only.")});
    const QList<kube::AccessQuestion> questions = accessQuestions(id, targets);
    if (questions.isEmpty())
        return QtFuture::makeReadyValueFuture(
            Offer{.id = id, .allowed = false, .reason = Text::tr("There is nothing left to do this to.")});
    QList<Asked> answers;
    for (const kube::AccessQuestion &question : questions)
        answers.append(m_review.ask(question));
    return onPool(
        whenAllFinished(answers), [id, questions](const QList<Asked> &all) { return judged(id, questions, all); });
}

QFuture<QList<Offer>> Offers::ask(const QList<ActionId> &ids, const QList<Target> &targets)
{
    QList<QFuture<Offer>> offers;
    for (const ActionId id : ids)
        offers.append(ask(id, targets));
    if (offers.isEmpty())
        return QtFuture::makeReadyValueFuture(QList<Offer>());
    return onPool(whenAllFinished(offers), [](const QList<QFuture<Offer>> &all) {
        QList<Offer> result;
        for (const QFuture<Offer> &offer : all)
            result.append(offer.result());
        return result;
    });
}

} // namespace kdra::actions
