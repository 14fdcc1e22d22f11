// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/units.h"

#include <QCoreApplication>
#include <QDateTime>

#include <array>
#include <cmath>
#include <limits>
#include <span>

namespace kdra::metrics {

using namespace Qt::StringLiterals;

struct Unit::Known {
    QStringView name;
    Kind kind = Kind::Plain;
    QStringView symbol = {};
    double factor = 1;
    int exponent = 0;
    bool attached = false;
};

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::metrics::Unit)
};

constexpr QChar noBreak(0x00a0);
constexpr std::array<QStringView, 9> decimalPrefixes{u"", u"k", u"M", u"G", u"T", u"P", u"E", u"Z", u"Y"};
constexpr std::array<QStringView, 9> binaryPrefixes{u"", u"Ki", u"Mi", u"Gi", u"Ti", u"Pi", u"Ei", u"Zi", u"Yi"};
constexpr std::array<QStringView, 5> smallPrefixes{u"", u"m", u"µ", u"n", u"p"};

struct Step {
    double seconds;
    QStringView symbol;
};
constexpr std::array<Step, 7> durationSteps{
    {{86400, u"d"}, {3600, u"h"}, {60, u"min"}, {1, u"s"}, {1e-3, u"ms"}, {1e-6, u"µs"}, {1e-9, u"ns"}}};

// Percent signs stand alone in these languages.
QString percentSign(const QLocale &locale)
{
    switch (locale.language()) {
    case QLocale::German:
    case QLocale::French:
    case QLocale::Spanish:
    case QLocale::Swedish:
    case QLocale::Finnish:
    case QLocale::NorwegianBokmal:
    case QLocale::Danish:
    case QLocale::Czech:
        return u"\u00a0%"_s;
    default:
        return u"%"_s;
    }
}

// Beyond this a number in digits is longer than anybody reads.
constexpr double longest = 1e7;

QString numberText(double value, int decimals, const QLocale &locale)
{
    if (std::abs(value) >= longest * 1e9 || (value != 0 && std::abs(value) < 1e-12))
        return locale.toString(value, 'e', 2);
    QString text = locale.toString(value, 'f', std::clamp(decimals, 0, 15));
    // "-0" is what rounding leaves of something small.
    if (value < 0 && locale.toDouble(text) == 0)
        text = locale.toString(0.0, 'f', std::clamp(decimals, 0, 15));
    text.replace(u'-', u'−');
    return text;
}

}

