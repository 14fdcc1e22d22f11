// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/icons.h"

#include "ui/common/theme.h"

#include <BreezeIcons>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

namespace kdra::ui {

namespace {

QByteArray readOwn(const QString &name)
{
    QFile file(QStringLiteral(":/kdra/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void needBreeze()
{
    static const bool initialised = [] {
        BreezeIcons::initIcons();
        return true;
    }();
    Q_UNUSED(initialised)
}

// Paints a shape of one colour in the theme's colour of the moment.
class ThemedEngine : public QIconEngine {
public:
    ThemedEngine(const Theme &theme, const QString &name)
        : m_theme(theme)
        , m_svg(readOwn(name))
    {
        if (m_svg.isEmpty()) {
            needBreeze();
            m_breeze = QIcon::fromTheme(name);
        }
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        painter->drawPixmap(rect, scaledPixmap(rect.size(), mode, state, painter->device()->devicePixelRatioF()));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        const Palette &palette = m_theme.palette();
        const QColor colour = mode == QIcon::Disabled ? palette.dim
            : state == QIcon::On                      ? palette.accent
            : mode == QIcon::Selected                 ? palette.accentText
                                                      : palette.text;
        QImage image(size * scale, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        const QRect whole = image.rect();
        if (!m_svg.isEmpty())
            QSvgRenderer(m_svg).render(&painter, whole);
        else
            painter.drawPixmap(whole, m_breeze.pixmap(whole.size()));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(whole, colour);
        painter.end();
        QPixmap result = QPixmap::fromImage(std::move(image));
        result.setDevicePixelRatio(scale);
        return result;
    }

    QIconEngine *clone() const override { return new ThemedEngine(*this); }

private:
    const Theme &m_theme;
    QByteArray m_svg;
    QIcon m_breeze;
};

} // namespace

QIcon icon(const Theme &theme, const QString &name)
{
    return QIcon(new ThemedEngine(theme, name));
}

bool hasIcon(const QString &name)
{
    if (name.isEmpty())
        return false;
    if (QFile::exists(QStringLiteral(":/kdra/icons/%1.svg").arg(name)))
        return true;
    needBreeze();
    return QIcon::hasThemeIcon(name);
}

} // namespace kdra::ui
