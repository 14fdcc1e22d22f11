// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QFuture>

// Secrets in the desktop's keychain (Secret Service, KWallet, Keychain, Credential Manager) through QtKeychain.
// The only user of QtKeychain; there is no plaintext fallback. Call on a thread with an event loop (the GUI thread).
namespace kdra::secretstore {

QFuture<Result<void>> write(const QString &key, const QByteArray &secret);

// An Error of kind NotFound when nothing is stored under the key.
QFuture<Result<QByteArray>> read(const QString &key);

// Succeeds when nothing was stored.
QFuture<Result<void>> remove(const QString &key);

} // namespace kdra::secretstore
