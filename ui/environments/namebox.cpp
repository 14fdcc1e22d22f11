// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/namebox.h"

#include "environments/spec.h"
#include "ui/common/widgets.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QRadioButton>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <array>

namespace kdra::ui {

namespace {

// RFC 1123 label, as Kubernetes wants namespaces to be called.
bool isNamespaceName(const QString &text)
{
    static const QRegularExpression label(QStringLiteral("\\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\z"));
    return label.match(text).hasMatch();
}

} // namespace

QString proposedName(const QString &templateName, const QStringList &taken)
{
    static constexpr std::array<QLatin1StringView, 24> words = {QLatin1StringView("otter"), QLatin1StringView("maple"),
        QLatin1StringView("comet"), QLatin1StringView("linden"), QLatin1StringView("robin"), QLatin1StringView("amber"),
        QLatin1StringView("delta"), QLatin1StringView("heron"), QLatin1StringView("basil"), QLatin1StringView("coral"),
        QLatin1StringView("finch"), QLatin1StringView("cedar"), QLatin1StringView("lotus"), QLatin1StringView("ember"),
        QLatin1StringView("fjord"), QLatin1StringView("hazel"), QLatin1StringView("iris"), QLatin1StringView("juno"),
        QLatin1StringView("kiwi"), QLatin1StringView("lark"), QLatin1StringView("mango"), QLatin1StringView("nova"),
        QLatin1StringView("opal"), QLatin1StringView("pearl")};
    QRandomGenerator &random = *QRandomGenerator::global();
    const auto pick = [&] { return words.at(random.bounded(static_cast<quint32>(words.size()))); };
    QString name;
    constexpr int tries = 50;
    for (int i = 0; i < tries; ++i) {
        QString word = pick();
        if (i > 10)
            word += QString::number(random.bounded(2, 100));
        constexpr qsizetype longest = 40;
        QString stem = templateName.left(longest - 1 - word.size());
        while (stem.endsWith(u'-'))
            stem.chop(1);
        name = stem.isEmpty() ? word : stem + u'-' + word;
        if (!taken.contains(name))
            break;
    }
    return name;
}

NameBox::NameBox(const Theme &theme, QStringList namespaces, QWidget *parent)
    : QWidget(parent)
    , m_namespaces(std::move(namespaces))
    , m_name(new QLineEdit)
    , m_nameProblem(makeLabel(theme, Theme::FontRole::Small))
    , m_new(new QRadioButton(tr("Into a namespace of its own")))
    , m_newName(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_existing(new QRadioButton(tr("Into a namespace that is there")))
    , m_namespace(new QComboBox)
    , m_namespaceProblem(makeLabel(theme, Theme::FontRole::Small))
    , m_fixed(makeLabel(theme, Theme::FontRole::Body))
{
    m_name->setAccessibleName(tr("Name of the environment"));
    m_name->setMaxLength(63);
    m_namespace->setAccessibleName(tr("Namespace"));
    m_namespace->view()->setAccessibleName(m_namespace->accessibleName());
    m_namespace->setEditable(true);
    m_namespace->setInsertPolicy(QComboBox::NoInsert);
    m_namespace->addItems(m_namespaces);
    m_namespace->setCurrentIndex(-1);
    m_namespace->lineEdit()->setPlaceholderText(tr("Choose or type"));
    m_namespace->completer()->setFilterMode(Qt::MatchContains);
    m_namespace->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_namespace->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_new->setChecked(true);
    for (QLabel *problem : {m_nameProblem, m_namespaceProblem}) {
        problem->setObjectName(QStringLiteral("failing"));
        problem->setWordWrap(true);
    }
    m_newName->setWordWrap(true);
    m_fixed->setWordWrap(true);
    m_fixed->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Metrics::space1);
    for (QWidget *widget : std::initializer_list<QWidget *>{
             m_fixed, m_name, m_nameProblem, m_new, m_newName, m_existing, m_namespace, m_namespaceProblem})
        column->addWidget(widget);
    column->insertSpacing(3, Metrics::space1);

    connect(m_name, &QLineEdit::textChanged, this, &NameBox::changed);
    connect(m_new, &QRadioButton::toggled, this, [this](bool on) {
        if (!on && isVisible())
            m_namespace->setFocus();
        Q_EMIT changed();
    });
    connect(m_namespace, &QComboBox::currentTextChanged, this, &NameBox::changed);
    connect(this, &NameBox::changed, this, &NameBox::judge);
    judge();
}

void NameBox::setName(const QString &name, const QString &ns)
{
    m_name->setText(name);
    m_name->selectAll();
    m_existing->setChecked(!ns.isEmpty());
    if (!ns.isEmpty())
        m_namespace->setCurrentText(ns);
}

void NameBox::fix(const QString &name, const QString &ns, bool ownNamespace)
{
    m_isFixed = true;
    m_fixedOwn = ownNamespace;
    m_fixedNamespace = ns;
    m_name->setText(name);
    m_fixed->setText(tr("%1 in namespace %2", "environment").arg(name, ns));
    m_fixed->show();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_name, m_nameProblem, m_new, m_existing})
        widget->hide();
    judge();
}

QString NameBox::name() const
{
    return m_name->text().trimmed();
}

QString NameBox::ns() const
{
    if (m_isFixed)
        return m_fixedNamespace;
    return m_new->isChecked() ? name() : m_namespace->currentText().trimmed();
}

bool NameBox::ownNamespace() const
{
    return m_isFixed ? m_fixedOwn : m_new->isChecked();
}

QString NameBox::nameProblem() const
{
    return m_isFixed ? QString() : environments::nameProblem(name());
}

QString NameBox::namespaceProblem() const
{
    if (m_isFixed || !nameProblem().isEmpty())
        return {};
    if (m_new->isChecked()) {
        return m_namespaces.contains(name())
            ? tr("There is a namespace %1 already. Take another name, or put the environment into it.").arg(name())
            : QString();
    }
    const QString typed = ns();
    if (typed.isEmpty())
        return tr("Choose a namespace.");
    if (!isNamespaceName(typed))
        return tr("“%1” cannot be the name of a namespace.").arg(typed);
    return m_namespaces.isEmpty() || m_namespaces.contains(typed) ? QString()
                                                                  : tr("There is no namespace %1.").arg(typed);
}

QString NameBox::problem() const
{
    const QString first = nameProblem();
    return first.isEmpty() ? namespaceProblem() : first;
}

void NameBox::judge()
{
    const QString named = nameProblem();
    m_nameProblem->setText(named);
    m_nameProblem->setVisible(!named.isEmpty());
    m_name->setAccessibleDescription(named);
    m_newName->setText(tr("It is made with the environment, and goes with it: %1").arg(name()));
    m_newName->setVisible(!m_isFixed && m_new->isChecked() && named.isEmpty());
    m_namespace->setVisible(!m_isFixed && m_existing->isChecked());
    const QString spaced = namespaceProblem();
    m_namespaceProblem->setText(spaced);
    m_namespaceProblem->setVisible(!spaced.isEmpty());
}

} // namespace kdra::ui
