// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/story.h"

#include "demo/controllers/kubelet.h"

using namespace Qt::StringLiterals;

namespace kdra::demo {
namespace {

constexpr int RoundSeconds = 300;
constexpr char UnderVoltedNode[] = "pi-003";
constexpr char SilentNode[] = "pi-012";
constexpr char CrashingNode[] = "pi-014";

} // namespace

Story::Story(Controllers &controllers, QObject *parent)
    : QObject(parent)
    , m_controllers(controllers)
{
}

void Story::start(int leadMilliseconds)
{
    m_controllers.timeline().after(leadMilliseconds, [this] { round(); });
}

void Story::at(int seconds, std::function<void()> chapter)
{
    m_controllers.timeline().after(seconds * 1000, std::move(chapter));
}

void Story::round()
{
    at(0, [this] { rollOut(); });
    at(15, [this] { crashLoop(true); });
    at(35, [this] { underVoltage(true); });
    at(60, [this] { badImage(true); });
    at(75, [this] { silence(true); });
    at(130, [this] { badImage(false); });
    at(145, [this] { silence(false); });
    at(170, [this] { underVoltage(false); });
    at(200, [this] { crashLoop(false); });
    at(RoundSeconds, [this] { round(); });
    ++m_round;
}

void Story::setImage(const QByteArray &ns, const QByteArray &deployment, const QString &tag)
{
    (void)m_controllers.store().modify(kind::Deployment, ns, deployment, [&](QJsonObject &object) {
        QJsonArray containers = demo::at(object, u"spec.template.spec.containers").toArray();
        if (containers.isEmpty())
            return;
        QJsonObject container = containers.first().toObject();
        const QString image = textAt(container, u"image");
        container.insert(u"image"_s, QString(image.left(image.lastIndexOf(u':') + 1) + tag));
        containers[0] = container;
        put(object, u"spec.template.spec.containers", containers);
        QJsonObject labels = demo::at(object, u"spec.template.metadata.labels").toObject();
        labels.insert(u"app.kubernetes.io/version"_s, tag);
        put(object, u"spec.template.metadata.labels", labels);
        QJsonObject annotations = demo::at(object, u"metadata.annotations").toObject();
        annotations.insert(u"kubernetes.io/change-cause"_s, QString(u"deploy "_s + tag));
        put(object, u"metadata.annotations", annotations);
    });
}

void Story::rollOut()
{
    // The shop's release train: web in odd rounds, the signage of the edge in even ones.
    if (m_round % 2 == 1)
        setImage("shop", "web", u"5.%1.0"_s.arg(13 + m_round / 2));
    else
        setImage("edge", "signage-player", u"3.%1.0"_s.arg(2 + m_round / 2));
}

void Story::badImage(bool on)
{
    setImage("staging", "checkout",
        on ? u"2.9.0-rc.%1-does-not-exist"_s.arg(m_round + 1) : u"2.9.0-rc.%1"_s.arg(m_round + 1));
}

ObjectPtr Story::podOn(const QByteArray &node, const QByteArray &ns, const QByteArray &app)
{
    const ObjectStore &store = m_controllers.store();
    for (const ObjectPtr &pod : store.list(kind::Pod, ns)) {
        if (!pod->terminating && nodeOf(store, *pod) == node && pod->label("app.kubernetes.io/name") == app)
            return pod;
    }
    return nullptr;
}

void Story::crashLoop(bool on)
{
    if (on) {
        if (const ObjectPtr pod = podOn(CrashingNode, "edge", "sensor-bridge")) {
            m_crashing = pod->name;
            m_controllers.kubelet().fail(pod->ns, pod->name, 1, {Behaviour::Kind::Exit, 2000, 1});
        }
    } else if (!m_crashing.isEmpty()) {
        m_controllers.kubelet().recover("edge", m_crashing);
        m_crashing.clear();
    }
}

void Story::underVoltage(bool on)
{
    ObjectStore &store = m_controllers.store();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    // As node-problem-detector reports what pi-vitals reads from the firmware.
    const auto node = store.modify(kind::Node, {}, UnderVoltedNode, [&](QJsonObject &object) {
        setCondition(object, u"UnderVoltage"_s, on ? u"True"_s : u"False"_s,
            on ? u"UnderVoltageDetected"_s : u"VoltageNormal"_s,
            on ? u"Supply voltage below 4.63 V; the firmware throttles (get_throttled=0x50005)"_s
               : u"Supply voltage is normal (get_throttled=0x50000)"_s,
            now, {{u"lastHeartbeatTime"_s, timestamp(now)}});
    });
    if (!node)
        return;
    m_controllers.events().record((*node)->object(),
        {.type = on ? u"Warning"_s : u"Normal"_s,
            .reason = on ? u"UnderVoltageDetected"_s : u"VoltageNormal"_s,
            .message = on ? u"hwmon: Undervoltage detected!"_s : u"hwmon: Voltage normalised"_s,
            .component = u"kernel-monitor"_s,
            .host = QString::fromLatin1(UnderVoltedNode)});
    if (!on)
        return;
    for (const auto &[ns, app] : {std::pair<QByteArray, QByteArray>{"edge", "sensor-bridge"}, {"edge", "pi-vitals"}}) {
        if (const ObjectPtr pod = podOn(UnderVoltedNode, ns, app)) {
            for (int i = 0; i < 3; ++i) {
                at(4 + i * 22, [this, ns, name = pod->name] { m_controllers.kubelet().fail(ns, name, 139, {}); });
            }
        }
    }
}

void Story::silence(bool on)
{
    m_controllers.kubelet().setSilent(SilentNode, on);
}

} // namespace kdra::demo
