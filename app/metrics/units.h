// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

#include <optional>

namespace kdra::metrics {

// What numbers are of, by Grafana's names (packages/grafana-data/src/valueFormats/categories.ts), and how they are
// written: "bytes" as "1.50 GiB", "percentunit" as "37 %", "s" as "2.5 min". A name that nobody knows is a suffix.
// Numbers and their units are held together by no-break spaces. A value; any thread.
class Unit {
public:
    enum class Kind : quint8 {
        Plain, // the number, never scaled
        Decimal, // k, M, G … of 1000
        Binary, // Ki, Mi, Gi … of 1024
        Percent, // the factor is 1, or 100 for parts of one
        Duration, // the factor makes seconds of it
        Clock, // a duration as "1 d 2 h", or "26:03:04"
        Date, // milliseconds since the epoch
        Bool,
        Hexadecimal,
        Scientific,
    };

    Unit() = default; // "none"
    explicit Unit(const QString &name);

    Kind kind() const { return m_kind; }
    const QString &name() const { return m_name; }

    // The symbol for numbers about as large as `magnitude`, and what they are multiplied by.
    struct Scale {
        double factor = 1;
        QString symbol = {};
        bool operator==(const Scale &) const = default;
    };
    Scale scaleFor(double magnitude) const;

    // With as many decimals as asked for, else about three digits. "NaN" and "+∞" as such.
    QString text(double value, std::optional<int> decimals = {}, const QLocale &locale = QLocale()) const;
    // With the scale of others beside it, as on an axis.
    QString text(double value, const Scale &scale, int decimals, const QLocale &locale = QLocale()) const;

private:
    struct Known;
    static const Known *find(const QString &name);
    QString clockText(double seconds) const;
    QString dateText(double milliseconds, const QLocale &locale) const;
    QString boolText(bool value) const;

    QString m_name;
    QString m_prefix; // "€"
    QString m_symbol; // "B"
    double m_factor = 1;
    Kind m_kind = Kind::Plain;
    bool m_attached = false; // "1.2k ops/s": the scale belongs to the number, not to the symbol
    int m_exponent = 0; // "kbytes": the numbers are in thousands already
};

// Decimals that show about three digits of a number, none of whole ones.
int decimalsFor(double scaled);

} // namespace kdra::metrics
