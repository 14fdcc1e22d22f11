// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/request.h"

#include <QAbstractHttpServer>

#include <functional>

namespace kdra::demo {

class Acceptor;

// Qt HTTP Server's requests as ours, our answers as its.
class HttpFront : public QAbstractHttpServer {
    Q_OBJECT
public:
    using Handler = std::function<ApiResponse(ApiRequest &)>;

    // `streams` becomes the parent of answers that come bit by bit.
    HttpFront(Handler handler, Acceptor &acceptor, QObject *streams, QObject *parent = nullptr);

protected:
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &request, QHttpServerResponder &responder) override;

private:
    Handler m_handler;
    Acceptor &m_acceptor;
    QObject *m_streams;
};

} // namespace kdra::demo
