// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QList>
#include <QRect>
#include <QVariant>

#include <functional>

namespace kdra::test {

// The reference (so) of AT-SPI: which program, and which object of it.
struct AccessibleReference {
    QString service;
    QDBusObjectPath path;
};

// Bits of AtspiStateType (atspi-constants.h).
enum class AccessibleState {
    Active = 1,
    Checked = 4,
    Defunct = 6,
    Enabled = 8,
    Focusable = 11,
    Focused = 12,
    Selected = 23,
    Showing = 25,
    Visible = 30
};

// One object on the accessibility bus, as a screen reader has it: every question is a call over the bus. What fails is
// empty.
class Accessible {
public:
    Accessible() = default;
    Accessible(const QDBusConnection &bus, const AccessibleReference &reference);

    // The root under which the registry lists the programs.
    static Accessible desktop(const QDBusConnection &bus);
    static void registerTypes();

    bool isNull() const { return m_path.isEmpty() || m_path.endsWith(QLatin1StringView("/null")); }
    QString path() const { return m_path; }
    bool operator==(const Accessible &other) const { return m_service == other.m_service && m_path == other.m_path; }

    QString name() const { return property("Name").toString(); }
    QString description() const { return property("Description").toString(); }
    QString role() const; // "push button", "tree item"
    bool is(AccessibleState state) const;
    QStringList interfaces() const;
    Accessible parent() const;
    int childCount() const { return property("ChildCount").toInt(); }
    Accessible child(int index) const;
    QList<Accessible> children() const;
    // In pixels of the screen.
    QRect extents() const;
    bool grabFocus() const;

    QStringList actions() const;
    // By its name: "Press".
    bool act(const QString &action) const;

    int rows() const { return property("NRows", "Table").toInt(); }
    int columns() const { return property("NColumns", "Table").toInt(); }
    Accessible cell(int row, int column) const;
    QString columnTitle(int column) const;

    // Depth first, itself included; not into what `enter` refuses.
    void visit(const std::function<bool(const Accessible &)> &enter) const;
    // The first one that does, itself included; else a null one.
    Accessible find(const std::function<bool(const Accessible &)> &matches) const;
    // "button "Reconnect" of panel "Main" …", for messages.
    QString text() const;

private:
    QVariant property(const char *name, const char *interface = "Accessible") const;
    QVariantList call(const char *interface, const char *method, const QVariantList &arguments = {}) const;
    Accessible reference(const QVariantList &answer) const;

    QString m_bus;
    QString m_service;
    QString m_path;
};

} // namespace kdra::test

Q_DECLARE_METATYPE(kdra::test::AccessibleReference)
