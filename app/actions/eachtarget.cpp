// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions/eachtarget.h"

namespace kdra::actions {
namespace {

constexpr int AtOnce = 4; // of the six connections a host gets

}

void EachTarget::start()
{
    setTotal(static_cast<int>(order().targets.size()));
    advance();
}

QString EachTarget::summary() const
{
    return m_succeeded == 0 ? tr("Nothing was done yet.")
                            : tr("%n of %1 done.", nullptr, m_succeeded).arg(order().targets.size());
}

QString EachTarget::doing(qsizetype index) const
{
    return tr("Asking the server to change %1.").arg(target(index).display());
}

void EachTarget::advance()
{
    const qsizetype count = order().targets.size();
    while (m_underWay < AtOnce && m_next < count) {
        ++m_underWay;
        const qsizetype index = m_next++;
        say(doing(index));
        act(index);
    }
    if (m_underWay > 0 || m_next < count)
        return;
    if (count == 0) {
        fail(Error{.kind = Error::Kind::NotFound, .what = tr("There is nothing left to do this to.")},
            tr("Nothing was done: what it was meant for is gone."));
    } else if (m_failed == 0) {
        succeed(count == 1 ? m_lastNote : tr("All %n are done.", nullptr, m_succeeded));
    } else {
        fail(*m_firstError,
            count == 1
                ? m_firstError->what
                : tr("%n of %1 failed. The first reason: %2", nullptr, m_failed).arg(count).arg(m_firstError->what));
    }
}

void EachTarget::succeeded(qsizetype index, const QString &text, const std::optional<Parameters> &back)
{
    --m_underWay;
    ++m_succeeded;
    m_lastNote = text;
    if (order().targets.size() > 1)
        note(text);
    if (const auto id = undoId(); id && back) {
        if (!m_back)
            m_back = Order{.id = *id};
        m_back->targets.append(target(index));
        m_back->each.append(*back);
        setUndo(*m_back);
    }
    setDone(m_succeeded + m_failed);
    advance();
}

void EachTarget::failed(qsizetype index, const Error &error)
{
    --m_underWay;
    ++m_failed;
    const Error words = explained(error, target(index));
    if (order().targets.size() > 1)
        note(tr("%1: %2").arg(target(index).display(), words.text()));
    if (!m_firstError)
        m_firstError = words;
    setDone(m_succeeded + m_failed);
    advance();
}

} // namespace kdra::actions
