// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/samplescan.h"

#include "metrics/samplenumber.h"

#include <QSemaphore>
#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <cstring>

namespace kdra::metrics {
namespace {

constexpr std::string_view opening = "\"values\":[[";
constexpr qsizetype padding = 64; // simdjson reads up to this far behind the text

// Reads [time,"value"] pairs, `at` being behind the first bracket of the array. Where the array ends, behind its
// bracket; nullptr when it is not of the expected form.
const char *readArray(const char *at, const char *end, ScannedSamples &samples)
{
    // The leading digits of a time are those of the one before for hours.
    std::uint64_t leading = 0;
    qint64 leadingSeconds = 0;
    while (end - at > 16 && *at == '[') {
        ++at;
        const char *const token = at;
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        qint64 seconds = 0;
        if (word == leading) {
            seconds = leadingSeconds;
            at += sizeof word;
        } else {
            while (at - token < 8 && *at >= '0' && *at <= '9')
                seconds = seconds * 10 + (*at++ - '0');
            if (at - token == 8) {
                leading = word;
                leadingSeconds = seconds;
            }
        }
        while (at < end && *at >= '0' && *at <= '9' && at - token < 15)
            seconds = seconds * 10 + (*at++ - '0');
        qint64 time = seconds * 1000;
        if (at < end && *at != ',') { // a fraction, a sign, an exponent
            while (at < end && *at != ',')
                ++at;
            time = sampleTime({token, at});
        }
        if (end - at < 4 || at[1] != '"' || at == token)
            return nullptr;
        at += 2;
        double value = 0;
        at = sampleValueEnd(at, end, value);
        if (!at || end - at < 3 || at[1] != ']')
            return nullptr;
        samples.times.push_back(time);
        samples.values.push_back(value);
        at += 2; // the quote and the bracket
        if (*at == ']')
            return at + 1;
        if (*at != ',')
            return nullptr;
        ++at;
    }
    return nullptr;
}

constexpr int partShift = 32; // of a number: the part, and the place in it
constexpr qsizetype largeBody = 1 << 20; // below, threads cost more than they save
constexpr int maxParts = 4;

struct Part {
    const char *begin;
    const char *end;
    QByteArray document = {};
    std::vector<ScannedSamples> scanned = {};
    qint64 values = 0;
};

const char *find(const char *from, const char *end)
{
    return static_cast<const char *>(::memmem(from, static_cast<size_t>(end - from), opening.data(), opening.size()));
}

void scan(Part &part, quint64 number, qint64 limit)
{
    const char *at = part.begin;
    size_t expected = 0;
    // Inside of a string the quotes would have backslashes before them, so what is found is a key.
    while (part.values <= limit) {
        const char *const found = find(at, part.end);
        if (!found)
            break;
        const char *const array = found + opening.size() - 1;
        ScannedSamples samples;
        samples.times.reserve(expected);
        samples.values.reserve(expected);
        const char *const behind = readArray(array, part.end, samples);
        if (!behind) {
            part.document.append(at, array - at);
            at = array;
            continue;
        }
        expected = samples.times.size();
        part.document.append(at, array - 1 - at);
        part.document.append(QByteArray::number((number << partShift) | part.scanned.size()));
        part.values += static_cast<qint64>(samples.times.size());
        part.scanned.push_back(std::move(samples));
        at = behind;
    }
    part.document.append(at, part.end - at);
}

// At the beginnings of arrays, so that none is in two parts.
std::vector<Part> split(const QByteArray &body)
{
    const char *const begin = body.constData();
    const char *const end = begin + body.size();
    std::vector<Part> parts{{.begin = begin, .end = end}};
    const int count = body.size() < largeBody ? 1 : std::min(QThread::idealThreadCount(), maxParts);
    for (int i = 1; i < count; ++i) {
        const char *const next = find(std::max(parts.back().begin + 1, begin + body.size() / count * i), end);
        if (!next)
            break;
        parts.back().end = next;
        parts.push_back({.begin = next, .end = end});
    }
    return parts;
}

} // namespace

SampleScan::SampleScan(const QByteArray &body, qint64 limit)
{
    std::vector<Part> parts = split(body);
    QSemaphore done;
    int elsewhere = 0;
    for (size_t i = 1; i < parts.size(); ++i) {
        // Never waits for a thread: without a free one it is done here.
        if (QThreadPool::globalInstance()->tryStart([&parts, &done, i, limit] {
                scan(parts[i], i, limit);
                done.release();
            }))
            ++elsewhere;
        else
            scan(parts[i], i, limit);
    }
    scan(parts.front(), 0, limit);
    done.acquire(elsewhere);
    for (Part &part : parts) {
        m_document.append(part.document);
        m_parts.push_back(std::move(part.scanned));
        m_values += part.values;
    }
    m_document.reserve(m_document.size() + padding);
}

ScannedSamples *SampleScan::samples(quint64 number)
{
    const quint64 part = number >> partShift;
    const quint64 place = number & 0xffffffff;
    return part < m_parts.size() && place < m_parts[part].size() ? &m_parts[part][place] : nullptr;
}

} // namespace kdra::metrics
