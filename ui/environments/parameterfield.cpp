// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environments/parameterfield.h"

#include "base/quantity.h"
#include "environments/parameters.h"
#include "ui/common/widgets.h"
#include "ui/environments/checkline.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QVBoxLayout>

#include <limits>

namespace kdra::ui {

using environments::Parameter;
using environments::ParameterType;

namespace {

// What "1536Mi" and "250m" come to, where the suffix says of what; empty for the rest.
QString readingOf(const QString &quantity)
{
    const std::string text = quantity.trimmed().toStdString();
    if (text.ends_with('i')) {
        const auto bytes = parseQuantity(text);
        return bytes && *bytes >= 0 ? formatBytes(*bytes) : QString();
    }
    if (text.ends_with('m')) {
        const auto milli = parseQuantityMilli(text);
        return milli ? ParameterField::tr("%1 cores").arg(formatCores(*milli)) : QString();
    }
    return {};
}

QStringList linesOf(const QJsonValue &list)
{
    QStringList lines;
    for (const auto array = list.toArray(); const QJsonValue &one : array)
        lines.append(one.toString());
    return lines;
}

} // namespace

ParameterField::ParameterField(
    const Theme &theme, Parameter parameter, const QJsonValue &value, bool exists, QWidget *parent)
    : QWidget(parent)
    , m_parameter(std::move(parameter))
    , m_reading(makeLabel(theme, Theme::FontRole::Small, {}, true))
    , m_problem(makeLabel(theme, Theme::FontRole::Small))
{
    const QString title = m_parameter.title.isEmpty() ? m_parameter.name : m_parameter.title;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Metrics::space1);
    QLabel *label = makeLabel(theme, Theme::FontRole::Body, title);
    label->setWordWrap(true);
    const bool hasOwnTitle = m_parameter.type == ParameterType::Boolean;
    if (!hasOwnTitle)
        column->addWidget(label);
    else
        delete label;

    if (m_parameter.type == ParameterType::Secret && (exists || !m_parameter.given)) {
        QLabel *line = makeLabel(theme, Theme::FontRole::Small,
            exists ? tr("Stays as it is in the cluster.") : tr("Generated; shown once after creating."), true);
        line->setWordWrap(true);
        column->addWidget(line);
    } else {
        QWidget *line = makeInput(theme, value);
        m_input->setAccessibleName(title);
        m_input->setToolTip(m_parameter.help);
        auto *row = new QHBoxLayout;
        row->setSpacing(Metrics::space2);
        const bool isShort = qobject_cast<QSpinBox *>(m_input) || m_parameter.type == ParameterType::Quantity
            || m_parameter.type == ParameterType::Number;
        if (isShort)
            m_input->setFixedWidth(140);
        row->addWidget(line, isShort ? 0 : 1);
        row->addWidget(m_reading);
        if (isShort)
            row->addStretch(1);
        column->addLayout(row);
    }
    m_reading->setVisible(m_parameter.type == ParameterType::Quantity);
    QStringList help;
    if (!m_parameter.help.isEmpty())
        help.append(m_parameter.help);
    if (const QString limits = range(); !limits.isEmpty())
        help.append(limits);
    if (!help.isEmpty()) {
        QLabel *line = makeLabel(theme, Theme::FontRole::Small, help.join(u' '), true);
        line->setWordWrap(true);
        column->addWidget(line);
        if (m_input)
            m_input->setAccessibleDescription(line->text());
    }
    m_problem->setObjectName(QStringLiteral("failing"));
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
    judge();
    connect(this, &ParameterField::changed, this, &ParameterField::judge);
}

