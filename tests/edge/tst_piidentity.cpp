// SPDX-License-Identifier: GPL-3.0-or-later
#include "edge/piidentity.h"

#include <QTest>

using namespace kdra;
using namespace kdra::edge;

static std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

class TestPiIdentity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void identifies_data();
    void identifies();
    void readsARecord();
    void everyModelHasNames();
};

void TestPiIdentity::identifies_data()
{
    QTest::addColumn<QByteArray>("board");
    QTest::addColumn<QByteArray>("instanceType");
    QTest::addColumn<QByteArray>("kernel");
    QTest::addColumn<QByteArray>("architecture");
    QTest::addColumn<PiModel>("model");
    QTest::addColumn<Certainty>("certainty");
    const auto row = [](const char *name, const char *board, const char *type, const char *kernel, const char *arch,
                         PiModel model, Certainty certainty) {
        QTest::newRow(name) << QByteArray(board) << QByteArray(type) << QByteArray(kernel) << QByteArray(arch) << model
                            << certainty;
    };
    using enum PiModel;
    using enum Certainty;
    row("arm64 alone", "", "", "6.1.0-18-arm64", "arm64", None, No);
    row("cloud arm64", "", "m7g.large", "6.8.0-1021-aws", "arm64", None, No);
    row("nothing known", "", "", "", "", None, No);
    row("device tree 4B", "Raspberry_Pi_4_Model_B_Rev_1.4", "", "", "arm64", Model4B, Certain);
    row("label 4B", "raspberry-pi-4-model-b", "", "6.6.31+rpt-rpi-v8", "arm64", Model4B, Certain);
    row("label 3B+", "raspberry-pi-3-model-b-plus-rev-1.3", "", "", "arm64", Model3BPlus, Certain);
    row("device tree 3B+", "Raspberry Pi 3 Model B Plus Rev 1.3", "", "", "arm64", Model3BPlus, Certain);
    row("short 3B+", "3b-plus", "", "", "arm64", Model3BPlus, Certain);
    row("label 3B", "raspberry-pi-3-model-b-rev-1.2", "", "", "arm64", Model3B, Certain);
    row("label 5", "raspberry-pi-5-model-b", "", "", "arm64", Model5, Certain);
    row("short rpi5", "rpi5", "", "", "arm64", Model5, Certain);
    row("label CM4", "raspberry-pi-compute-module-4", "", "", "arm64", ComputeModule4, Certain);
    row("short cm4", "cm4", "", "", "arm64", ComputeModule4, Certain);
    row("label Zero 2 W", "raspberry-pi-zero-2-w-rev-1.0", "", "", "arm64", Zero2W, Certain);
    row("other model", "raspberry-pi-400", "", "", "arm64", Unknown, Certain);
    row("other board", "rock-5b", "", "6.1.43-rockchip", "arm64", None, No);
    row("other board, Pi kernel", "rock-5b", "", "6.1.21-v8+", "arm64", None, No);
    row("instance type", "", "rpi4", "", "arm64", Model4B, Certain);
    row("instance type, long", "", "raspberry-pi-5", "", "arm64", Model5, Certain);
    row("instance type of a cloud", "", "cm4.large", "", "arm64", None, No);
    row("k3s instance type", "", "k3s", "6.6.31+rpt-rpi-2712", "arm64", Unknown, Likely);
    row("kernel rpi", "", "", "6.12.25+rpt-rpi-v8", "arm64", Unknown, Likely);
    row("kernel raspi", "", "", "6.8.0-1013-raspi", "arm64", Unknown, Likely);
    row("kernel v8+", "", "", "5.15.84-v8+", "arm64", Unknown, Likely);
    row("kernel of an amd64", "", "", "6.8.0-1013-raspi", "amd64", None, No);
    row("label on an amd64", "raspberry-pi-4-model-b", "", "", "amd64", None, No);
}

void TestPiIdentity::identifies()
{
    QFETCH(QByteArray, board);
    QFETCH(QByteArray, instanceType);
    QFETCH(QByteArray, kernel);
    QFETCH(QByteArray, architecture);
    const PiIdentity identity = identifyPi({view(board), view(instanceType), view(kernel), view(architecture)});
    QTEST(identity.model, "model");
    QTEST(identity.certainty, "certainty");
    QCOMPARE(identity.isPi(), identity.certainty != Certainty::No);
}

void TestPiIdentity::readsARecord()
{
    auto strings = std::make_shared<StringPool>();
    store::NodeRecord node;
    node.board = strings->intern("raspberry-pi-4-model-b");
    node.architecture = strings->intern("arm64");
    node.memoryCapacity = 7'998'169'088; // what an 8 GiB board reports
    store::Snapshot snapshot;
    snapshot.strings = strings;
    const PiIdentity identity = identifyPi(node, snapshot);
    QCOMPARE(identity.model, PiModel::Model4B);
    QCOMPARE(identity.memory, 8ull << 30);
}

void TestPiIdentity::everyModelHasNames()
{
    for (int i = int(PiModel::Unknown); i <= int(PiModel::Zero2W); ++i) {
        QVERIFY(modelName(PiModel(i)).startsWith(QStringLiteral("Raspberry Pi")));
        QVERIFY(!shortModelName(PiModel(i)).isEmpty());
    }
    QVERIFY(modelName(PiModel::None).isEmpty());
}

QTEST_APPLESS_MAIN(TestPiIdentity)
#include "tst_piidentity.moc"