const Unit::Known *Unit::find(const QString &name)
{
    using enum Kind;
    static constexpr std::array known{
        Known{u"none", Plain},
        Known{u"string", Plain},
        Known{u"locale", Plain},
        Known{u"short", Decimal, {}, 1, 0, true},
        Known{u"sishort", Decimal, {}, 1, 0, true},
        Known{u"percent", Percent},
        Known{u"percentunit", Percent, {}, 100},
        Known{u"humidity", Plain, u"%H"},
        Known{u"dB", Plain, u"dB"},
        Known{u"ppm", Plain, u"ppm"},
        Known{u"hex", Hexadecimal},
        Known{u"hex0x", Hexadecimal, u"0x"},
        Known{u"sci", Scientific},
        // Data
        Known{u"bytes", Binary, u"B"},
        Known{u"bits", Binary, u"b"},
        Known{u"decbytes", Decimal, u"B"},
        Known{u"decbits", Decimal, u"b"},
        Known{u"kbytes", Binary, u"B", 1, 1},
        Known{u"mbytes", Binary, u"B", 1, 2},
        Known{u"gbytes", Binary, u"B", 1, 3},
        Known{u"tbytes", Binary, u"B", 1, 4},
        Known{u"pbytes", Binary, u"B", 1, 5},
        Known{u"deckbytes", Decimal, u"B", 1, 1},
        Known{u"decmbytes", Decimal, u"B", 1, 2},
        Known{u"decgbytes", Decimal, u"B", 1, 3},
        Known{u"dectbytes", Decimal, u"B", 1, 4},
        Known{u"decpbytes", Decimal, u"B", 1, 5},
        // Data rate
        Known{u"pps", Decimal, u"p/s", 1, 0, true},
        Known{u"binBps", Binary, u"B/s"},
        Known{u"Bps", Decimal, u"B/s"},
        Known{u"binbps", Binary, u"b/s"},
        Known{u"bps", Decimal, u"b/s"},
        Known{u"KiBs", Binary, u"B/s", 1, 1},
        Known{u"MiBs", Binary, u"B/s", 1, 2},
        Known{u"GiBs", Binary, u"B/s", 1, 3},
        Known{u"TiBs", Binary, u"B/s", 1, 4},
        Known{u"PiBs", Binary, u"B/s", 1, 5},
        Known{u"Kibits", Binary, u"b/s", 1, 1},
        Known{u"Mibits", Binary, u"b/s", 1, 2},
        Known{u"Gibits", Binary, u"b/s", 1, 3},
        Known{u"Tibits", Binary, u"b/s", 1, 4},
        Known{u"Pibits", Binary, u"b/s", 1, 5},
        Known{u"KBs", Decimal, u"B/s", 1, 1},
        Known{u"MBs", Decimal, u"B/s", 1, 2},
        Known{u"GBs", Decimal, u"B/s", 1, 3},
        Known{u"TBs", Decimal, u"B/s", 1, 4},
        Known{u"PBs", Decimal, u"B/s", 1, 5},
        Known{u"Kbits", Decimal, u"b/s", 1, 1},
        Known{u"Mbits", Decimal, u"b/s", 1, 2},
        Known{u"Gbits", Decimal, u"b/s", 1, 3},
        Known{u"Tbits", Decimal, u"b/s", 1, 4},
        Known{u"Pbits", Decimal, u"b/s", 1, 5},
        // Throughput
        Known{u"cps", Decimal, u"c/s", 1, 0, true},
        Known{u"ops", Decimal, u"ops/s", 1, 0, true},
        Known{u"reqps", Decimal, u"req/s", 1, 0, true},
        Known{u"rps", Decimal, u"rd/s", 1, 0, true},
        Known{u"wps", Decimal, u"wr/s", 1, 0, true},
        Known{u"iops", Decimal, u"io/s", 1, 0, true},
        Known{u"recps", Decimal, u"rec/s", 1, 0, true},
        Known{u"rowsps", Decimal, u"rows/s", 1, 0, true},
        Known{u"eps", Decimal, u"evt/s", 1, 0, true},
        Known{u"mps", Decimal, u"msg/s", 1, 0, true},
        Known{u"cpm", Decimal, u"c/min", 1, 0, true},
        Known{u"opm", Decimal, u"ops/min", 1, 0, true},
        Known{u"reqpm", Decimal, u"req/min", 1, 0, true},
        Known{u"rpm", Decimal, u"rd/min", 1, 0, true},
        Known{u"wpm", Decimal, u"wr/min", 1, 0, true},
        Known{u"epm", Decimal, u"evt/min", 1, 0, true},
        Known{u"mpm", Decimal, u"msg/min", 1, 0, true},
        // Time
        Known{u"hertz", Decimal, u"Hz"},
        Known{u"rothz", Decimal, u"Hz"},
        Known{u"rotrpm", Plain, u"rpm"},
        Known{u"ns", Duration, {}, 1e-9},
        Known{u"µs", Duration, {}, 1e-6},
        Known{u"us", Duration, {}, 1e-6},
        Known{u"ms", Duration, {}, 1e-3},
        Known{u"s", Duration, {}, 1},
        Known{u"m", Duration, {}, 60},
        Known{u"h", Duration, {}, 3600},
        Known{u"d", Duration, {}, 86400},
        Known{u"timeticks", Duration, {}, 0.01},
        Known{u"dtdurationms", Clock, {}, 1e-3},
        Known{u"dtdurations", Clock, {}, 1},
        Known{u"clockms", Clock, {}, 1e-3},
        Known{u"clocks", Clock, {}, 1},
        Known{u"dthms", Clock, u":", 1},
        Known{u"dthmsms", Clock, u":", 1e-3},
        Known{u"dateTimeAsIso", Date, u"yyyy-MM-dd HH:mm:ss"},
        Known{u"dateTimeAsIsoNoDateIfToday", Date, u"today|yyyy-MM-dd HH:mm:ss"},
        Known{u"dateTimeAsUS", Date, u"MM/dd/yyyy h:mm:ss AP"},
        Known{u"dateTimeAsUSNoDateIfToday", Date, u"today|MM/dd/yyyy HH:mm:ss"},
        Known{u"dateTimeAsLocal", Date},
        Known{u"dateTimeAsLocalNoDateIfToday", Date, u"today|"},
        Known{u"dateTimeAsSystem", Date},
        Known{u"dateTimeFromNow", Date, u"ago"},
        // Power and energy
        Known{u"watt", Decimal, u"W"},
        Known{u"kwatt", Decimal, u"W", 1, 1},
        Known{u"megwatt", Decimal, u"W", 1, 2},
        Known{u"gwatt", Decimal, u"W", 1, 3},
        Known{u"mwatt", Decimal, u"W", 1, -1},
        Known{u"Wm2", Decimal, u"W/m²"},
        Known{u"voltamp", Decimal, u"VA"},
        Known{u"kvoltamp", Decimal, u"VA", 1, 1},
        Known{u"voltampreact", Decimal, u"var"},
        Known{u"watth", Decimal, u"Wh"},
        Known{u"kwatth", Decimal, u"Wh", 1, 1},
        Known{u"joule", Decimal, u"J"},
        Known{u"ev", Decimal, u"eV"},
        Known{u"amp", Decimal, u"A"},
        Known{u"kamp", Decimal, u"A", 1, 1},
        Known{u"mamp", Decimal, u"A", 1, -1},
        Known{u"amph", Decimal, u"Ah"},
        Known{u"mamph", Decimal, u"Ah", 1, -1},
        Known{u"volt", Decimal, u"V"},
        Known{u"kvolt", Decimal, u"V", 1, 1},
        Known{u"mvolt", Decimal, u"V", 1, -1},
        Known{u"dBm", Plain, u"dBm"},
        Known{u"ohm", Decimal, u"Ω"},
        Known{u"kohm", Decimal, u"Ω", 1, 1},
        Known{u"Mohm", Decimal, u"Ω", 1, 2},
        Known{u"farad", Decimal, u"F"},
        Known{u"henry", Decimal, u"H"},
        // What sensors tell
        Known{u"celsius", Plain, u"°C"},
        Known{u"fahrenheit", Plain, u"°F"},
        Known{u"kelvin", Plain, u"K"},
        Known{u"pressurembar", Decimal, u"bar", 1, -1},
        Known{u"pressurebar", Decimal, u"bar"},
        Known{u"pressurehpa", Plain, u"hPa"},
        Known{u"pressurekpa", Plain, u"kPa"},
        Known{u"lengthmm", Decimal, u"m", 1, -1},
        Known{u"lengthm", Decimal, u"m"},
        Known{u"lengthkm", Decimal, u"m", 1, 1},
        Known{u"velocityms", Plain, u"m/s"},
        Known{u"velocitykmh", Plain, u"km/h"},
        Known{u"lux", Plain, u"lx"},
        Known{u"degree", Plain, u"°"},
        Known{u"radian", Plain, u"rad"},
        Known{u"flops", Decimal, u"FLOPS", 1, 0, true},
        // Words
        Known{u"bool", Bool},
        Known{u"bool_yes_no", Bool, u"yes"},
        Known{u"bool_on_off", Bool, u"on"},
        // Money
        Known{u"currencyUSD", Decimal, u"$", 1, 0, true},
        Known{u"currencyEUR", Decimal, u"€", 1, 0, true},
        Known{u"currencyGBP", Decimal, u"£", 1, 0, true},
    };
    for (const Known &unit : known) {
        if (unit.name == name)
            return &unit;
    }
    return nullptr;
}

