// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/answerparser.h"

#include "metrics/json.h"
#include "metrics/samples.h"
#include "metrics/samplescan.h"

#include <QCoreApplication>
#include <QLocale>

#include <unordered_set>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Answer)
};

// Servers that put an answer together from others say so in words when one of those was missing.
bool saysPartial(const QString &warning)
{
    for (const QLatin1StringView sign :
        {"partial"_L1, "receive series from"_L1, "fetch series"_L1, "remote_read"_L1, "No StoreAPIs matched"_L1}) {
        if (warning.contains(sign, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

class Reader {
    using Object = json::Object;

public:
    Reader(SampleScan &scan, const Limits &limits)
        : m_scan(scan)
        , m_end(scan.document().constEnd())
        , m_limit(limits.values)
        , m_values(scan.values())
    {
    }

    void document(Object root)
    {
        for (auto field : root) {
            const std::string_view key = field.escaped_key();
            const json::Value value = json::unwrap(field.value());
            if (key == "data")
                data(value);
            else if (key == "warnings")
                m_answer.warnings = json::strings(value) + m_answer.warnings;
            else if (key == "infos")
                m_answer.infos = json::strings(value);
            else if (key == "isPartial")
                m_answer.partial = json::boolean(value); // VictoriaMetrics
        }
    }

    qint64 values() const { return m_values; }
    bool isOverLimit() const { return m_values > m_limit; }

    Answer take()
    {
        m_answer.partial = m_answer.partial || std::ranges::any_of(m_answer.warnings, saysPartial);
        if (m_answer.type != Answer::Type::String && !m_single.times.empty())
            m_series.push_back(std::move(m_single));
        m_answer.series = std::make_shared<const std::vector<Series>>(std::move(m_series));
        return std::move(m_answer);
    }

private:
    void data(json::Value value)
    {
        json::fields(value, [&](std::string_view key, json::Value field) {
            if (key == "resultType")
                type(json::text(field));
            else if (key == "result")
                result(field);
        });
    }

    void type(std::string_view name)
    {
        m_answer.type = name == "vector" ? Answer::Type::Vector
            : name == "scalar"           ? Answer::Type::Scalar
            : name == "string"           ? Answer::Type::String
                                         : Answer::Type::Matrix;
    }

    // Series are objects; a scalar and a string are [time, "text"].
    void result(json::Value value)
    {
        qint64 time = 0;
        bool first = true;
        json::elements(value, [&](json::Value element) {
            const simdjson::ondemand::json_type kind = element.type();
            if (kind == simdjson::ondemand::json_type::object) {
                if (!isOverLimit())
                    series(element);
            } else if (std::exchange(first, false)) {
                time = sampleTime(element.raw_json_token());
            } else {
                const simdjson::ondemand::raw_json_string text = element.get_raw_json_string();
                double number = 0;
                if (sampleValue(text.raw(), m_end, number)) {
                    m_single = {.times = {time}, .values = {number}};
                    ++m_values;
                }
                m_answer.string = json::string(element);
            }
        });
    }

    void series(json::Value value)
    {
        Series series;
        std::string_view metric;
        bool histograms = false;
        json::fields(value, [&](std::string_view key, json::Value field) {
            if (key == "metric") {
                Object labels = field.get_object();
                metric = labels.raw_json();
                labels.reset();
                readLabels(labels, series.labels);
            } else if (key == "values" && field.type() == simdjson::ondemand::json_type::number) {
                takeScanned(field, series);
            } else if (key == "values") {
                series.times.reserve(m_expected);
                series.values.reserve(m_expected);
                m_values += readSamples(field, m_end, series);
                m_expected = std::max(m_expected, series.times.size());
            } else if (key == "value") {
                m_values += readSample(field, m_end, series) ? 1 : 0;
            } else if (key == "histogram" || key == "histograms") {
                histograms = true;
            }
        });
        // The server writes equal label sets equally.
        if (!m_seen.insert(metric).second) {
            if (m_duplicates++ < maxNamed)
                m_answer.warnings += Text::tr("The answer has the series %1 twice; the second one is left out.")
                                         .arg(textOf(series.labels));
            return;
        }
        if (histograms && series.times.empty()) {
            if (!std::exchange(m_saidHistograms, true))
                m_answer.warnings += Text::tr("Native histograms such as %1 are left out; histogram_quantile() or "
                                              "histogram_count() make numbers of them.")
                                         .arg(textOf(series.labels));
            return;
        }
        m_series.push_back(std::move(series));
    }

    // "values":N stands for an array that was read ahead.
    void takeScanned(json::Value value, Series &series)
    {
        const uint64_t number = value.get_uint64();
        ScannedSamples *samples = m_scan.samples(number);
        if (!samples)
            throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE); // the server's own number
        series.times = std::move(samples->times);
        series.values = std::move(samples->values);
    }

    void readLabels(Object object, Labels &labels)
    {
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            const QString name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
            labels.insert(labels.cend(), name, json::string(json::unwrap(field.value())));
        }
    }

    static constexpr int maxNamed = 5;

    SampleScan &m_scan;
    const char *m_end;
    qint64 m_limit;
    qint64 m_values;
    size_t m_expected = 0; // points of a series, by the ones before it
    int m_duplicates = 0;
    bool m_saidHistograms = false;
    Answer m_answer;
    Series m_single;
    std::vector<Series> m_series;
    std::unordered_set<std::string_view> m_seen;
};

} // namespace

Result<Answer> parseAnswer(const QByteArray &body, const QString &where, const Limits &limits)
{
    SampleScan scan(body, limits.values);
    static_assert(simdjson::SIMDJSON_PADDING <= 64);
    const auto size = static_cast<size_t>(scan.document().size());
    try {
        simdjson::ondemand::parser parser;
        Reader reader(scan, limits);
        simdjson::ondemand::document document =
            parser.iterate(scan.document().constData(), size, size + simdjson::SIMDJSON_PADDING);
        reader.document(document.get_object().value());
        if (reader.isOverLimit())
            return std::unexpected(Error{.kind = Error::Kind::Invalid,
                .what = Text::tr("The answer has more than %1 values, which is more than can be shown.")
                    .arg(QLocale().toString(limits.values)),
                .where = where,
                .remedy = Text::tr("Ask for fewer series (add labels, or aggregate with sum or topk), a shorter time "
                                   "range, or a longer step.")});
        if (!document.at_end())
            throw simdjson::simdjson_error(simdjson::TRAILING_CONTENT);
        return reader.take();
    } catch (const simdjson::simdjson_error &error) {
        return std::unexpected(Error{.kind = Error::Kind::Protocol,
            .what = Text::tr("The answer of the metrics server is cut off or is not JSON (%1, %2).")
                .arg(QString::fromUtf8(simdjson::error_message(error.error())),
                    QLocale().formattedDataSize(body.size())),
            .where = where,
            .remedy = Text::tr("Try again; if it happens each time, look at what is between here and the server.")});
    }
}

} // namespace kdra::metrics
