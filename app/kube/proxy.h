// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QUrl>

namespace kdra::kube {

// A way to the server, and who chose it.
struct ProxyRoute {
    enum class Source { Kubeconfig, Environment, Desktop, Loopback, NoProxyRule };
    QNetworkProxy proxy = {}; // NoProxy: straight
    Source source = Source::Desktop;
    QString name = {}; // of the environment's variable
};

// The proxy that leads to `server`: the kubeconfig's `proxyUrl` (http, socks5, socks5h; with user:password), else the
// environment's HTTPS_PROXY, HTTP_PROXY and NO_PROXY read as Go's net/http does (which kubectl uses), else the
// desktop's. Loopback is never proxied unless the kubeconfig says so. May ask the desktop's settings (D-Bus): not for
// the GUI thread.
Result<ProxyRoute> proxyRoute(const QUrl &server, const QUrl &proxyUrl,
    const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());
Result<QNetworkProxy> proxyFor(const QUrl &server, const QUrl &proxyUrl,
    const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

} // namespace kdra::kube