Unit::Unit(const QString &name)
    : m_name(name)
{
    const auto after = [&name](QLatin1StringView start) { return name.sliced(start.size()).left(40); };
    if (const Known *known = find(name)) {
        m_kind = known->kind;
        m_symbol = known->symbol.toString();
        m_factor = known->factor;
        m_exponent = known->exponent;
        m_attached = known->attached;
        if (name.startsWith("currency"_L1))
            m_prefix = std::exchange(m_symbol, {});
    } else if (name.startsWith("prefix:"_L1)) {
        m_prefix = after("prefix:"_L1);
    } else if (name.startsWith("suffix:"_L1)) {
        m_symbol = after("suffix:"_L1);
    } else if (name.startsWith("count:"_L1)) {
        m_kind = Kind::Decimal;
        m_attached = true;
        m_symbol = after("count:"_L1);
    } else if (name.startsWith("si:"_L1)) {
        // "si:mF": what is measured in thousandths already.
        m_kind = Kind::Decimal;
        m_symbol = after("si:"_L1);
        for (size_t i = 1; i < decimalPrefixes.size() && m_symbol.size() > 1; ++i) {
            const bool small = i < smallPrefixes.size() && m_symbol.startsWith(smallPrefixes[i]);
            if (small || m_symbol.startsWith(decimalPrefixes[i])) {
                m_exponent = small ? -int(i) : int(i);
                m_symbol.remove(0, 1);
                break;
            }
        }
    } else if (name.startsWith("currency:"_L1)) {
        m_kind = Kind::Decimal;
        m_attached = true;
        m_prefix = after("currency:"_L1);
    } else if (name.startsWith("time:"_L1)) {
        m_kind = Kind::Date;
        // Moment's letters are Qt's but for these.
        m_symbol = after("time:"_L1).replace(u"YYYY"_s, u"yyyy"_s).replace(u"YY"_s, u"yy"_s).replace(u"DD"_s, u"dd"_s);
    } else {
        m_symbol = name.left(40);
    }
}

