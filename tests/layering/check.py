#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks every #include of app/ and ui/ against the arrows of arrows.txt, what their CMakeLists.txt link, that no
two files define types of the same name in the same namespace (the linker would mix them up without a word), that
continuations of futures are those of base/whenfinished.h, and that each source file names its licence. Warns about files over 500 lines.

Linking alone does not show a forbidden include: Debian's Qt puts all its modules under one include directory.
"""

import argparse
import fnmatch
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
LINKED = re.compile(r'\b(Qt6::\w+|KF6::\w+|Qt6Keychain::\w+|simdjson::\w+|yaml-cpp::[\w-]+|OpenSSL::\w+)')
SOURCES = ('*.h', '*.cpp', '*.cmake', '*.sh', '*.py', 'CMakeLists.txt', 'packaging/dev', '.ci/run')
NAMESPACE = re.compile(r'(?:inline )?namespace ([\w:]+) \{')
TYPE = re.compile(r'(?:struct|class) (\w+)(?: final)?(?: ?\{| *$| :[^:;])')
# Qt's continuations run within the call, or twice; see base/whenfinished.h.
CONTINUATION = re.compile(r'\.then\(|\.unwrap\(\)|QtFuture::whenA')
LONG = 500


def data_lines(path):
    for line in path.read_text(encoding='utf-8').splitlines():
        line = re.sub(r'^#.*', '', line).strip()
        if line:
            name, _, rest = line.partition(': ')
            yield name.strip(), [part.split() for part in re.split(r'\s\|(?:\s|$)', rest)]


class Arrows:
    def __init__(self):
        self.rooms, self.qt, self.libraries = {}, {}, {}
        for folder, (rooms, qt, libraries) in data_lines(HERE / 'arrows.txt'):
            self.rooms[folder], self.qt[folder], self.libraries[folder] = rooms, set(qt), set(libraries)
        self.headers = [(name, [re.compile(p) for p in patterns], targets)
                        for name, (patterns, targets) in data_lines(HERE / 'libraries.txt')]
        self.check_direction()

    def check_direction(self):
        """The arrows must not go round in a circle."""
        def visit(folder, path):
            if folder in path:
                sys.exit('arrows.txt goes round: ' + ' -> '.join(path + [folder]))
            for room in self.rooms.get(folder, []):
                for known in self.rooms:
                    if known != folder and fnmatch.fnmatch(known, room):
                        visit(known, path + [folder])
        for folder in self.rooms:
            visit(folder, [])

    def may_include(self, folder, other):
        return folder == other or any(fnmatch.fnmatch(other, room) for room in self.rooms[folder])

    def library_of(self, header):
        return next((name for name, patterns, _ in self.headers if any(p.search(header) for p in patterns)), None)

    def library_of_target(self, target):
        return next((name for name, _, targets in self.headers for t in targets if target.startswith(t)), None)


class QtHeaders:
    """Which module a Qt header such as <QNetworkReply> belongs to, looked up in Qt's include directory."""

    def __init__(self, directory):
        self.module = {}
        for module in sorted(directory.glob('Qt*')) if directory else []:
            if module.is_dir():
                for header in module.iterdir():
                    self.module.setdefault(header.name, module.name)

    def module_of(self, header):
        first, _, rest = header.partition('/')
        if re.fullmatch(r'Qt[A-Z]\w*', first):
            return first if rest or first in self.module.values() else self.module.get(first, first)
        return self.module.get(header) if re.match(r'[Qq]', header) else None


def find_qt_headers():
    for command in ('qmake6', 'qtpaths6'):
        try:
            answer = subprocess.run([command, '-query', 'QT_INSTALL_HEADERS'], capture_output=True, text=True, check=True)
            return pathlib.Path(answer.stdout.strip())
        except (OSError, subprocess.CalledProcessError):
            continue
    found = sorted(pathlib.Path('/usr/include').glob('*/qt6')) or sorted(pathlib.Path('/usr/include').glob('qt6'))
    return found[0] if found else None


def folder_of(relative):
    """The folder of arrows.txt that a file belongs to: app/ROOM, ui/ROOM, or ui."""
    parts = relative.parts
    return '/'.join(parts[:2]) if len(parts) > 2 else parts[0]


def room_of_include(root, header, file):
    """The folder that a quoted include leads to, or None if it is not one of ours."""
    for base in (root / 'app', root, file.parent):
        target = base / header
        if target.is_file():
            relative = target.resolve().relative_to(root)
            return folder_of(relative) if relative.parts[0] in ('app', 'ui') else relative.parts[0]
    # A file that is not there (any more): its folder still says whose it would be.
    first = header.split('/')[0]
    if '/' in header and (root / 'app' / first).is_dir():
        return 'app/' + first
    return None


