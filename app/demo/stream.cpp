// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/stream.h"

#include "demo/objectstore.h"

#include <QTcpSocket>
#include <QTimer>

namespace kdra::demo {
namespace {

// A client that does not read holds no more than this (plus what the kernel takes).
constexpr qsizetype HighWater = 2 * 1024 * 1024;
constexpr qsizetype Batch = 256 * 1024;

} // namespace

Stream::Stream(std::shared_ptr<Source> source, QTcpSocket *socket, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_socket(socket)
{
    connect(socket, &QTcpSocket::bytesWritten, this, &Stream::pump);
    connect(socket, &QTcpSocket::disconnected, this, &Stream::end);
    connect(socket, &QObject::destroyed, this, &Stream::end);
}

Stream::~Stream() = default;

QTcpSocket *Stream::socket() const
{
    return m_socket;
}

void Stream::end()
{
    m_ended = true;
    deleteLater();
}

void Stream::pump()
{
    if (m_pumping || m_ended)
        return;
    m_pumping = true; // a write may report bytesWritten at once
    while (!m_ended && m_socket && m_socket->bytesToWrite() < HighWater) {
        m_buffer.clear();
        m_buffer.reserve(Batch + 16 * 1024);
        Framer &out = framer(m_buffer);
        Source::Next next = Source::Next::Data;
        while (next == Source::Next::Data && m_buffer.size() < Batch)
            next = m_source->pull(out);
        if (!m_buffer.isEmpty())
            write(m_buffer);
        if (next == Source::Next::Wait)
            break;
        if (next == Source::Next::End) {
            finish();
            end();
        }
    }
    m_pumping = false;
}

StreamHub::StreamHub(ObjectStore &store, QObject *parent)
    : QObject(parent)
{
    connect(&store, &ObjectStore::changed, this, [this] {
        if (std::exchange(m_scheduled, true))
            return;
        QTimer::singleShot(0, this, [this] {
            m_scheduled = false;
            wake();
        });
    });
    auto *clock = new QTimer(this);
    connect(clock, &QTimer::timeout, this, &StreamHub::wake);
    clock->start(1000);
}

void StreamHub::wake()
{
    for (const auto streams = findChildren<Stream *>(Qt::FindDirectChildrenOnly); auto *stream : streams)
        stream->pump();
}

} // namespace kdra::demo
