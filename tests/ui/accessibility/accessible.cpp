// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/accessibility/accessible.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusVariant>

namespace kdra::test {

QDBusArgument &operator<<(QDBusArgument &argument, const AccessibleReference &reference)
{
    argument.beginStructure();
    argument << reference.service << reference.path;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, AccessibleReference &reference)
{
    argument.beginStructure();
    argument >> reference.service >> reference.path;
    argument.endStructure();
    return argument;
}

Accessible::Accessible(const QDBusConnection &bus, const AccessibleReference &reference)
    : m_bus(bus.name())
    , m_service(reference.service)
    , m_path(reference.path.path())
{
}

Accessible Accessible::desktop(const QDBusConnection &bus)
{
    return {bus,
        {QStringLiteral("org.a11y.atspi.Registry"),
            QDBusObjectPath(QStringLiteral("/org/a11y/atspi/accessible/root"))}};
}

void Accessible::registerTypes()
{
    qDBusRegisterMetaType<AccessibleReference>();
    qDBusRegisterMetaType<QList<AccessibleReference>>();
}

QVariantList Accessible::call(const char *interface, const char *method, const QVariantList &arguments) const
{
    QDBusMessage question = QDBusMessage::createMethodCall(m_service, m_path,
        QLatin1StringView("org.a11y.atspi.") + QLatin1StringView(interface), QLatin1StringView(method));
    question.setArguments(arguments);
    const QDBusMessage answer = QDBusConnection(m_bus).call(question, QDBus::Block, 20'000);
    return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments() : QVariantList();
}

QVariant Accessible::property(const char *name, const char *interface) const
{
    QDBusMessage question = QDBusMessage::createMethodCall(
        m_service, m_path, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question << QString(QLatin1StringView("org.a11y.atspi.") + QLatin1StringView(interface))
             << QString::fromLatin1(name);
    const QDBusMessage answer = QDBusConnection(m_bus).call(question, QDBus::Block, 20'000);
    return answer.arguments().value(0).value<QDBusVariant>().variant();
}

Accessible Accessible::reference(const QVariantList &answer) const
{
    return answer.isEmpty() ? Accessible()
                            : Accessible(QDBusConnection(m_bus), qdbus_cast<AccessibleReference>(answer.first()));
}

QString Accessible::role() const
{
    return call("Accessible", "GetRoleName").value(0).toString();
}

bool Accessible::is(AccessibleState state) const
{
    const auto words = qdbus_cast<QList<quint32>>(call("Accessible", "GetState").value(0));
    const auto bit = static_cast<int>(state);
    return words.value(bit / 32) >> (bit % 32) & 1;
}

QStringList Accessible::interfaces() const
{
    return call("Accessible", "GetInterfaces").value(0).toStringList();
}

Accessible Accessible::parent() const
{
    const QVariant parent = property("Parent");
    return parent.isValid() ? reference({parent}) : Accessible();
}

Accessible Accessible::child(int index) const
{
    return reference(call("Accessible", "GetChildAtIndex", {index}));
}

QList<Accessible> Accessible::children() const
{
    QList<Accessible> all;
    const auto references = qdbus_cast<QList<AccessibleReference>>(call("Accessible", "GetChildren").value(0));
    for (const AccessibleReference &one : references)
        all.append(Accessible(QDBusConnection(m_bus), one));
    return all;
}

QRect Accessible::extents() const
{
    const QVariantList answer = call("Component", "GetExtents", {quint32(0)});
    if (answer.isEmpty())
        return {};
    const auto argument = answer.first().value<QDBusArgument>();
    int x = 0, y = 0, width = 0, height = 0;
    argument.beginStructure();
    argument >> x >> y >> width >> height;
    argument.endStructure();
    return {x, y, width, height};
}

bool Accessible::grabFocus() const
{
    return call("Component", "GrabFocus").value(0).toBool();
}

QStringList Accessible::actions() const
{
    QStringList names;
    const int count = property("NActions", "Action").toInt();
    for (int i = 0; i < count; ++i)
        names += call("Action", "GetName", {i}).value(0).toString();
    return names;
}

bool Accessible::act(const QString &action) const
{
    const qsizetype index = actions().indexOf(action);
    return index >= 0 && call("Action", "DoAction", {static_cast<int>(index)}).value(0).toBool();
}

Accessible Accessible::cell(int row, int column) const
{
    return reference(call("Table", "GetAccessibleAt", {row, column}));
}

QString Accessible::columnTitle(int column) const
{
    return call("Table", "GetColumnDescription", {column}).value(0).toString();
}

void Accessible::visit(const std::function<bool(const Accessible &)> &enter) const
{
    if (!enter(*this))
        return;
    for (const Accessible &child : children())
        child.visit(enter);
}

Accessible Accessible::find(const std::function<bool(const Accessible &)> &matches) const
{
    Accessible found;
    visit([&](const Accessible &one) {
        if (found.isNull() && matches(one))
            found = one;
        return found.isNull();
    });
    return found;
}

QString Accessible::text() const
{
    const Accessible above = parent();
    return QStringLiteral("%1 \"%2\" (%3) in %4 \"%5\"").arg(role(), name(), description(), above.role(), above.name());
}

} // namespace kdra::test
