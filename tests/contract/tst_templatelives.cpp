// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/labels.h"
#include "environmentworld.h"
#include "support/builtintemplates.h"

using namespace kdra;
using namespace kdra::environments;
using actions::Task;
using test::EnvironmentWorld;
using test::Variant;
using namespace Qt::StringLiterals;

namespace {

using State = Environment::State;

// What of a template is changed while it lives: rather a switch than a choice, and a size where it has neither.
Variant changeOf(const Template &from)
{
    const QList<Variant> variants = test::variantsOf(from);
    for (const Variant &one : variants) {
        for (const Parameter &parameter : from.parameters) {
            if (parameter.type == ParameterType::Boolean && one.name.startsWith(parameter.name.toUtf8() + '='))
                return one;
        }
    }
    if (variants.size() > 1)
        return variants[1];
    Variant size{"memory=768Mi", variants.constFirst().values};
    size.values.insert(u"memory"_s, u"768Mi"_s);
    return size;
}

} // namespace

// The whole life of every built-in template: created and ready, changed, pruned, paused, resumed, deleted, and nothing
// left.
class TestTemplateLives : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.stop(); }

    void lives_data();
    void lives();

private:
    // Volumes that a cluster with storage would make; named like the test's row.
    void provideVolumes(const QString &name);
    void removeVolumes(const QString &name);
    std::optional<State> state(const QString &name) const;

    EnvironmentWorld m_world;
};

#define KDRA_BECOMES(name, wanted)                                                                                     \
    QTRY_VERIFY2_WITH_TIMEOUT(state(name) == State::wanted,                                                            \
        qPrintable(m_world.environment(name) ? m_world.environment(name)->reason : u"not there"_s), 240000)

void TestTemplateLives::initTestCase()
{
    const QString problem = m_world.start(EnvironmentWorld::Jobs::End);
    if (problem == "skip"_L1)
        QSKIP("KUBEBUILDER_ASSETS names no folder with a kube-apiserver: the real API server is not tested.");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

std::optional<State> TestTemplateLives::state(const QString &name) const
{
    const std::optional<Environment> found = m_world.environment(name);
    return found ? std::optional(found->state) : std::nullopt;
}

void TestTemplateLives::provideVolumes(const QString &name)
{
    if (!test::ContractServer::isReal())
        return;
    for (const char *number : {"1", "2", "3", "4"}) {
        const auto made = m_world.send("POST", u"/api/v1/persistentvolumes"_s,
            R"({"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":")" + name.toUtf8() + '-' + number
                + R"("},"spec":{"capacity":{"storage":"100Gi"},"accessModes":["ReadWriteOnce"],)"
                  R"("persistentVolumeReclaimPolicy":"Retain","hostPath":{"path":"/nowhere"}}})");
        QVERIFY2(made.code == 201, qPrintable(made.message()));
    }
}

void TestTemplateLives::removeVolumes(const QString &name)
{
    for (const char *number : {"1", "2", "3", "4"})
        m_world.send("DELETE", u"/api/v1/persistentvolumes/"_s + name + u'-' + QLatin1StringView(number));
}

void TestTemplateLives::lives_data()
{
    QTest::addColumn<QString>("name");
    for (const auto names = test::builtInTemplates(); const QString &name : names)
        QTest::addRow("%s", qPrintable(name)) << name;
}

void TestTemplateLives::lives()
{
    QFETCH(QString, name);
    const auto from = test::builtInTemplate(name);
    QVERIFY2(from, qPrintable(from ? QString() : from.error().text()));
    provideVolumes(name);
    Spec spec = EnvironmentWorld::spec(name, std::make_shared<const Template>(*from));
    spec.values = test::variantsOf(*from).constFirst().values;
    spec.host = name + u".example.com"_s;
    KDRA_PLAN(plan, spec);
    // What the user agrees to by name is what the template declares.
    QCOMPARE(plan.clusterScoped().isEmpty(), from->clusterScoped.isEmpty());
    Task *task = m_world.runner().start(createJob(plan));
    KDRA_ENDS(task, Succeeded);
    KDRA_BECOMES(name, Ready);
    QCOMPARE(m_world.everythingOf(name), EnvironmentWorld::everythingOf(plan));

    const auto there = m_world.planInCluster(*m_world.environment(name));
    QVERIFY2(there, qPrintable(there ? QString() : there.error().text()));
    QCOMPARE(there->hash, plan.hash);
    const Variant change = changeOf(*from);
    Spec changed = there->spec;
    changed.values.insert(change.values);
    changed.host.clear(); // where there was a way in, it is pruned
    KDRA_PLAN(other, changed);
    QVERIFY2(other.hash != plan.hash, change.name.constData());
    task = m_world.runner().start(changeJob(other));
    KDRA_ENDS(task, Succeeded);
    KDRA_BECOMES(name, Ready);
    // What is pruned may wait for the pods that still use it.
    QTRY_COMPARE_WITH_TIMEOUT(m_world.everythingOf(name), EnvironmentWorld::everythingOf(other), 150000);

    task = m_world.runner().start(pauseJob(*m_world.environment(name)));
    KDRA_ENDS(task, Succeeded);
    KDRA_BECOMES(name, Paused);
    task = m_world.runner().start(unpauseJob(*m_world.environment(name)));
    KDRA_ENDS(task, Succeeded);
    KDRA_BECOMES(name, Ready);
    QCOMPARE(m_world.everythingOf(name), EnvironmentWorld::everythingOf(other));

    QTRY_VERIFY_WITH_TIMEOUT(m_world.isWhollyKnown(name), 60000);
    task = m_world.runner().start(deleteJob(*m_world.environment(name), std::chrono::seconds(0)));
    KDRA_ENDS(task, Succeeded);
    QCOMPARE(m_world.everythingOf(name), QStringList());
    QTRY_VERIFY_WITH_TIMEOUT(!m_world.environment(name), 60000);
    removeVolumes(name);
}

QTEST_GUILESS_MAIN(TestTemplateLives)
#include "tst_templatelives.moc"
