// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/objectstore.h"

namespace kdra::demo {

// Serves the kinds of CustomResourceDefinitions (without their schemas), and stops when a definition goes.
class CustomResources : public QObject {
    Q_OBJECT
public:
    CustomResources(ObjectStore &store, QObject *parent);

private:
    void onChanged(const Change &change);
    void establish(const QByteArray &name);

    ObjectStore &m_store;
};

} // namespace kdra::demo
