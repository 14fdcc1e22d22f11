// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "ui/topology/paintstyle.h"

#include <QDateTime>

// The topology as a file.
namespace kdra::ui {

// All that is needed to write a picture, copied: nothing of it changes while another thread works.
struct PictureJob {
    Scene scene;
    PaintStyle style;
    View view; // what stands where in the picture, in device independent pixels
    QSize size; // of the picture without its caption
    double ratio = 1; // pixels per device independent pixel; for PNG only
    QString title; // "demo: topology by site"
    QDateTime time; // of what is shown
    QString file; // .png, .svg or .pdf tells the format
};

// The largest side of a picture of the whole topology, in device independent pixels.
inline constexpr int largestPicture = 6000;

// Height of the strip under the picture with title, time and legend.
inline constexpr int captionHeight = 40;

// Writes the file whole or not at all: a file of the same name stays as it was when something fails. Any thread but the
// GUI's: it may take seconds.
Result<void> writePicture(const PictureJob &job);

// A view and size that show the whole topology with its text readable, as far as `largestPicture` allows.
void showWhole(PictureJob &job);

} // namespace kdra::ui
