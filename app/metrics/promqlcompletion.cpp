// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/promqlcompletion.h"

#include "metrics/promfunctions.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kdra::metrics {
namespace {

constexpr qsizetype mostOffers = 200;
constexpr int mostNames = 20000;
constexpr qsizetype mostQuestions = 200;
constexpr qint64 freshMilliseconds = 60000;
const QChar separator(u'\n');

// How well `text` fits what was written: 0 begins with it, 1 has it after a joint, 2 has it somewhere; -1 not at all.
int rankOf(const QString &text, const QString &prefix)
{
    if (text.startsWith(prefix, Qt::CaseInsensitive))
        return 0;
    const qsizetype at = text.indexOf(prefix, 0, Qt::CaseInsensitive);
    if (at < 0)
        return -1;
    // Few letters are in the middle of nearly everything.
    constexpr qsizetype telling = 3;
    if (text[at - 1].isLetterOrNumber())
        return prefix.size() < telling ? -1 : 2;
    return 1;
}

// Collects what fits, the best first; what fits equally well stays in its order.
class Fitting {
public:
    explicit Fitting(QString prefix)
        : m_prefix(std::move(prefix))
    {
    }
    template <class Make> void add(const QString &text, Make make)
    {
        const int rank = rankOf(text, m_prefix);
        if (rank >= 0 && m_ranks[static_cast<size_t>(rank)].size() < mostOffers)
            m_ranks[static_cast<size_t>(rank)].append(make());
    }
    void add(const PromOffer &offer)
    {
        add(offer.text, [&] { return offer; });
    }
    QList<PromOffer> all() const
    {
        const QList<PromOffer> all = m_ranks[0] + m_ranks[1] + m_ranks[2];
        return all.first(std::min(mostOffers, all.size()));
    }

private:
    QString m_prefix;
    std::array<QList<PromOffer>, 3> m_ranks;
};

// Those that most queries are made of come first.
std::vector<PromFunction> byUse()
{
    static constexpr QLatin1StringView often[] = {"rate"_L1, "sum"_L1, "avg"_L1, "max"_L1, "min"_L1, "count"_L1,
        "increase"_L1, "histogram_quantile"_L1, "topk"_L1};
    std::vector<PromFunction> functions(promFunctions().begin(), promFunctions().end());
    std::ranges::stable_sort(
        functions, {}, [](const PromFunction &one) { return std::ranges::find(often, one.name) - std::begin(often); });
    return functions;
}

void addFunctions(Fitting &fitting)
{
    static const std::vector<PromFunction> functions = byUse();
    for (const PromFunction &function : functions) {
        const bool aggregates = function.kind == PromFunction::Kind::Aggregation;
        const bool takesNothing = function.arguments.isEmpty();
        fitting.add({.kind = aggregates ? PromOffer::Kind::Aggregation : PromOffer::Kind::Function,
            .text = function.name,
            .written = function.name + u"()"_s,
            .back = takesNothing ? 0 : 1,
            .type = aggregates ? PromqlCompletion::tr("aggregation") : PromqlCompletion::tr("function"),
            .help = function.signature() + u": "_s + function.explanation()});
    }
}

void addKeywords(Fitting &fitting)
{
    const std::pair<QString, QString> words[] = {
        {u"by"_s, PromqlCompletion::tr("Groups by these labels and drops the others.")},
        {u"without"_s, PromqlCompletion::tr("Groups by all labels but these.")},
        {u"and"_s, PromqlCompletion::tr("The series on the left that have a partner on the right.")},
        {u"or"_s, PromqlCompletion::tr("The series on the left, and those on the right that have no partner there.")},
        {u"unless"_s, PromqlCompletion::tr("The series on the left that have no partner on the right.")},
        {u"offset"_s, PromqlCompletion::tr("The values of some time ago.")},
        {u"on"_s, PromqlCompletion::tr("Partners are alike in these labels.")},
        {u"ignoring"_s, PromqlCompletion::tr("Partners are alike in all labels but these.")},
        {u"group_left"_s, PromqlCompletion::tr("Several on the left have the same partner on the right.")},
        {u"group_right"_s, PromqlCompletion::tr("Several on the right have the same partner on the left.")},
        {u"atan2"_s, PromqlCompletion::tr("The arc tangent of left through right, in radians.")},
    };
    for (const auto &[word, help] : words) {
        const bool takesLabels =
            word != "and"_L1 && word != "or"_L1 && word != "unless"_L1 && word != "offset"_L1 && word != "atan2"_L1;
        fitting.add({.kind = PromOffer::Kind::Keyword,
            .text = word,
            .written = word + (takesLabels ? u" ()"_s : u" "_s),
            .back = takesLabels ? 1 : 0,
            .type = PromqlCompletion::tr("word"),
            .help = help});
    }
}

void addDurations(Fitting &fitting)
{
    const std::pair<QString, QString> durations[] = {
        {u"$__rate_interval"_s, PromqlCompletion::tr("Long enough for rate() at every zoom: at least four scrapes.")},
        {u"1m"_s, PromqlCompletion::tr("A minute.")},
        {u"5m"_s, PromqlCompletion::tr("Five minutes.")},
        {u"10m"_s, PromqlCompletion::tr("Ten minutes.")},
        {u"30m"_s, PromqlCompletion::tr("Half an hour.")},
        {u"1h"_s, PromqlCompletion::tr("An hour.")},
        {u"6h"_s, PromqlCompletion::tr("Six hours.")},
        {u"1d"_s, PromqlCompletion::tr("A day.")},
        {u"1w"_s, PromqlCompletion::tr("A week.")},
        {u"$__interval"_s, PromqlCompletion::tr("The distance between two points of the plot.")},
        {u"$__range"_s, PromqlCompletion::tr("The whole time that is shown.")},
    };
    for (const auto &[text, help] : durations)
        fitting.add(
            {.kind = PromOffer::Kind::Duration, .text = text, .type = PromqlCompletion::tr("time"), .help = help});
}

// A histogram's buckets have no entry of their own.
Metadata metadataOf(const MetadataByName &all, const QString &metric)
{
    const auto found = all.constFind(metric);
    if (found != all.constEnd())
        return *found;
    for (const QLatin1StringView suffix : {"_bucket"_L1, "_count"_L1, "_sum"_L1, "_total"_L1}) {
        if (metric.endsWith(suffix))
            return all.value(metric.chopped(suffix.size()));
    }
    return {};
}

PromOffer valueOffer(const QString &value, const PromPlace &place)
{
    PromOffer offer{.kind = PromOffer::Kind::Value, .text = value, .type = PromqlCompletion::tr("value")};
    if (place.quote.isNull())
        offer.written = u'"' + quotedText(value, u'"') + u'"';
    else
        offer.written = quotedText(value, place.quote) + (place.closed ? QString() : QString(place.quote));
    return offer;
}

} // namespace

