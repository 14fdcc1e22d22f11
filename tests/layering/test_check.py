#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The layering check must catch what it is there for: each case is a small tree with one file in it."""

import pathlib
import tempfile
import unittest

import check

SPDX = '// SPDX-License-Identifier: GPL-3.0-or-later\n'
QT = check.find_qt_headers()


def findings(files):
    with tempfile.TemporaryDirectory() as directory:
        root = pathlib.Path(directory).resolve()
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding='utf-8')
        return check.check(root, QT)[0]


class Layering(unittest.TestCase):
    def one(self, files, words):
        found = findings(files)
        self.assertEqual(len(found), 1, found)
        self.assertIn(words, found[0])

    def test_allowed(self):
        self.assertEqual(findings({
            'app/base/result.h': SPDX + '#include <QString>\n#include <expected>\n',
            'app/kube/apiclient.cpp': SPDX + '#include "base/result.h"\n#include "kube/apiclient.h"\n#include <QNetworkReply>\n',
            'app/kube/apiclient.h': SPDX,
            'ui/session.cpp': SPDX + '#include "ui/topology/canvas.h"\n#include <QtWidgets/QWidget>\n',
            'ui/topology/canvas.h': SPDX}), [])

    def test_room_against_the_arrow(self):
        self.one({'app/kube/a.cpp': SPDX + '#include "store/kind.h"\n', 'app/store/kind.h': SPDX}, 'must not include app/store')

    def test_missing_file_in_a_forbidden_room(self):
        self.one({'app/kube/a.cpp': SPDX + '#include "store/gone.h"\n', 'app/store/kind.h': SPDX}, 'must not include app/store')

    def test_relative_path(self):
        self.one({'app/kube/a.cpp': SPDX + '#include "../store/kind.h"\n', 'app/store/kind.h': SPDX}, 'must not include app/store')

    def test_widget_in_app(self):
        self.one({'app/models/a.cpp': SPDX + '#include <QWidget>\n'}, 'must not use QtWidgets')

    def test_colour_in_models(self):
        self.one({'app/models/a.cpp': SPDX + '#include <QtGui/QColor>\n'}, 'must not use QtGui')

    def test_keychain_outside_base(self):
        self.one({'app/kube/a.cpp': SPDX + '#include <qt6keychain/keychain.h>\n'}, 'must not use keychain')

    def test_continuation_of_qt(self):
        self.one({'app/kube/a.cpp': SPDX + 'void f() { ask().then(this, g); }\n'}, 'app/kube/a.cpp:2: then may run')

    def test_two_types_of_one_name(self):
        one = SPDX + 'namespace kdra::store {\nstruct Item {\n    int number;\n};\n}\n'
        self.one({'app/store/a.h': one, 'app/store/b.cpp': one}, 'kdra::store::Item is another type')

    def test_names_that_do_not_meet(self):
        declared = SPDX + 'namespace kdra::store {\nstruct Item;\nstruct Store::Item {\n};\n'
        hidden = SPDX + 'namespace kdra::store {\nnamespace {\nstruct Item {\n};\n} // namespace\n}\n'
        defined = SPDX + 'namespace kdra::store {\nstruct Item {\n};\n}\n'
        elsewhere = SPDX + 'namespace kdra::kube {\nstruct Item {\n};\n}\n'
        self.assertEqual(findings({'app/store/a.h': declared, 'app/store/b.cpp': hidden, 'app/store/c.h': defined,
                                   'app/kube/d.h': elsewhere}), [])

    def test_ui_folders_apart(self):
        self.one({'ui/objects/a.cpp': SPDX + '#include "ui/topology/b.h"\n', 'ui/topology/b.h': SPDX},
                 'must not include ui/topology')

    def test_app_does_not_know_ui(self):
        self.one({'app/models/a.cpp': SPDX + '#include "ui/common/b.h"\n', 'ui/common/b.h': SPDX}, 'must not include ui/common')

    def test_linked_widgets(self):
        self.one({'app/base/CMakeLists.txt': SPDX.replace('//', '#') + 'target_link_libraries(a Qt6::Widgets)\n'},
                 'must not link Qt6::Widgets')

    def test_unknown_folder(self):
        self.one({'app/attic/a.cpp': SPDX}, 'has no line')

    def test_licence(self):
        self.one({'app/base/a.cpp': '#include <QString>\n'}, 'SPDX')


if __name__ == '__main__':
    unittest.main()
