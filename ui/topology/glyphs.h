// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/records.h"

#include <QColor>
#include <QRectF>

#include <optional>

class QPainter;

// Small drawings: what tells severities and machines apart without colour. The painter is antialiased.
namespace kdra::ui {

// Dot, arc, triangle, cross, hatch.
void paintSeverityGlyph(QPainter &painter, const QRectF &rect, store::Severity severity, const QColor &colour);

// A rounded cell, with the glyph of a severity when there is room for one.
void paintCell(QPainter &painter, const QRectF &rect, std::optional<store::Severity> mark, const QColor &colour);

// A Raspberry Pi's board seen from above: header pins, chip, ports.
void paintBoard(QPainter &painter, const QRectF &rect, const QColor &board, const QColor &details);

// A server: two rack units with a lamp.
void paintServer(QPainter &painter, const QRectF &rect, const QColor &colour, const QColor &details);

// The helm of a control-plane node.
void paintHelm(QPainter &painter, const QRectF &rect, const QColor &colour);

void paintWorkload(QPainter &painter, const QRectF &rect, const QColor &line, const QColor &fill);

} // namespace kdra::ui
