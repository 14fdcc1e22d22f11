// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topology/scene.h"

// What stands on the canvas, in words: for tooltips and screen readers.
namespace kdra::ui {

// "pi-007, Raspberry Pi 4 Model B, Ready, 9 pods, all healthy"
QString nodeSentence(const Scene &scene, int tile);
// "Berlin rack, group, 12 nodes, 140 pods, 2 not ready"
QString groupSentence(const Scene &scene, int group);
// "web-6f9c-x2, pod in team-a, Running, healthy, 1 of 1 containers ready, on pi-007"
QString podSentence(const Scene &scene, PodPlace place);
// What the sentence leaves out, a line each: requests, image, and what the cluster says is wrong.
QString nodeDetails(const Scene &scene, int tile);
QString podDetails(const Scene &scene, PodPlace place);
// Several lines of plain text.
QString nodeToolTip(const Scene &scene, int tile);
QString podToolTip(const Scene &scene, PodPlace place);

} // namespace kdra::ui
