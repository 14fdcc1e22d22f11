// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/newest.h"
#include "metrics/promclient.h"
#include "metrics/promqlscan.h"
#include "metrics/timerange.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>

namespace kdra::metrics {

// Something that can be written at a place of a query.
struct PromOffer {
    // lupdate would take one with a type for a class.
    enum class Kind { Metric, Function, Aggregation, Keyword, Label, Value, Duration };
    Kind kind = Kind::Metric;
    QString text = {}; // what is shown, and written unless `written` is not empty
    QString written = {};
    qsizetype back = 0; // so many places the cursor is before the end of what was written
    QString type = {}; // one word: "counter", "function"
    QString help = {}; // what it is, plain text
    bool operator==(const PromOffer &) const = default;

    QString toWrite() const;
};

// Completes a query from what its server knows: metrics with their types, labels and values of what is selected.
// Answers now with what is known, asks for the rest and tells when there is more. Keeps answers for a while; the newest
// place wins. GUI thread; answers are parsed elsewhere.
class PromqlCompletion : public QObject {
    Q_OBJECT
public:
    explicit PromqlCompletion(QObject *parent = nullptr);
    ~PromqlCompletion() override;

    // Null: only functions and words are offered. Forgets what another server said.
    void setClient(std::shared_ptr<PromClient> client);
    // When what is offered should have been seen.
    void setMoments(const Moments &moments);

    void complete(const QString &text, qsizetype cursor);
    // The place of the last complete(), and what fits there: the best first, at most 200.
    const PromPlace &place() const { return m_place; }
    const QList<PromOffer> &offers() const { return m_offers; }
    bool isAsking() const { return m_names.isAsking(); }
    // Why the server's part is missing.
    const std::optional<Error> &error() const { return m_error; }

Q_SIGNALS:
    // offers() for the same place are others.
    void changed();

private:
    struct Known {
        QStringList names;
        QElapsedTimer age;
        Moments moments;
    };
    // What is asked at a place, as a key of m_known; empty: nothing.
    QString question() const;
    void ask(const QString &question);
    void askMetadata();
    void offer();

    std::shared_ptr<PromClient> m_client;
    Moments m_moments;
    PromPlace m_place;
    QList<PromOffer> m_offers;
    QHash<QString, Known> m_known; // by question
    QString m_asked;
    Newest<Names> m_names;
    Newest<MetadataByName> m_metadataAsked;
    MetadataByName m_metadata;
    bool m_hasMetadata = false;
    std::optional<Error> m_error;
};

} // namespace kdra::metrics
