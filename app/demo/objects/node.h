// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objects/json.h"

#include <cstdint>

namespace kdra::demo {

// The hardware and system a node reports.
struct Board {
    const char *model; // "Raspberry Pi 4 Model B Rev 1.4"; "" for a server
    const char *instanceType; // label node.kubernetes.io/instance-type
    const char *arch; // "arm64", "amd64"
    int cores;
    qint64 memoryKi;
    const char *kernel;
    const char *osImage;
};

enum class BoardId { Server, ControlPlane, Pi3BPlus, Pi4B4, Pi4B8, Pi5x8, Pi5x16 };
const Board &boardOf(BoardId id);

struct NodePlan {
    enum class Role { ControlPlane, Worker, Pi };
    QString name;
    Role role = Role::Worker;
    BoardId board = BoardId::Server;
    QString zone; // "berlin-rack", "site-a"
    QString region; // "berlin"
    int index = 0; // gives the addresses
};

// The node's own address and its pods' network, from the plan's index (up to 16,000 nodes).
QString hostAddress(int index);
QString podNetwork(int index);
// An address in a node's network ("10.42.3.0/24") for a pod, from its uid.
QString podAddress(const QString &network, const QString &podUid);

QJsonObject nodeObject(const NodePlan &plan, const QDateTime &created, const QDateTime &now, std::uint64_t seed);
QJsonObject leaseObject(const QString &node, const QString &nodeUid, const QDateTime &created, const QDateTime &renewed,
    std::uint64_t seed);

} // namespace kdra::demo