Unit::Scale Unit::scaleFor(double magnitude) const
{
    magnitude = std::abs(magnitude);
    switch (m_kind) {
    case Kind::Percent:
        return {m_factor, {}};
    case Kind::Duration: {
        const double seconds = magnitude * m_factor;
        if (!(seconds > 0))
            return {m_factor, u"s"_s};
        for (const Step &step : durationSteps) {
            if (seconds >= step.seconds * (1 - 1e-12))
                return {m_factor / step.seconds, step.symbol.toString()};
        }
        return {m_factor / durationSteps.back().seconds, durationSteps.back().symbol.toString()};
    }
    case Kind::Decimal:
    case Kind::Binary: {
        const double base = m_kind == Kind::Binary ? 1024 : 1000;
        const auto &prefixes = m_kind == Kind::Binary ? binaryPrefixes : decimalPrefixes;
        if (!(magnitude > 0) || !std::isfinite(magnitude))
            magnitude = 1;
        int exponent = m_exponent;
        double factor = 1;
        const int most = int(prefixes.size()) - 1;
        while (magnitude * factor >= base * (1 - 1e-12) && exponent < most) {
            factor /= base;
            ++exponent;
        }
        // Milliwatts there are; millibytes and thousandths of a count there are not.
        const int least = m_kind == Kind::Binary || m_attached || m_symbol.startsWith(u'B') || m_symbol.startsWith(u'b')
            ? 0
            : 1 - int(smallPrefixes.size());
        while (magnitude * factor < 1 - 1e-12 && exponent > std::max(least, exponent > 0 ? 0 : least)) {
            factor *= base;
            --exponent;
        }
        const QStringView prefix = exponent >= 0 ? prefixes[size_t(exponent)] : smallPrefixes[size_t(-exponent)];
        return {factor, m_attached ? prefix.toString() : prefix.toString() + m_symbol};
    }
    default:
        return {m_factor, m_symbol};
    }
}

QString Unit::text(double value, std::optional<int> decimals, const QLocale &locale) const
{
    const Scale scale = scaleFor(value);
    return text(value, scale, decimals.value_or(decimalsFor(value * scale.factor)), locale);
}

