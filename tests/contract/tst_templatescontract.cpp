// SPDX-License-Identifier: GPL-3.0-or-later
#include "ask.h"
#include "contractserver.h"
#include "kube/discovery.h"
#include "support/builtintemplates.h"
#include "support/controlplane.h"

#include <QTest>

using namespace kdra;
using namespace kdra::environments;
using namespace kdra::test;
using namespace Qt::StringLiterals;

namespace {

// The first field that was asked for and is not in the answer: a server leaves out what it does not know, or what is
// switched off there. Empty when there is none.
QString missing(const QJsonValue &asked, const QJsonValue &answered)
{
    if (asked.isObject()) {
        const QJsonObject fields = asked.toObject();
        for (auto it = fields.begin(); it != fields.end(); ++it) {
            const QJsonValue there = answered.toObject().value(it.key());
            const QString below = there.isUndefined() ? QString() : missing(it.value(), there);
            if (there.isUndefined() || !below.isEmpty())
                return it.key() + u'.' + below;
        }
    }
    const QJsonArray items = asked.toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (const QString below = missing(items.at(i), answered.toArray().at(i)); !below.isEmpty())
            return QString::number(i) + u'.' + below;
    }
    return {};
}

} // namespace

// The built-in templates against the API server: a server-side dry run accepts every object of every one of them, with
// each of its switches.
class TestTemplatesContract : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void accepted_data();
    void accepted();

private:
    std::unique_ptr<ContractServer> m_server;
    std::unique_ptr<kube::ApiClient> m_admin;
    kube::ServerApi m_api;
};

void TestTemplatesContract::initTestCase()
{
    if (ContractServer::isReal() && !ControlPlane::isAvailable())
        QSKIP("KUBEBUILDER_ASSETS names no folder with a kube-apiserver: the real API server is not tested.");
    m_server = ContractServer::create();
    const Result<void> started = m_server->start();
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    m_admin = std::make_unique<kube::ApiClient>(m_server->admin());
    KDRA_AWAIT(api, kube::discover(*m_admin));
    QVERIFY2(api, qPrintable(api ? QString() : api.error().text()));
    m_api = *api;
    QCOMPARE(ask(*m_admin, "POST", u"/api/v1/namespaces"_s, R"({"metadata":{"name":"team"}})").code, 201);
}

void TestTemplatesContract::cleanupTestCase()
{
    m_admin.reset();
    m_server.reset();
}

void TestTemplatesContract::accepted_data()
{
    QTest::addColumn<QString>("name");
    for (const auto names = builtInTemplates(); const QString &name : names)
        QTest::addRow("%s", qPrintable(name)) << name;
}

void TestTemplatesContract::accepted()
{
    QFETCH(QString, name);
    const auto from = builtInTemplate(name);
    QVERIFY2(from, qPrintable(from ? QString() : from.error().text()));
    QSet<QByteArray> asked; // most variants differ in few objects
    for (const auto variants = variantsOf(*from); const Variant &variant : variants) {
        const auto values = completeValues(*from, variant.values);
        QVERIFY(values);
        const auto manifests = render(
            *from, *values, {.name = u"demo"_s, .ns = u"team"_s, .owner = u"jane"_s, .host = u"demo.example.com"_s});
        QVERIFY2(manifests, qPrintable(manifests ? QString() : manifests.error().text()));
        for (const Manifest &manifest : *manifests) {
            QJsonObject object = manifest.object;
            const QString apiVersion = object.value("apiVersion"_L1).toString();
            const QString group = apiVersion.contains(u'/') ? apiVersion.section(u'/', 0, 0) : QString();
            // Older servers have the same kind in an older version.
            const auto resource = m_api.find(group, object.value("kind"_L1).toString(), {apiVersion.section(u'/', -1)});
            QVERIFY2(resource, qPrintable(manifest.where()));
            object.insert("apiVersion"_L1, resource->apiVersion());
            const QString path =
                resource->path(resource->namespaced ? u"team"_s : QString(), at(object, u"metadata.name"_s).toString());
            const QByteArray body = QJsonDocument(object).toJson(QJsonDocument::Compact);
            if (asked.contains(body))
                continue;
            asked.insert(body);
            const Answer answer =
                ask(*m_admin, "PATCH", path + u"?fieldManager=kdra&dryRun=All"_s, body, "application/apply-patch+yaml");
            QVERIFY2(answer.code == 200 || answer.code == 201,
                qPrintable(QString::fromUtf8(variant.name) + u": "_s + manifest.where() + u' ' + manifest.display()
                    + u": "_s + answer.message()));
            object.remove("stringData"_L1); // becomes data
            QCOMPARE(missing(object, answer.json()), QString());
        }
    }
    QVERIFY(!asked.isEmpty());
}

QTEST_GUILESS_MAIN(TestTemplatesContract)
#include "tst_templatescontract.moc"
