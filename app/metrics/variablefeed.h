// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/promclient.h"
#include "metrics/variables.h"

#include <QObject>

#include <functional>
#include <memory>

namespace kdra::metrics {

// The menus above a dashboard: asks the server what can be chosen, each variable after those that it mentions, and
// keeps what is chosen. GUI thread.
class VariableFeed : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    struct Menu {
        QList<Option> options = {};
        Chosen chosen = {};
        std::optional<Error> error = {}; // its options could not be had
        bool pinned = false; // the page is about one object: the user cannot choose
    };

    // Starts anew. `wanted`: values to choose where the server has them; `pinned`: values that hold in any case.
    void start(std::shared_ptr<PromClient> client, const QList<Variable> &variables,
        const QMap<QString, QStringList> &wanted, const QMap<QString, QStringList> &pinned);
    // The times that queries of variables see.
    void setSpan(qint64 from, qint64 to);
    // The user's choice; variables that mention it are asked again.
    void choose(const QString &name, const QStringList &values);
    // Asks all again: values come and go.
    void refresh();

    bool isReady() const { return m_ready; }
    const QList<Variable> &variables() const { return m_variables; }
    Menu menu(const QString &name) const { return m_menus.value(name); }
    QMap<QString, QStringList> choices() const;
    // With all that is chosen.
    const Scope &scope() const { return m_scope; }
    // What keeps some of it from working: variables that need each other. The rest goes on.
    const std::optional<Error> &error() const { return m_error; }

Q_SIGNALS:
    // Every variable has its options, or its error.
    void ready();

private:
    void askNext();
    void take(const Variable &variable, const Result<QList<Option>> &options);
    void settle(const Variable &variable);

    std::shared_ptr<PromClient> m_client;
    QList<Variable> m_variables;
    QMap<QString, QStringList> m_wanted;
    QMap<QString, QStringList> m_pinned;
    QMap<QString, Menu> m_menus;
    QList<Variable> m_askable; // without those that need each other
    QStringList m_order; // of m_askable
    QStringList m_left; // still to be asked, in order
    QString m_asked; // under way; empty: nothing is
    Scope m_scope;
    std::optional<Error> m_error;
    quint64 m_round = 0; // answers to earlier rounds are not taken
    bool m_ready = false;
};

} // namespace kdra::metrics
