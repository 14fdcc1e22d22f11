// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topology/export.h"

#include "models/format.h"
#include "ui/topology/glyphs.h"
#include "ui/topology/painter.h"
#include "ui/topology/vectorpainter.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QImageWriter>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace kdra::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kdra::ui::Export)
};

Error notWritten(const QString &file, const QString &why)
{
    return {.kind = Error::Kind::Local,
        .what = Words::tr("The picture could not be written: %1").arg(why),
        .where = file,
        .remedy = Words::tr("Choose another folder, or make room.")};
}

// Title and time at the left, the legend at the right.
void paintCaption(QPainter &painter, const PictureJob &job)
{
    const Palette &palette = job.style.palette();
    const QRectF strip(0, job.size.height(), job.size.width(), captionHeight);
    painter.fillRect(strip, palette.panel);
    painter.setPen(QPen(palette.line, 1));
    painter.drawLine(strip.topLeft(), strip.topRight());

    QFont font = job.style.smallFont();
    font.setPixelSize(Metrics::textSmall);
    const QFontMetricsF metrics(font);
    const double baseline = strip.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    painter.setFont(font);
    constexpr double mark = 11;
    double width = 0;
    std::array<QString, 5> words;
    for (size_t i = 0; i < words.size(); ++i) {
        words[i] = models::severityName(static_cast<store::Severity>(i));
        width += mark + 6 + metrics.horizontalAdvance(words[i]) + Metrics::space4;
    }
    double right = strip.right();
    // Where a picture is too narrow for both, the words say what is shown.
    if (strip.width() - width > 260) {
        double x = right = strip.right() - width;
        for (size_t i = 0; i < words.size(); ++i) {
            const auto severity = static_cast<store::Severity>(i);
            paintCell(painter, {x, strip.center().y() - mark / 2, mark, mark}, severity, palette.severity(severity));
            x += mark + 6;
            painter.setPen(palette.dim);
            painter.drawText(QPointF(x, baseline), words[i]);
            x += metrics.horizontalAdvance(words[i]) + Metrics::space4;
        }
    }
    const QString when = QLocale().toString(job.time, QLocale::ShortFormat);
    painter.setPen(palette.text);
    const QString text = Words::tr("%1 · %2", "title and time of a picture").arg(job.title, when);
    painter.drawText(
        QPointF(Metrics::space3, baseline), metrics.elidedText(text, Qt::ElideRight, right - 2 * Metrics::space3));
}

void paintVectors(QPainter &painter, const PictureJob &job)
{
    const QRectF window(QPointF(), QSizeF(job.size));
    painter.save();
    painter.setClipRect(window);
    VectorPainter(job.scene, job.style, job.view).paint(painter, window);
    painter.restore();
    painter.setRenderHint(QPainter::Antialiasing);
    paintCaption(painter, job);
}

Result<void> writePng(QSaveFile &file, const PictureJob &job)
{
    const QSize pixels = (QSizeF(job.size.width(), job.size.height() + captionHeight) * job.ratio).toSize();
    QImage image(pixels, QImage::Format_RGB32);
    if (image.isNull())
        return std::unexpected(notWritten(job.file, Words::tr("there is not enough memory for it.")));
    image.fill(job.style.palette().background);
    PaintStyle style = job.style;
    ScenePainter(job.scene, style, DeviceView::of(job.view, job.ratio), {})
        .paint(image, QRect(QPoint(), (QSizeF(job.size) * job.ratio).toSize()));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(job.ratio, job.ratio);
    paintCaption(painter, job);
    painter.end();
    QImageWriter writer(&file, "png");
    writer.setText(QStringLiteral("Title"), job.title);
    if (!writer.write(image))
        return std::unexpected(notWritten(job.file, writer.errorString()));
    return {};
}

Result<void> writeSvg(QSaveFile &file, const PictureJob &job)
{
    const QSize size(job.size.width(), job.size.height() + captionHeight);
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setResolution(96); // lengths in fonts are pixels
    generator.setTitle(job.title);
    generator.setDescription(QLocale().toString(job.time, QLocale::LongFormat));
    QPainter painter;
    if (!painter.begin(&generator))
        return std::unexpected(notWritten(job.file, file.errorString()));
    paintVectors(painter, job);
    painter.end();
    return {};
}

Result<void> writePdf(QSaveFile &file, const PictureJob &job)
{
    QPdfWriter writer(&file);
    constexpr int pixelsPerInch = 96;
    writer.setResolution(pixelsPerInch);
    writer.setPageSize(QPageSize(QSizeF(job.size.width(), job.size.height() + captionHeight) / pixelsPerInch,
        QPageSize::Inch, QString(), QPageSize::ExactMatch));
    writer.setPageMargins({});
    writer.setTitle(job.title);
    writer.setCreator(QStringLiteral("KDRA"));
    QPainter painter;
    if (!painter.begin(&writer))
        return std::unexpected(notWritten(job.file, file.errorString()));
    paintVectors(painter, job);
    painter.end();
    return {};
}

} // namespace

Result<void> writePicture(const PictureJob &job)
{
    QSaveFile file(job.file);
    const QString format = QFileInfo(job.file).suffix().toLower();
    if (format != QLatin1StringView("png") && format != QLatin1StringView("svg") && format != QLatin1StringView("pdf"))
        return std::unexpected(Error{.kind = Error::Kind::Local,
            .what = Words::tr("Pictures can be written as PNG, SVG and PDF."),
            .where = job.file,
            .remedy = Words::tr("Choose a name that ends in .png, .svg or .pdf.")});
    if (!file.open(QIODevice::WriteOnly))
        return std::unexpected(notWritten(job.file, file.errorString()));
    const Result<void> written = format == QLatin1StringView("png") ? writePng(file, job)
        : format == QLatin1StringView("svg")                        ? writeSvg(file, job)
                                                                    : writePdf(file, job);
    if (!written)
        return written;
    if (!file.commit())
        return std::unexpected(notWritten(job.file, file.errorString()));
    return {};
}

void showWhole(PictureJob &job)
{
    constexpr double margin = 24;
    const QRectF bounds = job.scene.layout().bounds();
    const double room = largestPicture - 2 * margin;
    const double scale = std::min({1.0, room / std::max(1.0, bounds.width()), room / std::max(1.0, bounds.height())});
    job.view = {scale, QPointF(margin, margin) - bounds.topLeft() * scale};
    job.size = (bounds.size() * scale + QSizeF(2 * margin, 2 * margin)).toSize().expandedTo({320, 200});
}

} // namespace kdra::ui
