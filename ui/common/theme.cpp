// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include "ui/common/style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleHints>

namespace kdra::ui {

namespace {

Palette darkPalette()
{
    return {.background = QColor(0x14, 0x17, 0x1c),
        .panel = QColor(0x1b, 0x1f, 0x26),
        .panel2 = QColor(0x22, 0x27, 0x31),
        .line = QColor(0x2d, 0x33, 0x3e),
        .text = QColor(0xe6, 0xe9, 0xef),
        .dim = QColor(0x97, 0xa0, 0xaf),
        .accent = QColor(0x5a, 0xa9, 0xff),
        .accentText = QColor(0x0b, 0x12, 0x1c),
        .tile = QColor(0x1f, 0x24, 0x2d),
        .shadow = QColor(0, 0, 0, 0x88),
        .healthy = QColor(0x2f, 0xb8, 0xa5),
        .progressing = QColor(0x5a, 0xa9, 0xff),
        .warning = QColor(0xf0, 0xb4, 0x29),
        .failing = QColor(0xf2, 0x60, 0x3c),
        .unknown = QColor(0x7a, 0x83, 0x94),
        .scale = {QColor(0x6e, 0x6a, 0x8c), QColor(0x91, 0x79, 0xe0), QColor(0xad, 0x98, 0xf0),
            QColor(0xcb, 0xbc, 0xfa), QColor(0xef, 0xe8, 0xff)},
        .categories = {QColor(0x91, 0x79, 0xe0), QColor(0x2c, 0xb8, 0xb8), QColor(0xe8, 0x82, 0xb8),
            QColor(0xd8, 0xd0, 0x8c), QColor(0x5c, 0x64, 0x74)}};
}

Palette lightPalette()
{
    return {.background = QColor(0xf4, 0xf5, 0xf7),
        .panel = QColor(0xff, 0xff, 0xff),
        .panel2 = QColor(0xee, 0xf0, 0xf3),
        .line = QColor(0xd8, 0xdc, 0xe3),
        .text = QColor(0x1c, 0x21, 0x28),
        .dim = QColor(0x5d, 0x66, 0x75),
        .accent = QColor(0x17, 0x69, 0xd2),
        .accentText = QColor(0xff, 0xff, 0xff),
        .tile = QColor(0xff, 0xff, 0xff),
        .shadow = QColor(0, 0, 0, 0x22),
        .healthy = QColor(0x0f, 0x8f, 0x7f),
        .progressing = QColor(0x17, 0x69, 0xd2),
        .warning = QColor(0xb9, 0x78, 0x00),
        .failing = QColor(0xcf, 0x3f, 0x18),
        .unknown = QColor(0x80, 0x89, 0x97),
        .scale = {QColor(0x96, 0x90, 0xb3), QColor(0x85, 0x67, 0xd4), QColor(0x6a, 0x4b, 0xbd),
            QColor(0x4f, 0x34, 0x9b), QColor(0x33, 0x1d, 0x6e)},
        .categories = {QColor(0x6a, 0x4b, 0xbd), QColor(0x0f, 0x82, 0x8a), QColor(0xc4, 0x45, 0x8c),
            QColor(0x86, 0x7a, 0x2a), QColor(0xa2, 0xa9, 0xb5)}};
}

QPalette widgetPalette(const Palette &p)
{
    QPalette result;
    result.setColor(QPalette::Window, p.panel);
    result.setColor(QPalette::WindowText, p.text);
    result.setColor(QPalette::Base, p.panel);
    result.setColor(QPalette::AlternateBase, p.panel2);
    result.setColor(QPalette::Text, p.text);
    result.setColor(QPalette::PlaceholderText, p.dim);
    result.setColor(QPalette::Button, p.panel2);
    result.setColor(QPalette::ButtonText, p.text);
    result.setColor(QPalette::BrightText, p.failing);
    result.setColor(QPalette::Link, p.accent);
    result.setColor(QPalette::LinkVisited, p.accent);
    result.setColor(QPalette::Highlight, p.accent);
    result.setColor(QPalette::HighlightedText, p.accentText);
    result.setColor(QPalette::ToolTipBase, p.panel2);
    result.setColor(QPalette::ToolTipText, p.text);
    result.setColor(QPalette::Light, p.panel2);
    result.setColor(QPalette::Midlight, p.line);
    result.setColor(QPalette::Mid, p.line);
    result.setColor(QPalette::Dark, p.line);
    result.setColor(QPalette::Shadow, p.shadow);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        result.setColor(QPalette::Disabled, role, p.dim);
    return result;
}

} // namespace

QColor Palette::severity(store::Severity severity) const
{
    switch (severity) {
    case store::Severity::Healthy:
        return healthy;
    case store::Severity::Progressing:
        return progressing;
    case store::Severity::Warning:
        return warning;
    case store::Severity::Failing:
        return failing;
    case store::Severity::Unknown:
        break;
    }
    return unknown;
}

QColor Palette::on(const QColor &fill)
{
    return qGray(fill.rgb()) > 140 ? QColor(0x11, 0x14, 0x18) : QColor(Qt::white);
}

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_palette(lightPalette())
{
}

void Theme::apply(QApplication &application)
{
    m_application = &application;
    application.setStyle(new Style);
    application.setFont(font(FontRole::Body));
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::update);
    setScheme(m_scheme);
}

void Theme::setScheme(Scheme scheme)
{
    m_scheme = scheme;
    QStyleHints *hints = QGuiApplication::styleHints();
    switch (scheme) {
    case Scheme::Light:
        hints->setColorScheme(Qt::ColorScheme::Light);
        break;
    case Scheme::Dark:
        hints->setColorScheme(Qt::ColorScheme::Dark);
        break;
    case Scheme::System:
        hints->unsetColorScheme();
        break;
    }
    update();
}

void Theme::update()
{
    // Platforms without a notion of a scheme (offscreen, plain X11) keep Unknown whatever was asked for.
    m_dark = m_scheme == Scheme::System ? QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark
                                        : m_scheme == Scheme::Dark;
    m_palette = m_dark ? darkPalette() : lightPalette();
    if (m_application) {
        m_application->setPalette(widgetPalette(m_palette));
        m_application->setStyleSheet(styleSheet(m_palette));
    }
    Q_EMIT changed();
}

QFont Theme::font(FontRole role) const
{
    if (role == FontRole::Mono) {
        QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        mono.setPixelSize(12);
        return mono;
    }
    QFont font;
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"),
        QStringLiteral("sans-serif")});
    // Numbers stand in columns.
    font.setFeature("tnum", 1);
    switch (role) {
    case FontRole::Small:
        font.setPixelSize(Metrics::textSmall);
        break;
    case FontRole::SmallStrong:
        font.setPixelSize(Metrics::textSmall);
        font.setWeight(QFont::DemiBold);
        break;
    case FontRole::Strong:
        font.setPixelSize(Metrics::textBody);
        font.setWeight(QFont::DemiBold);
        break;
    case FontRole::Title:
        font.setPixelSize(Metrics::textTitle);
        font.setWeight(QFont::DemiBold);
        break;
    case FontRole::Large:
        font.setPixelSize(Metrics::textLarge);
        font.setWeight(QFont::DemiBold);
        break;
    case FontRole::Huge:
        font.setPixelSize(Metrics::textHuge);
        font.setWeight(QFont::DemiBold);
        break;
    case FontRole::Body:
    case FontRole::Mono:
        font.setPixelSize(Metrics::textBody);
        break;
    }
    return font;
}

} // namespace kdra::ui
