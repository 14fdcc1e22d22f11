// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <vector>

namespace kdra::metrics {

// One array of points that was read ahead of the document around it.
struct ScannedSamples {
    std::vector<qint64> times;
    std::vector<double> values;
};

// Nearly all of a large answer is its points. They are read here in one pass, without the index that simdjson makes of
// every bracket and comma first; what stays is a small document in which "values":N stands for samples(N). Only arrays
// in the compact form of Go's encoders ("values":[[1700000000.5,"0.25"],...]) are taken; others, broken ones among
// them, are left in the document for simdjson to judge. A large answer is read in parts at the same time, on threads of
// the global pool that are free. Pure; any thread.
class SampleScan {
public:
    // Stops reading ahead when there are more than `limit` values in a part; the rest stays in the document.
    SampleScan(const QByteArray &body, qint64 limit);

    // Padded as simdjson wants it.
    const QByteArray &document() const { return m_document; }
    qint64 values() const { return m_values; }
    // Nothing when it is not a number of this scan.
    ScannedSamples *samples(quint64 number);

private:
    QByteArray m_document;
    std::vector<std::vector<ScannedSamples>> m_parts;
    qint64 m_values = 0;
};

} // namespace kdra::metrics
