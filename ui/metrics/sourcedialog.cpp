// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/sourcedialog.h"

#include "ui/common/severityglyph.h"
#include "ui/common/widgets.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace kdra::ui {
namespace {

using metrics::Choice;
using metrics::Login;

QString stateText(metrics::Probe::State state)
{
    switch (state) {
    case metrics::Probe::State::Answers:
        return SourceDialog::tr("Answers");
    case metrics::Probe::State::Empty:
        return SourceDialog::tr("Has no data");
    case metrics::Probe::State::Failed:
        return SourceDialog::tr("Fails");
    }
    return {};
}

// "monitoring/prometheus:9090"
metrics::Endpoint serviceOf(const QString &text)
{
    metrics::Endpoint endpoint;
    endpoint.ns = text.section(u'/', 0, 0).trimmed();
    const QString rest = text.section(u'/', 1).trimmed();
    endpoint.service = rest.section(u':', 0, 0);
    endpoint.port = rest.section(u':', 1, 1);
    return endpoint;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return path.isEmpty() || !file.open(QFile::ReadOnly) ? QByteArray() : file.read(1 << 20);
}

} // namespace

SourceDialog::SourceDialog(
    const Theme &theme, const Choice &choice, const QList<metrics::Finding> &findings, QWidget *parent, Source source)
    : QDialog(parent)
    , m_theme(theme)
    , m_candidates(new QTreeWidget)
    , m_kind(new QComboBox)
    , m_form(new QFormLayout)
    , m_url(new QLineEdit(choice.endpoint.url.toString()))
    , m_service(new QLineEdit)
    , m_selector(new QLineEdit(choice.selector))
    , m_prefix(new QLineEdit(choice.endpoint.prefix))
    , m_tenant(new QLineEdit(choice.endpoint.tenant))
    , m_login(new QComboBox)
    , m_user(new QLineEdit(choice.endpoint.user))
    , m_password(new QLineEdit)
    , m_certificate(new QLineEdit)
    , m_key(new QLineEdit)
    , m_authority(new QLineEdit(choice.endpoint.certificateAuthority))
    , m_insecure(new QCheckBox(tr("Trust any certificate")))
    , m_problem(makeLabel(theme, Theme::FontRole::Small))
    , m_use(makePrimaryButton(tr("Use it")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    const bool isPrometheus = source == Source::Prometheus;
    setWindowTitle(isPrometheus ? tr("Where the numbers come from") : tr("Where alerts are silenced"));
    m_candidates->setHeaderLabels({tr("Source"), tr("State"), tr("What it says"), tr("Found by")});
    m_candidates->setRootIsDecorated(false);
    m_candidates->setAccessibleName(tr("What was found in the cluster"));
    m_candidates->setMinimumSize(640, 150);
    m_kind->addItem(tr("The best that answers"), int(Choice::Kind::Automatic));
    m_kind->addItem(tr("A Service of the cluster"), int(Choice::Kind::Service));
    m_kind->addItem(tr("Services with a label"), int(Choice::Kind::Label));
    m_kind->addItem(tr("A URL"), int(Choice::Kind::Url));
    m_kind->setCurrentIndex(m_kind->findData(int(choice.kind)));
    m_login->addItem(tr("None"), int(Login::None));
    m_login->addItem(tr("User and password"), int(Login::Basic));
    m_login->addItem(tr("Token"), int(Login::Bearer));
    m_login->addItem(tr("Client certificate"), int(Login::Certificate));
    m_login->setCurrentIndex(m_login->findData(int(choice.endpoint.login)));
    m_password->setEchoMode(QLineEdit::Password);
    m_insecure->setChecked(choice.endpoint.insecureSkipTlsVerify);
    if (choice.kind == Choice::Kind::Service)
        m_service->setText(choice.endpoint.ns + u'/' + choice.endpoint.service
            + (choice.endpoint.port.isEmpty() ? QString() : u':' + choice.endpoint.port));
    const QString program = isPrometheus ? u"prometheus"_s : u"alertmanager"_s;
    m_url->setPlaceholderText(u"https://%1.example.com"_s.arg(program));
    m_service->setPlaceholderText(u"monitoring/%1:%2"_s.arg(program, isPrometheus ? u"9090"_s : u"9093"_s));
    m_selector->setPlaceholderText(u"app.kubernetes.io/name="_s + program);
    m_prefix->setPlaceholderText(u'/' + program);
    m_tenant->setPlaceholderText(u"X-Scope-OrgID"_s);
    for (QLineEdit *path : {m_certificate, m_key, m_authority})
        path->setPlaceholderText(tr("File with PEM"));
    m_problem->setObjectName(u"failing"_s);
    m_problem->setWordWrap(true);

    for (const auto &[box, name] : {std::pair(m_kind, tr("Take")), std::pair(m_login, tr("Login"))}) {
        box->setAccessibleName(name);
        box->view()->setAccessibleName(name);
    }
    m_form->addRow(tr("Take"), m_kind);
    m_form->addRow(tr("Service"), m_service);
    m_form->addRow(tr("Label"), m_selector);
    m_form->addRow(tr("URL"), m_url);
    m_form->addRow(tr("Path before /api"), m_prefix);
    m_form->addRow(tr("Tenant"), m_tenant);
    m_form->addRow(tr("Login"), m_login);
    m_form->addRow(tr("User"), m_user);
    m_form->addRow(tr("Password or token"), m_password);
    m_form->addRow(tr("Certificate"), m_certificate);
    m_form->addRow(tr("Key"), m_key);
    m_form->addRow(tr("Authority"), m_authority);
    m_form->addRow(QString(), m_insecure);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_use, QDialogButtonBox::AcceptRole);
    QPushButton *search = buttons->addButton(tr("Look again"), QDialogButtonBox::ResetRole);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Metrics::space5, Metrics::space5, Metrics::space5, Metrics::space4);
    column->setSpacing(Metrics::space3);
    column->addWidget(makeLabel(theme, Theme::FontRole::Title, windowTitle()));
    column->addWidget(m_candidates, 1);
    column->addLayout(m_form);
    column->addWidget(m_problem);
    column->addWidget(buttons);

    fill(findings);
    connect(m_candidates, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        const auto &endpoint = m_findings[m_candidates->indexOfTopLevelItem(item)].candidate.endpoint;
        if (!endpoint.isProxied())
            return;
        m_kind->setCurrentIndex(m_kind->findData(int(Choice::Kind::Service)));
        m_service->setText(
            endpoint.ns + u'/' + endpoint.service + (endpoint.port.isEmpty() ? QString() : u':' + endpoint.port));
    });
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SourceDialog::judge);
    connect(m_login, &QComboBox::currentIndexChanged, this, &SourceDialog::judge);
    for (QLineEdit *edit : findChildren<QLineEdit *>())
        connect(edit, &QLineEdit::textChanged, this, &SourceDialog::judge);
    connect(search, &QPushButton::clicked, this, [this] {
        Q_EMIT searchRequested();
        reject();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(this->choice(), secrets());
        accept();
    });
    judge();
}

