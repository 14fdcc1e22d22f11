// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>

#include <memory>

class QTcpSocket;

namespace kdra::demo {

class ObjectStore;

// Puts what a source gives into the form of the wire.
class Framer {
public:
    virtual ~Framer() = default;
    // One watch event; `json` is the object.
    virtual void event(QByteArrayView type, QByteArrayView json) = 0;
    // Plain bytes (a long list, a log).
    virtual void raw(QByteArrayView bytes) = 0;
};

// A body that comes bit by bit and is pulled as fast as the client reads: nothing is queued for slow clients.
class Source {
public:
    enum class Next { Data, Wait, End };

    virtual ~Source() = default;
    // Gives the next piece to `out`. Wait: nothing now, ask again after a change or a second. End: that was all.
    virtual Next pull(Framer &out) = 0;
};

// One open response with its back-pressure. Deletes itself when it has ended or the client has gone.
class Stream : public QObject {
    Q_OBJECT
public:
    Stream(std::shared_ptr<Source> source, QTcpSocket *socket, QObject *parent);
    ~Stream() override;

    // Writes as much as the client can take now.
    void pump();

protected:
    // Appends framed bytes to `buffer`.
    virtual Framer &framer(QByteArray &buffer) = 0;
    virtual void write(const QByteArray &bytes) = 0;
    virtual void finish() = 0;
    QTcpSocket *socket() const;

private:
    void end();

    std::shared_ptr<Source> m_source;
    QPointer<QTcpSocket> m_socket;
    QByteArray m_buffer;
    bool m_pumping = false;
    bool m_ended = false;
};

// Wakes the open streams when the store has changed (once for a burst of changes) and each second.
class StreamHub : public QObject {
    Q_OBJECT
public:
    StreamHub(ObjectStore &store, QObject *parent);
    void wake();

private:
    bool m_scheduled = false;
};

} // namespace kdra::demo