QString PromOffer::toWrite() const
{
    return written.isEmpty() ? text : written;
}

PromqlCompletion::PromqlCompletion(QObject *parent)
    : QObject(parent)
{
}

PromqlCompletion::~PromqlCompletion() = default;

void PromqlCompletion::setClient(std::shared_ptr<PromClient> client)
{
    if (m_client == client)
        return;
    m_names.cancel();
    m_metadataAsked.cancel();
    m_client = std::move(client);
    m_known.clear();
    m_asked.clear();
    m_metadata.clear();
    m_hasMetadata = false;
    m_error.reset();
}

void PromqlCompletion::setMoments(const Moments &moments)
{
    m_moments = moments;
}

QString PromqlCompletion::question() const
{
    const QString of = separator + m_place.selectors.join(separator);
    switch (m_place.kind) {
    case PromPlace::Kind::Expression:
        return u"metrics"_s;
    case PromPlace::Kind::LabelName:
    case PromPlace::Kind::Grouping:
        return u"labels"_s + of;
    case PromPlace::Kind::LabelValue:
        return u"values "_s + m_place.label + of;
    case PromPlace::Kind::None:
    case PromPlace::Kind::Continuation:
    case PromPlace::Kind::Duration:
        break;
    }
    return {};
}

void PromqlCompletion::complete(const QString &text, qsizetype cursor)
{
    m_place = promPlace(text, cursor);
    offer();
    const QString wanted = question();
    if (!m_client || wanted.isEmpty()) {
        m_names.cancel();
        return;
    }
    const auto known = m_known.constFind(wanted);
    // A live range moves on all the time; what was seen a minute ago is what there is.
    const bool fresh = known != m_known.constEnd() && known->age.elapsed() < freshMilliseconds
        && known->moments.length() == m_moments.length()
        && std::abs(known->moments.to - m_moments.to) < 2 * freshMilliseconds;
    if (!fresh && !(m_names.isAsking() && m_asked == wanted))
        ask(wanted);
    else if (fresh)
        m_names.cancel();
    if (m_place.kind == PromPlace::Kind::Expression && !m_hasMetadata && !m_metadataAsked.isAsking())
        askMetadata();
}

