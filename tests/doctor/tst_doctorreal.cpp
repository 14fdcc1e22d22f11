// SPDX-License-Identifier: GPL-3.0-or-later
#include "doctor/doctor.h"
#include "store/kind.h"
#include "support/controlplane.h"

#include <QSignalSpy>
#include <QTest>

using namespace kdra;
using namespace kdra::doctor;

// The doctor and a real API server.
class TestDoctorReal : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ControlPlane> m_plane;
    Doctor m_doctor;

    const Step &step(StepId id) const { return m_doctor.steps()[static_cast<int>(id)]; }
    QByteArray text() const { return m_doctor.text().toUtf8(); }
    bool examine(const kube::ClientConfig &config)
    {
        QSignalSpy finished(&m_doctor, &Doctor::finished);
        // The rest of the control plane is starting meanwhile.
        using namespace std::chrono_literals;
        m_doctor.run(config, {.lookup = 60s, .connect = 60s, .handshake = 60s, .request = 60s, .stream = 60s});
        return finished.wait(240000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!test::ControlPlane::isAvailable())
            QSKIP("KUBEBUILDER_ASSETS names no folder with a kube-apiserver: the real API server is not tested.");
        m_plane = std::make_unique<test::ControlPlane>();
        const Result<void> started = m_plane->start();
        QVERIFY2(started, qPrintable(started ? QString() : started.error().text() + m_plane->logTails()));
    }

    void administrator()
    {
        QVERIFY(examine(m_plane->admin()));
        QVERIFY2(m_doctor.isHealthy(), text());
        QVERIFY2(step(StepId::Tls).state == Step::State::Passed, text());
        const Step &lists = step(StepId::WatchList);
        QVERIFY2(lists.summary.contains(QStringLiteral("erved")), text());
        if (m_doctor.text().contains(QStringLiteral("v1.20."))) {
            QVERIFY2(lists.summary.contains(QStringLiteral("Not served by v1.20")), text());
            QVERIFY2(m_doctor.text().contains(QStringLiteral("SelfSubjectReview came with 1.26")), text());
        }
    }

    void userWithoutRights()
    {
        const kube::ClientConfig config = m_plane->viewer();
        QVERIFY(examine(config));
        QVERIFY2(step(StepId::Authentication).state == Step::State::Passed, text());
        QVERIFY2(step(StepId::Permissions).state == Step::State::Warning, text());
        QCOMPARE(step(StepId::Permissions).details.filter(QStringLiteral("may not")).size(),
            store::kindCount - 1); // one right for all that are ConfigMaps
        QVERIFY2(step(StepId::Upgrade).state == Step::State::Skipped, text());
        QVERIFY(!m_doctor.isHealthy());
        QVERIFY(!config.user.token.isEmpty() && !m_doctor.text().contains(config.user.token));
    }
};

QTEST_GUILESS_MAIN(TestDoctorReal)
#include "tst_doctorreal.moc"