QString Unit::text(double value, const Scale &scale, int decimals, const QLocale &locale) const
{
    if (std::isnan(value))
        return u"NaN"_s;
    if (std::isinf(value))
        return value > 0 ? u"+∞"_s : u"−∞"_s;
    const double scaled = value * scale.factor;
    switch (m_kind) {
    case Kind::Clock:
        return clockText(value * m_factor);
    case Kind::Date:
        return dateText(value, locale);
    case Kind::Bool:
        return boolText(value != 0);
    case Kind::Hexadecimal:
        return std::abs(value) < 9e15
            ? (value < 0 ? u"−"_s : QString()) + m_symbol + QString::number(qint64(std::abs(value)), 16).toUpper()
            : locale.toString(value, 'e', 2);
    case Kind::Scientific:
        return locale.toString(value, 'e', std::clamp(decimals, 0, 15)).replace(u'-', u'−');
    case Kind::Percent:
        return numberText(scaled, decimals, locale) + percentSign(locale);
    default:
        break;
    }
    QString text = m_prefix + numberText(scaled, decimals, locale);
    if (m_attached) {
        text += scale.symbol;
        if (!m_symbol.isEmpty())
            text += noBreak + m_symbol;
    } else if (scale.symbol == u"°") {
        text += scale.symbol;
    } else if (!scale.symbol.isEmpty()) {
        text += noBreak + scale.symbol;
    }
    return text;
}

QString Unit::clockText(double seconds) const
{
    const QString sign = seconds < 0 ? u"−"_s : QString();
    if (std::abs(seconds) > 1e15)
        return QLocale().toString(seconds, 'e', 2) + noBreak + u's';
    const auto whole = qint64(std::abs(seconds));
    if (m_symbol == ":"_L1)
        return sign
            + u"%1:%2:%3"_s.arg(whole / 3600, 2, 10, QChar(u'0'))
                  .arg(whole / 60 % 60, 2, 10, QChar(u'0'))
                  .arg(whole % 60, 2, 10, QChar(u'0'));
    // Two units say enough.
    const std::array<std::pair<qint64, QStringView>, 4> parts{
        {{whole / 86400, u"d"}, {whole / 3600 % 24, u"h"}, {whole / 60 % 60, u"min"}, {whole % 60, u"s"}}};
    for (size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].first == 0 && i + 1 < parts.size())
            continue;
        QString text = sign + QString::number(parts[i].first) + noBreak + parts[i].second.toString();
        if (i + 1 < parts.size() && parts[i + 1].first > 0)
            text += noBreak + QString::number(parts[i + 1].first) + noBreak + parts[i + 1].second.toString();
        return text;
    }
    return {};
}

QString Unit::dateText(double milliseconds, const QLocale &locale) const
{
    // What QDateTime can tell; a counter that is taken for a time is not one.
    if (!(std::abs(milliseconds) < 2e14))
        return numberText(milliseconds, 0, locale);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(qint64(milliseconds));
    QString format = m_symbol;
    if (format == "ago"_L1) {
        const double seconds = double(QDateTime::currentMSecsSinceEpoch()) / 1e3 - milliseconds / 1e3;
        const QString span = Unit(u"dtdurations"_s).clockText(std::abs(seconds));
        return seconds < 0 ? Words::tr("in %1").arg(span) : Words::tr("%1 ago").arg(span);
    }
    if (format.startsWith("today|"_L1)) {
        if (time.date() == QDate::currentDate())
            return locale.toString(time.time(), u"HH:mm:ss");
        format.remove(0, 6);
    }
    return format.isEmpty() ? locale.toString(time, QLocale::ShortFormat) : locale.toString(time, format);
}

QString Unit::boolText(bool value) const
{
    if (m_symbol == "yes"_L1)
        return value ? Words::tr("Yes") : Words::tr("No");
    if (m_symbol == "on"_L1)
        return value ? Words::tr("On") : Words::tr("Off");
    return value ? Words::tr("True") : Words::tr("False");
}

int decimalsFor(double scaled)
{
    scaled = std::abs(scaled);
    if (!std::isfinite(scaled) || scaled == 0 || scaled >= 100 || scaled == std::round(scaled))
        return 0;
    if (scaled >= 10)
        return 1;
    if (scaled >= 1)
        return 2;
    return std::min(15, 2 - int(std::floor(std::log10(scaled))));
}

} // namespace kdra::metrics
