// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a query that is being written, the first of them as the cursor: pieces in order, and what would be
// replaced lies around the cursor.
#include "metrics/promqlscan.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace kdra::metrics;
    if (size == 0)
        return 0;
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size) - 1);
    const qsizetype cursor = data[0] % (text.size() + 1);
    const QList<PromPiece> pieces = scanPromql(text);
    qsizetype end = 0;
    for (const PromPiece &piece : pieces) {
        if (piece.at < end || piece.length <= 0 || piece.end() > text.size())
            std::abort();
        end = piece.end();
    }
    const PromPlace place = promPlace(text, cursor);
    if (place.at > cursor || place.at < 0 || place.length < 0 || place.at + place.length < cursor
        || place.at + place.length > text.size())
        std::abort();
    const auto bracket = bracketAt(text, pieces, cursor);
    if (bracket && (bracket->at >= text.size() || bracket->other >= text.size()))
        std::abort();
    const qsizetype written = placeInWritten(text, QString::fromUtf8(callAround(text, cursor).toUtf8()), cursor);
    if (written < 0 || written > text.size())
        std::abort();
    return 0;
}