// What stands in the form; m_input is what takes the keys.
QWidget *ParameterField::makeInput(const Theme &theme, const QJsonValue &value)
{
    switch (m_parameter.type) {
    case ParameterType::Integer: {
        auto *box = new QSpinBox;
        const auto limit = [](const QString &text, int otherwise) {
            bool ok = false;
            const int number = text.toInt(&ok);
            return ok ? number : otherwise;
        };
        box->setRange(limit(m_parameter.minimum, std::numeric_limits<int>::min()),
            limit(m_parameter.maximum, std::numeric_limits<int>::max()));
        box->setGroupSeparatorShown(false);
        box->setValue(value.toInt());
        connect(box, &QSpinBox::valueChanged, this, &ParameterField::changed);
        return m_input = box;
    }
    case ParameterType::Boolean: {
        auto *line = new CheckLine(theme, m_parameter.title.isEmpty() ? m_parameter.name : m_parameter.title);
        line->box().setChecked(value.toBool());
        connect(&line->box(), &QCheckBox::toggled, this, &ParameterField::changed);
        m_input = &line->box();
        return line;
    }
    case ParameterType::Enum: {
        auto *box = new QComboBox;
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->view()->setAccessibleName(m_parameter.title);
        box->addItems(m_parameter.choices);
        box->setCurrentIndex(static_cast<int>(m_parameter.choices.indexOf(value.toString())));
        connect(box, &QComboBox::currentIndexChanged, this, &ParameterField::changed);
        return m_input = box;
    }
    case ParameterType::List: {
        auto *edit = new QPlainTextEdit(linesOf(value).join(u'\n'));
        edit->setObjectName(QStringLiteral("field"));
        edit->setPlaceholderText(tr("One a line"));
        edit->setTabChangesFocus(true);
        edit->setFixedHeight(76);
        connect(edit, &QPlainTextEdit::textChanged, this, &ParameterField::changed);
        return m_input = edit;
    }
    default: {
        auto *edit = new QLineEdit(value.isUndefined() || value.isNull() ? QString() : textOf(m_parameter, value));
        if (m_parameter.type == ParameterType::Quantity)
            edit->setPlaceholderText(tr("500m or 1Gi"));
        if (m_parameter.type == ParameterType::Secret)
            edit->setEchoMode(QLineEdit::Password);
        connect(edit, &QLineEdit::textChanged, this, &ParameterField::changed);
        return m_input = edit;
    }
    }
}

QJsonValue ParameterField::value() const
{
    if (const auto *box = qobject_cast<QSpinBox *>(m_input))
        return box->value();
    if (const auto *box = qobject_cast<QCheckBox *>(m_input))
        return box->isChecked();
    if (const auto *box = qobject_cast<QComboBox *>(m_input))
        return box->currentIndex() < 0 ? QJsonValue(QJsonValue::Undefined) : box->currentText();
    if (const auto *edit = qobject_cast<QPlainTextEdit *>(m_input)) {
        QJsonArray list;
        for (const auto lines = edit->toPlainText().split(u'\n', Qt::SkipEmptyParts); const QString &line : lines) {
            if (const QString text = line.trimmed(); !text.isEmpty())
                list.append(text);
        }
        return list;
    }
    if (const auto *edit = qobject_cast<QLineEdit *>(m_input))
        return valueOf(m_parameter, edit->text().trimmed());
    return QJsonValue(QJsonValue::Undefined);
}

QString ParameterField::problem() const
{
    return m_input ? problemOf(m_parameter, value()) : QString();
}

QString ParameterField::range() const
{
    const QString least = m_parameter.minimum;
    const QString most = m_parameter.maximum;
    if (!least.isEmpty() && !most.isEmpty())
        return tr("From %1 to %2.").arg(least, most);
    if (!least.isEmpty())
        return tr("At least %1.").arg(least);
    return most.isEmpty() ? QString() : tr("At most %1.").arg(most);
}

void ParameterField::judge()
{
    const QString text = problem();
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    if (m_parameter.type == ParameterType::Quantity)
        m_reading->setText(text.isEmpty() ? readingOf(value().toString()) : QString());
}

} // namespace kdra::ui