void PromqlCompletion::ask(const QString &question)
{
    m_asked = question;
    m_error.reset();
    // Names are what the server says of the metrics; values of the label.
    QFuture<Result<Names>> answer;
    if (m_place.kind == PromPlace::Kind::Expression) {
        answer = m_client->labelValues(u"__name__"_s, {}, m_moments.from, m_moments.to, mostNames);
    } else if (m_place.kind == PromPlace::Kind::LabelValue) {
        answer = m_client->labelValues(m_place.label, m_place.selectors, m_moments.from, m_moments.to, mostNames);
    } else {
        answer = m_client->labels(m_place.selectors, m_moments.from, m_moments.to);
    }
    m_names.ask(answer, this, [this, question, moments = m_moments](const Result<Names> &names) {
        if (!names) {
            m_error = names.error();
            Q_EMIT changed();
            return;
        }
        if (m_known.size() >= mostQuestions)
            m_known.clear();
        Known known{.names = names->items, .age = {}, .moments = moments};
        known.age.start();
        m_known.insert(question, known);
        if (question == this->question()) {
            offer();
            Q_EMIT changed();
        }
    });
}

// Once a server; without it metrics are offered all the same.
void PromqlCompletion::askMetadata()
{
    m_metadataAsked.ask(m_client->metadata(), this, [this](const Result<MetadataByName> &metadata) {
        m_hasMetadata = true;
        if (!metadata)
            return;
        m_metadata = *metadata;
        offer();
        Q_EMIT changed();
    });
}

void PromqlCompletion::offer()
{
    Fitting fitting(m_place.prefix);
    const QStringList names = m_known.value(question()).names;
    switch (m_place.kind) {
    case PromPlace::Kind::None:
        m_offers.clear();
        return;
    case PromPlace::Kind::Expression:
        // Where nothing is written yet, one looks for a metric.
        if (!m_place.prefix.isEmpty())
            addFunctions(fitting);
        for (const QString &name : names) {
            fitting.add(name, [&] {
                const Metadata known = metadataOf(m_metadata, name);
                return PromOffer{
                    .text = name, .type = known.type.isEmpty() ? tr("metric") : known.type, .help = known.help};
            });
        }
        if (m_place.prefix.isEmpty())
            addFunctions(fitting);
        break;
    case PromPlace::Kind::Continuation:
        addKeywords(fitting);
        break;
    case PromPlace::Kind::LabelName:
    case PromPlace::Kind::Grouping:
        for (const QString &name : names) {
            if (name == "__name__"_L1)
                continue;
            const bool matches = m_place.kind == PromPlace::Kind::LabelName;
            fitting.add({.kind = PromOffer::Kind::Label,
                .text = name,
                .written = matches && m_place.length == m_place.prefix.size() ? name + u"=\"\""_s : QString(),
                .back = matches && m_place.length == m_place.prefix.size() ? 1 : 0,
                .type = tr("label")});
        }
        break;
    case PromPlace::Kind::LabelValue:
        for (const QString &value : names)
            fitting.add(value, [&] { return valueOffer(value, m_place); });
        break;
    case PromPlace::Kind::Duration:
        addDurations(fitting);
        break;
    }
    m_offers = fitting.all();
}

} // namespace kdra::metrics
