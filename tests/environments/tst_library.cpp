// SPDX-License-Identifier: GPL-3.0-or-later
#include "environments/library.h"
#include "environments/templatefiles.h"
#include "sample.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace kdra;
using namespace kdra::environments;
using namespace kdra::test;

namespace {

constexpr char object[] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n";
constexpr auto Deadline = std::chrono::seconds(20);

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QJsonObject configMap(const QString &name, const QList<TemplateFile> &files)
{
    return {{s("metadata"),
                QJsonObject{{s("namespace"), s("team")}, {s("name"), name},
                    {s("labels"), QJsonObject{{s("kdra.dev/template"), s("true")}}}}},
        {s("data"), configMapData(files)}};
}

} // namespace

class TestLibrary : public QObject {
    Q_OBJECT

    static bool write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }

    static QList<TemplateFile> named(
        const QByteArray &name, const QByteArray &title, const QByteArray &category = "Data")
    {
        auto files = filesOf(object, {}, "category: " + category + "\n");
        files[0].content.replace("name: sample", "name: " + name).replace("title: Sample", "title: " + title);
        return files;
    }

    static bool put(const QString &folder, const QList<TemplateFile> &files)
    {
        return QDir().mkpath(folder + s("/manifests")) && std::ranges::all_of(files, [&](const TemplateFile &file) {
            return write(folder + QLatin1Char('/') + file.path, file.content);
        });
    }

    static QStringList titles(const TemplateLibrary &library, Source source)
    {
        QStringList result;
        for (const TemplatePtr &one : library.templates()) {
            if (one->source == source)
                result.append(one->title);
        }
        return result;
    }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); } // "C" sorts by code points

    void builtInTemplatesAreGood()
    {
        TemplateLibrary library({});
        QVERIFY(!library.isRead());
        QTRY_VERIFY_WITH_TIMEOUT(library.isRead(), Deadline);
        for (const TemplateProblem &problem : library.problems())
            qWarning().noquote() << problem.origin << problem.error.text();
        QVERIFY(library.problems().isEmpty());
        const QStringList folders = QDir(qEnvironmentVariable("KDRA_SOURCE") + s("/resources/templates"))
                                        .entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(library.templates().size(), folders.size());
        for (const QString &folder : folders) {
            const TemplatePtr one = library.find(s("builtin:") + folder);
            QVERIFY2(one, qPrintable(folder));
            QCOMPARE(one->name, folder);
        }
    }

    void readsTheFolderInOrder()
    {
        const QTemporaryDir dir;
        QVERIFY(put(dir.filePath(s("a")), named("a", "Zebra")) && put(dir.filePath(s("b")), named("b", "apple"))
            && put(dir.filePath(s("c")), named("c", "Last", "Edge 10"))
            && put(dir.filePath(s("d")), named("d", "First", "Edge 9")));
        TemplateLibrary library(dir.path());
        QSignalSpy changed(&library, &TemplateLibrary::changed);
        QTRY_VERIFY_WITH_TIMEOUT(library.isRead(), Deadline);
        QVERIFY(!changed.isEmpty());
        QCOMPARE(titles(library, Source::Folder), QStringList({s("apple"), s("Zebra"), s("First"), s("Last")}));
        const TemplatePtr zebra = library.find(s("folder:a"));
        QVERIFY(zebra);
        QCOMPARE(zebra->origin, dir.filePath(s("a")));
        QVERIFY(!library.find(s("folder:e")));
    }

    void tellsWhatIsRefused()
    {
        const QTemporaryDir dir;
        auto bad = named("bad", "Bad");
        bad[1].content += "data: {a: \"${nobody}\"}\n";
        QVERIFY(put(dir.filePath(s("bad")), bad) && put(dir.filePath(s("one")), named("same", "One"))
            && put(dir.filePath(s("two")), named("same", "Two")) && QDir(dir.path()).mkdir(s("empty"))
            && QDir(dir.path()).mkdir(s(".hidden")));
        TemplateLibrary library(dir.path());
        QTRY_VERIFY_WITH_TIMEOUT(library.isRead(), Deadline);
        QCOMPARE(titles(library, Source::Folder), QStringList({s("One")}));
        QStringList told;
        for (const TemplateProblem &problem : library.problems()) {
            if (problem.origin.startsWith(dir.path()))
                told.append(problem.origin.sliced(dir.path().size()) + QLatin1Char(' ') + problem.error.where);
        }
        QCOMPARE(told,
            QStringList({s("/bad manifests/app.yaml:4"), s("/empty ") + dir.filePath(s("empty")),
                s("/two ") + dir.filePath(s("two"))}));
    }

    void followsTheFolder()
    {
        const QTemporaryDir dir;
        const QString folder = dir.filePath(s("share/kdra/templates")); // made later
        TemplateLibrary library(folder);
        QTRY_VERIFY_WITH_TIMEOUT(library.isRead(), Deadline);
        QVERIFY(titles(library, Source::Folder).isEmpty());

        QVERIFY(put(folder + s("/a"), named("a", "First")));
        QTRY_COMPARE_WITH_TIMEOUT(titles(library, Source::Folder), QStringList({s("First")}), Deadline);
        // In place.
        QVERIFY(write(folder + s("/a/template.yaml"), named("a", "Second")[0].content));
        QTRY_COMPARE_WITH_TIMEOUT(titles(library, Source::Folder), QStringList({s("Second")}), Deadline);
        // As editors do: another file takes the name.
        QVERIFY(write(dir.filePath(s("new")), named("a", "Third")[0].content));
        QVERIFY(QFile::remove(folder + s("/a/template.yaml"))
            && QFile::rename(dir.filePath(s("new")), folder + s("/a/template.yaml")));
        QTRY_COMPARE_WITH_TIMEOUT(titles(library, Source::Folder), QStringList({s("Third")}), Deadline);
        // A manifest of it.
        QVERIFY(write(folder + s("/a/manifests/more.yaml"), "kind: [\n"));
        QTRY_VERIFY_WITH_TIMEOUT(titles(library, Source::Folder).isEmpty(), Deadline);
        QTRY_VERIFY_WITH_TIMEOUT(!library.problems().isEmpty(), Deadline);
        QVERIFY(write(folder + s("/a/manifests/more.yaml"), "# good\n"));
        QTRY_COMPARE_WITH_TIMEOUT(titles(library, Source::Folder), QStringList({s("Third")}), Deadline);
        QVERIFY(library.problems().isEmpty());
        QVERIFY(put(folder + s("/b"), named("b", "Another")));
        QTRY_COMPARE_WITH_TIMEOUT(titles(library, Source::Folder), QStringList({s("Another"), s("Third")}), Deadline);
        QVERIFY(QDir(folder + s("/a")).removeRecursively());
        QTRY_COMPARE_WITH_TIMEOUT(titles(library, Source::Folder), QStringList({s("Another")}), Deadline);
        QVERIFY(QDir(dir.filePath(s("share"))).removeRecursively());
        QTRY_VERIFY_WITH_TIMEOUT(titles(library, Source::Folder).isEmpty(), Deadline);
        QVERIFY(put(folder + s("/c"), named("c", "Again")));
        QTRY_COMPARE_WITH_TIMEOUT(titles(library, Source::Folder), QStringList({s("Again")}), Deadline);
    }

    void takesWhatIsShared()
    {
        TemplateLibrary library({});
        auto hostile = named("web", "Hostile");
        hostile[1].content = "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: kube-system}\n";
        auto escaping = configMap(s("escape"), named("x", "X"));
        QJsonObject data = escaping.value(s("data")).toObject();
        data.insert(s("manifests__../../x.yaml"), s("a: 1"));
        escaping.insert(s("data"), data);
        library.setShared({configMap(s("web"), named("web", "Web")),
            configMap(s("web2"), named("web", "Web of others")), configMap(s("hostile"), hostile), escaping});
        QTRY_COMPARE_WITH_TIMEOUT(
            titles(library, Source::Cluster), QStringList({s("Web"), s("Web of others")}), Deadline);
        const TemplatePtr web = library.find(s("cluster:team/web"));
        QVERIFY(web);
        QCOMPARE(web->origin, s("ConfigMap team/web"));
        QCOMPARE(web->files.size(), 2);
        QCOMPARE(library.problems().size(), 2);
        QCOMPARE(library.problems().at(0).origin, s("ConfigMap team/hostile"));
        QVERIFY(library.problems().at(0).error.what.contains(s("kube-system")));
        QCOMPARE(library.problems().at(1).origin, s("ConfigMap team/escape"));
        library.setShared({configMap(s("old"), named("old", "Old"))});
        library.setShared({});
        QTRY_VERIFY_WITH_TIMEOUT(titles(library, Source::Cluster).isEmpty(), Deadline);
        QVERIFY(library.problems().isEmpty());
    }

    void mayGoAtOnce()
    {
        const QTemporaryDir dir;
        for (int i = 0; i < 20; ++i) {
            TemplateLibrary library(dir.path());
            library.setShared({configMap(s("web"), named("web", "Web"))});
        }
    }
};

QTEST_GUILESS_MAIN(TestLibrary)
#include "tst_library.moc"
