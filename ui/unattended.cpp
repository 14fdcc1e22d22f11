// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/unattended.h"

#include "ui/mainwindow.h"
#include "ui/metrics/metricspage.h"
#include "ui/pages.h"
#include "ui/session.h"

#include <QCoreApplication>
#include <QDir>

#include <cstdio>

namespace kdra::ui {

namespace {

using namespace std::chrono_literals;

// What a page needs for its animations to come to rest.
constexpr auto settleTime = 900ms;
// A quarter of a second each, for plots.
constexpr int mostWaits = 80;

void print(std::FILE *stream, const QString &line)
{
    std::fputs(qPrintable(line + u'\n'), stream);
    std::fflush(stream);
}

} // namespace

Unattended::Unattended(Session &session, MainWindow &window, Options options)
    : m_session(session)
    , m_window(window)
    , m_options(std::move(options))
{
    connect(&session, &Session::synced, this, &Unattended::synced);
    connect(&session, &Session::openFailed, this, [this](const Error &error) { fail(error.text()); });
    connect(&session, &Session::connectionChanged, this, [this] {
        const store::ClusterStore *store = m_session.current();
        if (store && store->connection() == store::ClusterStore::Connection::Failed)
            fail(store->error() ? store->error()->text() : tr("Not connected."));
    });
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { fail(tr("Not everything was loaded within two minutes.")); });
    m_deadline.start(2min);
    if (!m_session.current() && !m_session.isOpening())
        QTimer::singleShot(0, this, [this] { fail(tr("There is no cluster to connect to.")); });
}

void Unattended::synced()
{
    m_deadline.stop();
    if (!m_options.screenshots.isEmpty()) {
        if (!m_options.select)
            selectWorst();
        m_window.showPage(m_page);
        QTimer::singleShot(settleTime, this, &Unattended::nextPicture);
        return;
    }
    QTimer::singleShot(*m_options.exitAfterSync, this, [] { QCoreApplication::exit(0); });
}

// The pictures show the inspector at work, too: on the node that is worst off.
void Unattended::selectWorst()
{
    models::Item worst;
    int severity = -1;
    m_session.models().snapshot()->table<store::Kind::Node>().forEach([&](const auto &node) {
        if (static_cast<int>(node->meta.severity) > severity) {
            severity = static_cast<int>(node->meta.severity);
            worst = {store::Kind::Node, node->meta.uid};
        }
    });
    m_session.selection().set(worst);
}

void Unattended::nextPicture()
{
    // Plots need their answers first; for a while.
    if (m_page == Pages::Metrics && !m_window.pages().metrics().isSettled() && m_waits++ < mostWaits) {
        QTimer::singleShot(250ms, this, &Unattended::nextPicture);
        return;
    }
    const QStringList names = pageNames();
    if (!shoot(QStringLiteral("%1-%2").arg(m_page + 1).arg(names[m_page]))) {
        QCoreApplication::exit(1);
        return;
    }
    if (++m_page < names.size()) {
        m_window.showPage(m_page);
        QTimer::singleShot(settleTime, this, &Unattended::nextPicture);
        return;
    }
    QTimer::singleShot(m_options.exitAfterSync.value_or(0s), this, [] { QCoreApplication::exit(0); });
}

bool Unattended::shoot(const QString &name)
{
    const QDir folder(m_options.screenshots);
    const QString file = folder.absoluteFilePath(name + QStringLiteral(".png"));
    if (!folder.mkpath(QStringLiteral(".")) || !m_window.grab().save(file)) {
        print(stderr, tr("The picture could not be written: %1").arg(file));
        return false;
    }
    print(stdout, file);
    return true;
}

void Unattended::fail(const QString &why)
{
    m_deadline.stop();
    print(stderr, why);
    disconnect(&m_session, nullptr, this, nullptr);
    // The window says it too, in its own words: the next turn of the event loop.
    QTimer::singleShot(0, this, [this] {
        if (!m_options.screenshots.isEmpty())
            shoot(QStringLiteral("0-not-connected"));
        QCoreApplication::exit(1);
    });
}

} // namespace kdra::ui