void SourceDialog::fill(const QList<metrics::Finding> &findings)
{
    m_findings = findings;
    for (const metrics::Finding &one : findings) {
        auto *item = new QTreeWidgetItem(m_candidates,
            {one.candidate.endpoint.title(), stateText(one.probe.state), one.probe.text, one.candidate.reason});
        item->setToolTip(2, Qt::convertFromPlainText(one.probe.text));
    }
    for (int i = 0; i < 2; ++i)
        m_candidates->resizeColumnToContents(i);
    m_candidates->header()->resizeSection(2, 260);
    m_candidates->setVisible(!findings.isEmpty());
}

Choice SourceDialog::choice() const
{
    Choice choice;
    choice.kind = static_cast<Choice::Kind>(m_kind->currentData().toInt());
    if (choice.kind == Choice::Kind::Service)
        choice.endpoint = serviceOf(m_service->text());
    choice.endpoint.tenant = m_tenant->text().trimmed();
    choice.endpoint.prefix = m_prefix->text().trimmed();
    if (choice.kind == Choice::Kind::Label)
        choice.selector = m_selector->text().trimmed();
    if (choice.kind == Choice::Kind::Url) {
        choice.endpoint.url = QUrl(m_url->text().trimmed(), QUrl::StrictMode);
        choice.endpoint.login = static_cast<Login>(m_login->currentData().toInt());
        choice.endpoint.user = m_user->text();
        choice.endpoint.certificateAuthority = m_authority->text().trimmed();
        choice.endpoint.insecureSkipTlsVerify = m_insecure->isChecked();
    }
    return choice;
}

metrics::Secrets SourceDialog::secrets() const
{
    return {.password = m_password->text(),
        .certificate = contentOf(m_certificate->text()),
        .key = contentOf(m_key->text())};
}

void SourceDialog::judge()
{
    const Choice now = choice();
    const bool isUrl = now.kind == Choice::Kind::Url;
    const Login login = isUrl ? now.endpoint.login : Login::None;
    m_form->setRowVisible(m_service, now.kind == Choice::Kind::Service);
    m_form->setRowVisible(m_selector, now.kind == Choice::Kind::Label);
    m_form->setRowVisible(m_url, isUrl);
    m_form->setRowVisible(m_prefix, now.kind != Choice::Kind::Automatic);
    m_form->setRowVisible(m_login, isUrl);
    m_form->setRowVisible(m_user, login == Login::Basic);
    m_form->setRowVisible(m_password, login == Login::Basic || login == Login::Bearer);
    m_form->setRowVisible(m_certificate, login == Login::Certificate);
    m_form->setRowVisible(m_key, login == Login::Certificate);
    m_form->setRowVisible(m_authority, isUrl);
    m_form->setRowVisible(m_insecure, isUrl);
    std::optional<Error> problem;
    if (now.kind == Choice::Kind::Service || isUrl)
        problem = now.endpoint.problem();
    else if (now.kind == Choice::Kind::Label) {
        if (const auto picked = metrics::selects(now.selector, {}); !picked)
            problem = picked.error();
    }
    if (!problem && login == Login::Certificate) {
        // Else the server would refuse a certificate that was never sent, and nobody would know why.
        for (const QLineEdit *path : {m_certificate, m_key}) {
            if (!problem && !QFileInfo(path->text()).isReadable())
                problem = Error{.kind = Error::Kind::Local,
                    .what = tr("The file cannot be read: %1").arg(path->text()),
                    .remedy = tr("Choose a file with PEM that you may read.")};
        }
    }
    m_problem->setText(problem ? problem->text() : QString());
    m_problem->setVisible(problem.has_value());
    m_use->setEnabled(!problem);
}

} // namespace kdra::ui
