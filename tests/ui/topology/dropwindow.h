// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/environments/templates.h"
#include "tests/ui/topology/advice.h"
#include "tests/ui/topology/fleet.h"
#include "ui/environments/templatelist.h"
#include "ui/environments/templatepalette.h"
#include "ui/topology/canvas.h"
#include "ui/topology/topologypage.h"

#include <QHBoxLayout>
#include <QLineEdit>

// The palette beside a canvas, as in the window, with a made-up cluster and a judge that says what it is told to.
namespace kdra::tests {

class DropWindow : public QWidget {
public:
    static QString web() { return QStringLiteral("builtin:web-postgresql"); }

    ui::Theme theme;
    models::Selection selection;
    Fleet fleet;
    std::shared_ptr<Advice> advice = std::make_shared<Advice>();
    ui::TemplatePalette &palette;
    ui::TopologyPage &page;

    DropWindow()
        : palette(*new ui::TemplatePalette(theme, this))
        , page(*new ui::TopologyPage(theme, selection, this))
    {
        theme.setScheme(ui::Theme::Scheme::Dark);
        palette.setFixedWidth(232);
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(&palette);
        row->addWidget(&page, 1);
        resize(1400, 800);
        palette.setTemplates(someTemplates(), {});
        fleet.populate(24, 200);
        page.apply(fleet.publish());
        advice->snapshot = fleet.snapshot;
        page.setDropSource([this](const QString &id) { return id == web() ? advice : nullptr; });
    }
    // Its widgets use what they were given to the end.
    ~DropWindow() override
    {
        delete &page;
        delete &palette;
    }

    int tile(const QString &name) const
    {
        const auto &tiles = page.canvas().scene().tiles();
        const auto it =
            std::ranges::find_if(tiles, [&](const ui::NodeTile &one) { return one.shown && one.name == name; });
        return it == tiles.end() ? -1 : static_cast<int>(it - tiles.begin());
    }
};

} // namespace kdra::tests
