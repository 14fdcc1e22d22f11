// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/objects/querycompleter.h"

#include "base/whenfinished.h"
#include "ui/common/theme.h"
#include "ui/objects/queryedit.h"

#include <QAbstractItemView>
#include <QtConcurrent>

namespace kdra::ui {

namespace {

constexpr qsizetype mostValues = 2000;
constexpr qsizetype mostOffered = 100;
constexpr qint64 freshMs = 5000;

} // namespace

QueryCompleter::QueryCompleter(QueryEdit &edit, const models::RecordTableModel &model)
    : QObject(&edit)
    , m_edit(edit)
    , m_model(model)
    , m_schema(model.sharedSchema())
{
    m_completer.setModel(&m_choices);
    m_completer.setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer.setMaxVisibleItems(12);
    m_completer.setWidget(&edit);
    edit.setPopup(m_completer.popup());
    connect(&edit, &QueryEdit::completionRequested, this, [this] {
        const QModelIndex current = m_completer.popup()->currentIndex();
        const QString choice = current.isValid() ? current.data().toString() : m_choices.stringList().value(0);
        m_completer.popup()->hide();
        choose(choice);
    });
    connect(&edit, &QLineEdit::textEdited, this, &QueryCompleter::follow);
    connect(&edit, &QueryEdit::historyRequested, this, &QueryCompleter::showHistory);
    connect(&m_completer, qOverload<const QString &>(&QCompleter::activated), this, &QueryCompleter::choose);
}

QueryCompleter::~QueryCompleter()
{
    m_latest.cancel();
    m_future.waitForFinished();
}

QStringList QueryCompleter::offered() const
{
    return m_completer.popup()->isVisible() ? m_choices.stringList() : QStringList();
}

void QueryCompleter::follow()
{
    m_latest.cancel();
    m_wholeText = false;
    m_place = models::queryPlace(m_edit.text(), m_edit.cursorPosition(), m_model.columns());
    const bool isKey = !m_edit.text().sliced(0, m_edit.cursorPosition()).endsWith(u'"');
    if (m_place.column >= 0)
        offerValues(m_place);
    else
        offer(isKey && !m_place.prefix.isEmpty() ? models::keyCompletions(m_model.columns(), m_place.prefix)
                                                 : QStringList());
}

void QueryCompleter::offerValues(const models::QueryPlace &place)
{
    if (m_valuesOf == place.column && m_age.isValid() && m_age.elapsed() < freshMs) {
        QStringList begins;
        QStringList contains;
        for (const QString &value : std::as_const(m_values)) {
            if (value.startsWith(place.prefix, Qt::CaseInsensitive))
                begins.append(value);
            else if (value.contains(place.prefix, Qt::CaseInsensitive))
                contains.append(value);
        }
        const QStringList choices = begins + contains;
        offer(choices == QStringList{place.prefix} ? QStringList() : choices.first(qMin(mostOffered, choices.size())));
        return;
    }
    m_future = QtConcurrent::run([snapshot = m_model.sharedSnapshot(), schema = m_schema, column = place.column] {
        return models::columnValues(*snapshot, *schema, column, mostValues);
    });
    whenFinished(m_future, this, [this, token = m_latest.next()](const QStringList &values) {
        if (!token.isCurrent())
            return;
        m_values = values;
        m_valuesOf = m_place.column;
        m_age.start();
        offerValues(m_place);
    });
}

void QueryCompleter::offer(const QStringList &choices)
{
    QAbstractItemView &popup = *m_completer.popup();
    if (choices.isEmpty() || !m_edit.hasFocus()) {
        popup.hide();
        return;
    }
    m_choices.setStringList(choices);
    popup.setCurrentIndex({});
    int width = 0;
    for (const QString &choice : choices)
        width = qMax(width, m_edit.fontMetrics().horizontalAdvance(choice));
    QRect place = m_edit.rect();
    if (!m_wholeText) {
        const int cursor = m_edit.inputMethodQuery(Qt::ImCursorRectangle).toRect().left();
        place.setLeft(qBound(0, cursor - Metrics::space4, qMax(0, m_edit.width() - 140)));
    }
    place.setWidth(qBound(140, width + 48, 420));
    m_completer.complete(place);
}

void QueryCompleter::showHistory()
{
    m_latest.cancel();
    m_wholeText = true;
    offer(m_edit.history());
}

void QueryCompleter::choose(const QString &choice)
{
    if (m_wholeText) {
        m_edit.setText(choice);
        return;
    }
    const bool value = m_place.column >= 0;
    const QString written = value ? models::quotedValue(choice) : choice;
    QString text = m_edit.text();
    text.replace(m_place.from, m_place.length, written);
    m_edit.setText(text);
    m_edit.setCursorPosition(static_cast<int>(m_place.from + written.size()));
    // After a key come its values.
    if (!value)
        QMetaObject::invokeMethod(this, &QueryCompleter::follow, Qt::QueuedConnection);
}

} // namespace kdra::ui
