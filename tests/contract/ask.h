// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/apiclient.h"
#include "support/answer.h"
#include "support/await.h"

namespace kdra::test {

// One request, and what the server answered to it; code 0 when there was no answer in time.
inline Answer ask(kube::ApiClient &client, const QByteArray &verb, const QString &pathAndQuery,
    const QByteArray &body = {}, const QByteArray &contentType = "application/json")
{
    kube::Request request;
    request.verb = verb;
    request.path = pathAndQuery.section(u'?', 0, 0);
    request.query = QUrlQuery(pathAndQuery.section(u'?', 1));
    request.body = body;
    request.contentType = body.isEmpty() ? QByteArray() : contentType;
    const QFuture<Result<kube::Response>> future = client.send(request);
    if (!finishes(future) || future.resultCount() == 0)
        return {};
    const Result<kube::Response> result = future.result();
    if (result)
        return {result->httpStatus, result->body, result->contentType};
    return {result.error().httpStatus, result.error().status, {}};
}

} // namespace kdra::test