def check_file(root, path, arrows, qt):
    relative = path.relative_to(root)
    folder = folder_of(relative)
    if folder not in arrows.rooms:
        yield f'{relative}: {folder} has no line in tests/layering/arrows.txt'
        return
    text = path.read_text(encoding='utf-8')
    for match in CONTINUATION.finditer(text):
        yield (f'{relative}:{text.count(chr(10), 0, match.start()) + 1}: {match.group().strip(".()")} may run within the '
               'call, or twice: base/whenfinished.h')
    for match in INCLUDE.finditer(text):
        kind, header = match.groups()
        where = f'{relative}:{text.count(chr(10), 0, match.start(2)) + 1}'
        if kind == '"' and (header.startswith('moc_') or header.endswith('.moc') or header.startswith('ui_')):
            continue
        room = room_of_include(root, header, path) if kind == '"' else None
        if room:
            if not arrows.may_include(folder, room):
                yield f'{where}: {folder} must not include {room} ("{header}")'
            continue
        library, module = arrows.library_of(header), qt.module_of(header)
        if library and library not in arrows.libraries[folder]:
            yield f'{where}: {folder} must not use {library} (<{header}>)'
        elif not library and module and module not in arrows.qt[folder]:
            yield f'{where}: {folder} must not use {module} (<{header}>)'


def types_of(text):
    """The structs and classes that a file defines in named namespaces, as kdra::room::Name; not those within others."""
    namespace, anonymous = '', False
    for line in text.splitlines():
        if named := NAMESPACE.match(line):
            namespace = named.group(1)
        elif line.startswith('namespace {'):
            anonymous = True
        elif line.rstrip() == '} // namespace':
            anonymous = False
        elif not anonymous and not line.rstrip().endswith(';') and (found := TYPE.match(line)):
            yield f'{namespace}::{found.group(1)}'


def check_links(root, path, arrows):
    folder = folder_of(path.relative_to(root))
    if folder not in arrows.rooms:
        return
    for target in LINKED.findall(re.sub(r'#.*', '', path.read_text(encoding='utf-8'))):
        library = arrows.library_of_target(target)
        allowed = (library in arrows.libraries[folder] if library
                   else not target.startswith('Qt6::') or target.replace('Qt6::', 'Qt') in arrows.qt[folder])
        if not allowed:
            yield f'{path.relative_to(root)}: {folder} must not link {target}'


def tracked(root):
    """Our files: what git knows or would add; everything, outside a repository."""
    answer = subprocess.run(['git', '-C', str(root), 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
                            capture_output=True, check=False)
    if answer.returncode == 0 and answer.stdout:
        files = [root / name for name in answer.stdout.decode().split('\0') if name]
    else:
        files = [path for path in root.rglob('*') if 'build' not in path.relative_to(root).parts]
    return sorted(path for path in files if path.is_file())


def check(root, qt_directory):
    arrows, qt = Arrows(), QtHeaders(qt_directory)
    errors, warnings, defined = [], [], {}
    for path in tracked(root):
        relative = path.relative_to(root)
        if not any(fnmatch.fnmatch(str(relative), p) or fnmatch.fnmatch(path.name, p) for p in SOURCES):
            continue
        head = path.read_text(encoding='utf-8', errors='replace').splitlines()[:3]
        if not any('SPDX-License-Identifier: GPL-3.0-or-later' in line for line in head):
            errors.append(f'{relative}:1: the SPDX-License-Identifier is missing')
        if relative.parts[0] not in ('app', 'ui'):
            continue
        if path.suffix in ('.h', '.cpp'):
            errors.extend(check_file(root, path, arrows, qt))
            text = path.read_text(encoding='utf-8')
            for name in types_of(text):
                other = defined.setdefault(name, relative)
                if other != relative:
                    errors.append(f'{relative}: {name} is another type in {other}')
            lines = text.count('\n')
            if lines > LONG:
                warnings.append(f'{relative}: {lines} lines; split it by responsibility')
        elif path.name == 'CMakeLists.txt' and len(relative.parts) > 2:
            errors.extend(check_links(root, path, arrows))
    return errors, warnings


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('root', nargs='?', type=pathlib.Path, default=HERE.parent.parent)
    parser.add_argument('--qt-headers', type=pathlib.Path)
    arguments = parser.parse_args()
    qt_directory = arguments.qt_headers or find_qt_headers()
    if not qt_directory or not qt_directory.is_dir():
        sys.exit('Qt\'s include directory was not found; name it with --qt-headers')
    errors, warnings = check(arguments.root.resolve(), qt_directory)
    for line in warnings:
        print('warning:', line)
    for line in errors:
        print(line)
    print(f'layering: {len(errors)} errors, {len(warnings)} warnings')
    return 1 if errors else 0


if __name__ == '__main__':
    sys.exit(main())
