// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QRadioButton;

namespace kdra::ui {

class Theme;

// What the environment is called, and the namespace it goes to: one made for it, or one that is there.
class NameBox : public QWidget {
    Q_OBJECT
public:
    // `namespaces`: those that are there; empty: not known, and any name is taken.
    NameBox(const Theme &theme, QStringList namespaces, QWidget *parent = nullptr);

    // `ns` empty: a new one.
    void setName(const QString &name, const QString &ns);
    // Both can only be read from now on.
    void fix(const QString &name, const QString &ns, bool ownNamespace);

    QString name() const;
    QString ns() const;
    bool ownNamespace() const;
    QString problem() const;

    QLineEdit &nameEdit() const { return *m_name; }
    QRadioButton &newNamespace() const { return *m_new; }
    QRadioButton &existingNamespace() const { return *m_existing; }
    QComboBox &namespaceBox() const { return *m_namespace; }

Q_SIGNALS:
    void changed();

private:
    QString nameProblem() const;
    QString namespaceProblem() const;
    void judge();

    const QStringList m_namespaces;
    QLineEdit *m_name;
    QLabel *m_nameProblem;
    QRadioButton *m_new;
    QLabel *m_newName;
    QRadioButton *m_existing;
    QComboBox *m_namespace;
    QLabel *m_namespaceProblem;
    QLabel *m_fixed;
    bool m_isFixed = false;
    bool m_fixedOwn = false;
    QString m_fixedNamespace;
};

// A name for a new environment that nobody has to think of: the template's, and a word that is easily said.
QString proposedName(const QString &templateName, const QStringList &taken);

} // namespace kdra::ui
