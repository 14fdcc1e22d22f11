// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <expected>

namespace kdra::environments {

// A piece of a scalar: literal text, or a placeholder's name.
struct Piece {
    QString text = {};
    bool placeholder = false;
    bool operator==(const Piece &) const = default;
};

// Takes "web.${host}" apart; "$${" stands for "${". The error is a sentence without a place.
std::expected<QList<Piece>, QString> piecesOf(const QString &text);

// The other way round: a text that piecesOf() gives back as it is.
QString escaped(QString literal);

// [a-z][A-Za-z0-9]*, or of the environment ("environment.name").
bool isParameterName(QStringView name);
bool isEnvironmentName(QStringView name);

} // namespace kdra::environments
