// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>

#include <array>

namespace kdra::test {

// Different ports of loopback, free at that moment: whoever is faster than the server that they are meant for has them.
template <size_t count> std::array<quint16, count> freePorts()
{
    std::array<QTcpServer, count> servers;
    std::array<quint16, count> ports{};
    for (size_t i = 0; i < count; ++i) {
        servers[i].listen(QHostAddress::LocalHost);
        ports[i] = servers[i].serverPort();
    }
    return ports;
}

} // namespace kdra::test
