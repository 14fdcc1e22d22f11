// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/apistatus.h"

namespace kdra::demo {

// kubectl's typed clients send some bodies as application/vnd.kubernetes.protobuf and do not fall back to JSON. This
// turns those kinds into JSON (their fields by the numbers of k8s.io/api's generated.proto); 415 for all other kinds.
ApiResult<QByteArray> jsonFromProtobuf(const QByteArray &body);

} // namespace kdra::demo
